"""The chart of how today's stock melts away: a line for each certainty, each with the day on which it is done."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from markupsafe import Markup

from services.workflow.charts import LINE_HEIGHT, Canvas, Draw, Size, chart, number, rounds

SIZES: Final = (Size(name="wide", width=560, height=280, right=28), Size(name="slim", width=340, height=300, right=20))
LABELS: Final = {"wide": 7, "slim": 4}
"""So many days can stand below it."""

Melting = tuple[str, Sequence[int], str]
"""What stands at the end of a line, what is left at the end of each week, and the kind of line."""


def draw_stock(fridays: Sequence[str], *, runs: Sequence[Melting], title: str) -> Markup:
    """Draw it for a wide and for a narrow place; fridays are words for the ends of weeks, at least two."""
    return chart(_melting(fridays, runs=runs), id_="stock-chart", title=title, sizes=SIZES)


def _melting(fridays: Sequence[str], *, runs: Sequence[Melting]) -> Draw:
    def draw(canvas: Canvas) -> None:
        tops = rounds(max(max(values) for _, values, _ in runs))
        for value in tops:
            y = canvas.up(value / tops[-1])
            canvas.path([(canvas.size.left, y), (canvas.right, y)], kind="grid" if value else "axis")
            canvas.text(canvas.size.left - 7, y + 4.5, says=number(value), anchor="end")
        last = len(fridays) - 1
        for place in range(0, last + 1, ceil(len(fridays) / LABELS[canvas.size.name])):
            anchor = "start" if place == 0 else "middle"
            canvas.text(canvas.across(place / last), canvas.size.height - 8, says=fridays[place], anchor=anchor)
        for row, (says, values, kind) in enumerate(runs):
            line = [(canvas.across(place / last), canvas.up(each / tops[-1])) for place, each in enumerate(values)]
            canvas.path(line, kind=f"line {kind}")
            _label(canvas, says=says, kind=kind, row=row)

    return draw


def _label(canvas: Canvas, *, says: str, kind: str, row: int) -> None:
    """Say in the empty corner at the top right which line it is, with a piece of that line."""
    y = canvas.size.top + 12 + LINE_HEIGHT * 1.4 * row
    begin = canvas.right - 178
    canvas.path([(begin, y), (begin + 34, y)], kind=f"line {kind}")
    canvas.text(begin + 42, y + 4.5, says=says, kind="strong halo")

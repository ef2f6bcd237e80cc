"""Charts as SVG: each with a name, labels where its shapes are, and drawn for a wide and for a narrow place.

A table with the same numbers stands beside every chart; colour is never the only sign (shared/ui/UI.md, point 24).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Final

from markupsafe import Markup, escape

LINE_HEIGHT: Final = 17
"""Between two labels beside each other, in units of the drawing: about pixels."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """A place for a chart; the margins hold its labels."""

    name: str
    width: int
    height: int
    left: int = 44
    right: int = 16
    top: int = 14
    bottom: int = 30

    @property
    def is_slim(self) -> bool:
        """Whether there is no room for labels beside it."""
        return self.name == "slim"


@dataclass
class Canvas:
    """A drawing that grows shape by shape; numbers are units from the top left."""

    size: Size
    parts: list[str] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Where the inner part ends."""
        return self.size.width - self.size.right

    @property
    def floor(self) -> float:
        """Where zero lies."""
        return self.size.height - self.size.bottom

    def across(self, share: float, /) -> float:
        """Give the place at this share of the width."""
        return self.size.left + (self.right - self.size.left) * share

    def up(self, share: float, /) -> float:
        """Give the place at this share of the height."""
        return self.floor - (self.floor - self.size.top) * share

    def path(self, points: Sequence[tuple[float, float]], /, *, kind: str, closed: bool = False) -> None:
        """Draw a line through these places."""
        line = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<path class="{kind}" d="M{line}{"Z" if closed else ""}"/>')

    def box(self, x: float, y: float, /, *, width: float, height: float, kind: str) -> None:
        """Draw a box."""
        size = f'width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
        self.parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" {size}/>')

    def text(self, x: float, y: float, /, *, says: str, anchor: str = "start", kind: str = "") -> None:
        """Write something."""
        about = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{about}>{escape(says)}</text>')


Draw = Callable[[Canvas], None]

WIDE: Final = Size(name="wide", width=560, height=280, right=186)
SLIM: Final = Size(name="slim", width=340, height=300, left=36, right=12)


def chart(draw: Draw, *, id_: str, title: str, sizes: Sequence[Size] = (WIDE, SLIM)) -> Markup:
    """Draw it for each size; the style sheet shows the one that fits."""
    return Markup("").join(_named(draw, size=size, id_=f"{id_}-{size.name}", title=title) for size in sizes)


def _named(draw: Draw, *, size: Size, id_: str, title: str) -> Markup:
    canvas = Canvas(size)
    draw(canvas)
    role = "group" if any(part.startswith("<a ") for part in canvas.parts) else "img"
    head = f'class="balie-chart balie-chart--{size.name}" viewBox="0 0 {size.width} {size.height}" role="{role}"'
    name = f'<title id="{id_}">{escape(title)}</title>'
    return Markup(f'<svg {head} aria-labelledby="{id_}">{name}{"".join(canvas.parts)}</svg>')  # noqa: S704 texts are escaped above


def number(value: float, /, *, digits: int = 0) -> str:
    """Write a number as Dutch does: 1.234,5 with a hard space for the dot."""
    return f"{value:,.{digits}f}".replace(",", "\u00a0").replace(".", ",")


def rounds(most: float, /, *, count: int = 5) -> list[float]:
    """Give round numbers from 0 up to and past the most."""
    if most <= 0:
        return [0, 1]
    power: float = 10 ** floor(log10(most / count))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power * count >= most)
    step = max(step, 1)
    return [each * step for each in range(ceil(most / step - 1e-9) + 1)]


def flow(columns: Sequence[str], *, bands: Sequence[tuple[str, Sequence[int]]]) -> Draw:
    """Bands upon each other, the lowest first, a number for each column."""

    def draw(canvas: Canvas) -> None:
        tops = rounds(max(map(sum, zip(*(values for _, values in bands), strict=True))))
        _scale(canvas, tops=tops)
        floor_, labels = [0] * len(columns), list[tuple[float, str]]()
        for place, (name, values) in enumerate(bands):
            edge = [low + high for low, high in zip(floor_, values, strict=True)]
            upper, lower = (_run(canvas, values=each, top=tops[-1]) for each in (edge, floor_))
            canvas.path([*upper, *reversed(lower)], kind=f"band band-{len(bands) - 1 - place}", closed=True)
            canvas.path(upper, kind="edge")
            labels.append(((upper[-1][1] + lower[-1][1]) / 2, f"{name} {number(values[-1])}"))
            floor_ = edge
        _below(canvas, columns=columns)
        _beside(canvas, labels=labels)

    return draw


def lines(columns: Sequence[str], *, runs: Sequence[tuple[str, Sequence[int], str]]) -> Draw:
    """Lines over the columns: the name, the numbers and the kind of each."""

    def draw(canvas: Canvas) -> None:
        tops = rounds(max((value for _, values, _ in runs for value in values), default=0))
        _scale(canvas, tops=tops)
        labels = []
        for name, values, kind in runs:
            run = _run(canvas, values=values, top=tops[-1])
            canvas.path(run, kind=f"line {kind}")
            labels.append((run[-1][1], f"{name} {number(values[-1])}"))
        _below(canvas, columns=columns)
        _beside(canvas, labels=labels)

    return draw


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One case: how far along the period (0 to 1), its days, whether it was late, and where it opens ("" nowhere)."""

    along: float
    days: int
    late: bool
    href: str = ""
    says: str = ""


def dots(
    found: Sequence[Dot], *, levels: Sequence[tuple[str, float, str]], months: Sequence[tuple[float, str]]
) -> Draw:
    """A dot a case, an open ring for a late one, with levels across."""

    def draw(canvas: Canvas) -> None:
        tops = rounds(max([dot.days for dot in found] + [value for _, value, _ in levels], default=0))
        _scale(canvas, tops=tops)
        for along, name in months:
            canvas.text(canvas.across(along), canvas.size.height - 8, says=name, anchor="middle" if along else "start")
        canvas.parts += [_dot(dot, canvas=canvas, top=tops[-1]) for dot in found]
        labels = []
        for name, value, kind in levels:
            y = canvas.up(value / tops[-1])
            canvas.path([(canvas.size.left, y), (canvas.right, y)], kind=f"line {kind}")
            labels.append((y, f"{name} {number(value)}"))
        _beside(canvas, labels=labels)

    return draw


def ranges(rows: Sequence[tuple[str, float, float]]) -> Draw:
    """Bars from 0: the name, where half ends (solid) and where 85 of 100 end (open)."""

    def draw(canvas: Canvas) -> None:
        top, slot = _rows(canvas, names=[name for name, _, _ in rows], most=max(far for _, _, far in rows))
        for place, (_, half, far) in enumerate(rows):
            y, height = _bar(canvas, place=place, slot=slot)
            left = canvas.size.left
            canvas.box(left, y, width=canvas.across(far / top) - left, height=height, kind="bar-range")
            canvas.box(left, y, width=canvas.across(half / top) - left, height=height, kind="bar")
            says = f"{number(half)} / {number(far)}"
            canvas.text(canvas.across(far / top) + 7, y + height / 2 + 4.5, says=says, kind="halo")

    return draw


def stacks(rows: Sequence[tuple[str, Sequence[int]]]) -> Draw:
    """Bars of parts beside each other, each part with its number."""

    def draw(canvas: Canvas) -> None:
        most = max(sum(parts) for _, parts in rows)
        top, slot = _rows(canvas, names=[name for name, _ in rows], most=most)
        for place, (_, parts) in enumerate(rows):
            y, height = _bar(canvas, place=place, slot=slot)
            for part, count in enumerate(parts):
                before = sum(parts[:part])
                x, width = canvas.across(before / top), canvas.across(count / top) - canvas.size.left
                canvas.box(x, y, width=width, height=height, kind=f"part part-{part}")
                if width > 9 * len(number(count)):
                    kind = f"on-part-{part}"
                    canvas.text(x + width / 2, y + height / 2 + 4.5, says=number(count), anchor="middle", kind=kind)
            end = canvas.across(sum(parts) / top)
            canvas.text(end + 7, y + height / 2 + 4.5, says=number(sum(parts)), kind="halo")

    return draw


ROWS_WIDE: Final = Size(name="wide", width=560, height=250, left=170, right=64)
ROWS_SLIM: Final = Size(name="slim", width=340, height=330, left=12, right=64)
ROWS: Final = (ROWS_WIDE, ROWS_SLIM)
"""For bars with a name each: beside them, or above them where it is narrow."""


def _dot(dot: Dot, *, canvas: Canvas, top: float) -> str:
    place = f'cx="{canvas.across(dot.along):.1f}" cy="{canvas.up(dot.days / top):.1f}"'
    shape = f'<circle class="{"dot-late" if dot.late else "dot"}" {place} r="{4 if dot.late else 3}"/>'
    if not dot.href:
        return shape
    return f'<a href="{escape(dot.href)}" tabindex="-1"><title>{escape(dot.says)}</title>{shape}</a>'


def _scale(canvas: Canvas, *, tops: Sequence[float]) -> None:
    for value in tops:
        y = canvas.up(value / tops[-1])
        canvas.path([(canvas.size.left, y), (canvas.right, y)], kind="grid" if value else "axis")
        canvas.text(canvas.size.left - 7, y + 4.5, says=number(value), anchor="end")


def _run(canvas: Canvas, *, values: Sequence[int], top: float) -> list[tuple[float, float]]:
    last = max(len(values) - 1, 1)
    return [(canvas.across(place / last), canvas.up(value / top)) for place, value in enumerate(values)]


def _below(canvas: Canvas, *, columns: Sequence[str]) -> None:
    last = max(len(columns) - 1, 1)
    step = max(1, round(len(columns) / (4 if canvas.size.is_slim else 7)))
    for place in range(len(columns) - 1, -1, -step):
        edge = "end" if canvas.size.is_slim and place == last else "middle"
        canvas.text(canvas.across(place / last), canvas.size.height - 8, says=columns[place], anchor=edge)


def _beside(canvas: Canvas, *, labels: Sequence[tuple[float, str]]) -> None:
    """Write labels at the right, moved apart; where there is no room they stand in the table beside the chart."""
    if canvas.size.is_slim:
        return
    last: float = canvas.size.top - LINE_HEIGHT
    places = list[tuple[float, float, str]]()
    for y, says in sorted(labels):
        last = max(y, last + LINE_HEIGHT)
        places.append((y, last, says))
    over = max(0.0, last - canvas.floor)
    for y, place, says in places:
        canvas.path([(canvas.right + 1, y), (canvas.right + 10, place - over)], kind="leader")
        canvas.text(canvas.right + 13, place - over + 4.5, says=says, kind="strong")


def _rows(canvas: Canvas, *, names: Sequence[str], most: float) -> tuple[float, float]:
    """Draw the scale and the names; give what lies at the right end and the height of a row."""
    tops, size = rounds(most, count=4), canvas.size
    for value in tops:
        x = canvas.across(value / tops[-1])
        canvas.path([(x, size.top), (x, canvas.floor)], kind="grid" if value else "axis")
        canvas.text(x, size.height - 9, says=number(value), anchor="middle")
    slot = (canvas.floor - size.top) / len(names)
    for place, name in enumerate(names):
        y, height = _bar(canvas, place=place, slot=slot)
        if size.is_slim:
            canvas.text(size.left + 4, y - 6, says=name, kind="strong halo")
        else:
            canvas.text(size.left - 10, y + height / 2 + 4.5, says=name, anchor="end", kind="strong")
    return tops[-1], slot


def _bar(canvas: Canvas, *, place: int, slot: float) -> tuple[float, float]:
    """Give where a bar begins and how high it is."""
    height = min(22, slot * 0.45)
    middle = canvas.size.top + slot * (place + 0.5) + (9 if canvas.size.is_slim else 0)
    return middle - height / 2, height

"""Gives everything in the picture of a form its place: questions below each other by step, what reads them beside it.

Three columns. What stands in the second and third stands as near as it can to the middle of what it reads, without
overlap: the least squares answer to that is found by pooling neighbours that would overlap (isotonic regression).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.forms.picture.sketching import Box, Column, Sketch
from shared.events import Language, Words

TEXT_PX, CODE_PX = 20, 18
"""Height of a line of words and of a line of an expression."""

PAD_PX, GAP_PX, HEADING_PX = 10, 12, 40
LEFT_PX, BETWEEN_PX = 150, 120
"""Room for the bows beside the first column, and between columns."""

_BESIDE: tuple[Column, ...] = ("computed", "rule")
_WIDTH: dict[Column, int] = {"question": 420, "computed": 330, "rule": 430}
_MARGIN = 24
_TEXT_SIGNS_PX, _CODE_SIGNS_PX = 7.6, 7.9
"""What a sign takes at most of a line, on average over a line: 15 px words, 13 px expressions."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of text in a box: words, a mark above them, or an expression."""

    text: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a box stands, in pixels, with its text cut into lines."""

    box: Box
    x: int
    y: float
    width: int
    height: int
    lines: tuple[Line, ...]

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, kw_only=True)
class Band:
    """The room of a step, from `y` downwards."""

    title: str
    y: float
    width: int
    height: float


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """The picture with a place for everything."""

    sketch: Sketch
    width: int
    height: int
    bands: tuple[Band, ...]
    spots: dict[str, Spot]


def arrange(sketch: Sketch, *, language: Language) -> Arranged:
    """Give everything its place, with the words in this language."""
    spots: dict[str, Spot] = {}
    bands = _stack(sketch, spots=spots, language=language)
    right = LEFT_PX + _WIDTH["question"]
    for column in _BESIDE:
        boxes = [_spot(box, x=right + BETWEEN_PX, y=0, language=language) for box in sketch.of(column)]
        _settle(boxes, sketch=sketch, spots=spots)
        right += BETWEEN_PX + _WIDTH[column] if boxes else 0
    last = max((spot.y + spot.height for spot in spots.values()), default=0)
    size = (right + _MARGIN, round(last + _MARGIN))
    return Arranged(sketch=sketch, width=size[0], height=size[1], bands=tuple(bands), spots=spots)


def _stack(sketch: Sketch, *, spots: dict[str, Spot], language: Language) -> list[Band]:
    """Put the questions below each other, step by step."""
    bands, y = [], float(_MARGIN)
    for number, title in enumerate(sketch.steps):
        top, y = y, y + HEADING_PX
        for box in sketch.in_step(number):
            spots[box.id] = _spot(box, x=LEFT_PX, y=y, language=language)
            y += spots[box.id].height + GAP_PX
        heading = f"{number + 1}. {_said(title, language)}"
        bands.append(Band(title=heading, y=top, width=_WIDTH["question"], height=y - top))
        y += GAP_PX
    return bands


def _settle(column: Sequence[Spot], *, sketch: Sketch, spots: dict[str, Spot]) -> None:
    """Put a column where it wants to stand, and push apart what would overlap."""
    wanted = {spot.box.id: _wanted(spot, sketch=sketch, spots=spots) for spot in column}
    inner = sorted(column, key=lambda spot: wanted[spot.box.id])
    before = 0.0
    offsets = []
    for spot in inner:
        offsets.append(before)
        before += spot.height + GAP_PX
    tops = rising([wanted[spot.box.id] - offset for spot, offset in zip(inner, offsets, strict=True)])
    for spot, top, offset in zip(inner, tops, offsets, strict=True):
        y = max(top, float(_MARGIN + HEADING_PX)) + offset
        spots[spot.box.id] = replace(spot, y=y)


def _wanted(spot: Spot, *, sketch: Sketch, spots: dict[str, Spot]) -> float:
    """The top at which this one stands beside the middle of what it reads; at the top when it reads nothing here."""
    read = [spots[box.id].middle for box in sketch.read_by(spot.box.id) if box.id in spots]
    return sum(read) / len(read) - spot.height / 2 if read else float(_MARGIN)


def rising(wanted: Iterable[float]) -> list[float]:
    """The never falling row of numbers that is nearest to these."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _spot(box: Box, *, x: int, y: float, language: Language) -> Spot:
    width = _WIDTH[box.column]
    lines = tuple(_lines(box, width=width, language=language))
    height = 2 * PAD_PX + sum(CODE_PX if line.kind == "code" else TEXT_PX for line in lines)
    return Spot(box=box, x=x, y=y, width=width, height=height, lines=lines)


def _lines(box: Box, *, width: int, language: Language) -> Iterable[Line]:
    room = width - 2 * PAD_PX
    if box.mark and box.column != "question":
        yield from _cut(_said(box.mark, language), kind="mark", signs=int(room / _TEXT_SIGNS_PX))
    yield from _cut(_said(box.title, language), kind="title", signs=int(room / _TEXT_SIGNS_PX))
    if box.mark and box.column == "question":
        yield from _cut(_said(box.mark, language), kind="note", signs=int(room / _TEXT_SIGNS_PX))
    for words, expression in box.conditions:
        if words:
            yield from _cut(f"{_said(words, language)}:", kind="note", signs=int(room / _TEXT_SIGNS_PX))
        yield from _cut(expression, kind="code", signs=int(room / _CODE_SIGNS_PX))


def _cut(text: str, *, kind: str, signs: int) -> Iterable[Line]:
    return (Line(text=line, kind=kind) for line in textwrap.wrap(text, signs))


def _said(words: Words, language: Language) -> str:
    return words.en if language == "en" else words.nl

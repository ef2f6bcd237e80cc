"""What can be wrong with a catalogue, said as file, line, column, a sentence and the nearest right name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A spot in a text; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing to mend; `nearest` is the right name that looks most like the wrong one.

    Of an `unknown` one nobody here can say whether it is right: it keeps no product from being offered.
    """

    place: Place
    sentence: str
    nearest: str | None = None
    kind: Literal["fault", "unknown"] = "fault"

    def __str__(self) -> str:
        hint = f" Did you mean '{self.nearest}'?" if self.nearest else ""
        return f"{self.place}: {'Unknown: ' if self.kind == 'unknown' else ''}{self.sentence}{hint}"


class FaultyCatalogueError(Exception):
    """The texts have faults, so nothing was made of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.place))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FaultyProductError(FaultyCatalogueError):
    """A product's texts have faults, so it cannot be offered."""


def nearest_name(wrong: str, *, among: Iterable[str]) -> str | None:
    """Find the name that looks most like the wrong one, or None when nothing comes close."""
    close = get_close_matches(wrong, sorted(among), n=1)
    return str(close[0]) if close else None

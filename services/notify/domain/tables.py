"""Reads a table that somebody uploads as CSV, in the encodings and with the separators that spreadsheets write."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.notify.domain.templating import key_of
from shared.events import Words

LARGEST_TABLE: Final = 5_000_000
"""Bytes."""
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
"""A row that is shorter than the heads is filled up: with a million of them a small file would fill the memory."""
LONGEST_CELL: Final = 20_000
_SEPARATORS: Final = (";", ",", "\t")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableTableError(Exception):
    """This is no table that can be read."""

    def __init__(self, nl: str, /, *, en: str) -> None:
        """Say why, in two languages."""
        super().__init__(en)
        self.why = Words(nl=nl, en=en)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row that is not empty; `number` counts as a spreadsheet does, the heads are row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Heads as they were written, and the rows under them."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    def keys(self) -> tuple[str, ...]:
        """Give the heads without what does not count: case, spaces, `_` and `-`."""
        return tuple(key_of(head) for head in self.heads)


def read_table(content: bytes) -> Table:
    """Read UTF-8, UTF-16 (with its mark) or Windows-1252, parted by semicolons, commas or tabs.

    Raises:
        UnreadableTableError: too large, another encoding, no heads or rows, too many of them, or a row that is longer.
    """
    if len(content) > LARGEST_TABLE:
        most = LARGEST_TABLE // 1_000_000
        raise UnreadableTableError(f"Het bestand is groter dan {most} MB", en=f"The file is larger than {most} MB")
    rows = _rows_of(_text_of(content))
    heads = tuple(head.strip() for head in next(rows, (1, []))[1])
    while heads and not heads[-1]:
        heads = heads[:-1]
    if not heads:
        raise UnreadableTableError("De eerste rij moet de kolommen noemen", en="The first row must name the columns")
    if len(heads) > MOST_COLUMNS:
        raise UnreadableTableError(
            f"Het bestand heeft meer dan {MOST_COLUMNS} kolommen", en=f"The file has more than {MOST_COLUMNS} columns"
        )
    if not all(heads):
        column = heads.index("") + 1
        raise UnreadableTableError(f"Kolom {column} heeft geen naam", en=f"Column {column} has no name")
    lines = tuple(_line(number, cells, heads=heads) for number, cells in rows if any(cell.strip() for cell in cells))
    if not lines:
        raise UnreadableTableError("Het bestand heeft geen rijen", en="The file has no rows")
    return Table(heads=heads, lines=lines)


def _text_of(content: bytes) -> str:
    try:
        if content.startswith(_UTF16):
            text = content.decode("utf-16")
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableTableError("Bewaar het bestand als CSV in UTF-8", en="Save the file as CSV in UTF-8") from None
    if "\x00" in text:
        raise UnreadableTableError(
            "Er staan tekens in die geen tekst zijn; bewaar het bestand als CSV in UTF-8",
            en="The file has signs that are no text; save it as CSV in UTF-8",
        )
    return text


def _rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its number; `sep=;`, which some spreadsheets write above the heads, is no row."""
    first, _, rest = text.partition("\n")
    told = first.strip().casefold()
    if told.startswith("sep=") and len(told) == len("sep=;"):
        text, separator = rest, told[-1]
    else:
        separator = max(_SEPARATORS, key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if number > MOST_ROWS + 1:
                raise UnreadableTableError(
                    f"Het bestand heeft meer dan {MOST_ROWS} rijen", en=f"The file has more than {MOST_ROWS} rows"
                )
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise UnreadableTableError(
                    f"Rij {number}: een cel heeft meer dan {LONGEST_CELL} tekens",
                    en=f"Row {number}: a cell has more than {LONGEST_CELL} characters",
                )
            yield number, cells
    except csv.Error:
        raise UnreadableTableError(
            "De aanhalingstekens kloppen niet; bewaar het bestand als CSV in UTF-8",
            en="The quotes in the file do not match; save it as CSV in UTF-8",
        ) from None


def _line(number: int, cells: Sequence[str], *, heads: Sequence[str]) -> Line:
    if any(cell.strip() for cell in cells[len(heads) :]):
        raise UnreadableTableError(
            f"Rij {number} heeft meer cellen dan er kolommen zijn",
            en=f"Row {number} has more cells than there are columns",
        )
    filled = [cell.strip() for cell in cells[: len(heads)]]
    return Line(number=number, cells=(*filled, *[""] * (len(heads) - len(filled))))

"""Writes a report as CSV that a Dutch spreadsheet opens, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA_BEGINS: Final = frozenset("=+-@\t\r\n")


def report_of(heads: Sequence[str], *, lines: Iterable[Sequence[str]]) -> bytes:
    """Give the table in UTF-8 with its mark; a cell that could act begins with an apostrophe."""
    paper = io.StringIO()
    csv.writer(paper, delimiter=";", lineterminator="\r\n").writerows(
        [f"'{cell}" if cell[:1] in _FORMULA_BEGINS and cell else cell for cell in line] for line in (heads, *lines)
    )
    return paper.getvalue().encode("utf-8-sig")

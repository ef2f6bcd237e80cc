"""Writes tables as CSV that a Dutch spreadsheet opens, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from services.notify.domain.notifications import moment

_FORMULA_BEGINS: Final = frozenset("=+-@\t\r\n")


_TOLD: Final = ("recipient", "reference", "status", "fault", "notification_id")
_MOMENTS: Final = ("sent_at", "completed_at")


def report_of(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Give the report of a bulk: each row of its table with what became of it."""
    return table_of(("row", *_TOLD, *_MOMENTS), lines=map(_line, rows))


def table_of(heads: Sequence[str], *, lines: Iterable[Sequence[str]] = ()) -> bytes:
    """Give the table in UTF-8 with its mark; a cell that could act begins with an apostrophe."""
    paper = io.StringIO()
    csv.writer(paper, delimiter=";", lineterminator="\r\n").writerows(
        [f"'{cell}" if cell[:1] in _FORMULA_BEGINS and cell else cell for cell in line] for line in (heads, *lines)
    )
    return paper.getvalue().encode("utf-8-sig")


def _line(row: Mapping[str, Any]) -> list[str]:
    said = [*(row[name] for name in ("number", *_TOLD)), *(moment(row[name]) for name in _MOMENTS)]
    return ["" if each is None else str(each) for each in said]

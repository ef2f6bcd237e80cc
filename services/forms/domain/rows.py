"""Adds and removes rows of a table on a page that is being filled in."""

from __future__ import annotations

import re

from services.forms.domain.accepting.tables import MOST_ROWS
from services.forms.domain.reading import Typed, rows_typed
from shared.catalogue.definitions import Question


def add_row(table: Question, *, typed: Typed) -> dict[str, list[str]]:
    """The typed fields with one empty row more, up to the most that the question allows."""
    fields = {name: list(texts) for name, texts in typed.items()}
    rows = max(rows_typed(table, typed=typed), 1)
    if rows < most_rows(table):
        fields |= {f"{table.id}.{rows}.{column.id}": [""] for column in table.columns}
    return fields


def remove_row(table: Question, *, typed: Typed, index: int) -> dict[str, list[str]]:
    """The typed fields without this row; the rows after it move up. The last row left stays."""
    if rows_typed(table, typed=typed) <= 1:
        return {name: list(texts) for name, texts in typed.items()}
    pattern = re.compile(rf"{re.escape(table.id)}\.([0-9]{{1,3}})\.(.+)")
    fields: dict[str, list[str]] = {}
    for name, texts in typed.items():
        found = pattern.fullmatch(name)
        if found is None or int(found[1]) < index:
            fields[name] = list(texts)
        elif int(found[1]) > index:
            fields[f"{table.id}.{int(found[1]) - 1}.{found[2]}"] = list(texts)
    return fields


def most_rows(table: Question) -> int:
    """How many rows the table may have."""
    return min(int(table.maximum or MOST_ROWS), MOST_ROWS)

"""Adds and removes rows of a table on a page that is being filled in; a table is found by the name of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from services.forms.domain.accepting.tables import MOST_ROWS
from services.forms.domain.pages import Form
from services.forms.domain.reading import Typed, rows_typed
from shared.catalogue.definitions import Kind, Question, Step


def question_named(name: str, *, among: Iterable[Question]) -> Question | None:
    """The question or column whose fields have this name: "objects.0.parts" is the column `parts` of `objects`."""
    first, _, rest = name.partition(".")
    found = next((question for question in among if question.id == first), None)
    if found is None or not rest:
        return found
    index, _, column = rest.partition(".")
    return question_named(column, among=found.columns) if re.fullmatch(r"[0-9]{1,3}", index) else None


def answer_named(name: str, *, among: Mapping[str, Any]) -> Any:
    """The answer whose fields have this name; None when there is none."""
    found: Any = among
    for part in name.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def hidden_cells(form: Form, *, step: Step, typed: Typed) -> frozenset[str]:
    """The names of the cells of a page that do not count for this resident, also in rows that are still empty."""
    tables = [one for one in step.questions if any(column.when for column in one.all_columns)]
    if not tables:
        return frozenset()
    answers = form.draft.answers
    filled = {one.id: _all_rows(one, answers.get(one.id), name=one.id, typed=typed) for one in tables}
    return replace(form.progress, answers={**answers, **filled}).evaluation.hidden


def add_row(table: Question, *, name: str, typed: Typed) -> dict[str, list[str]]:
    """The typed fields with one empty row more, up to the most that the question allows."""
    fields = {field: list(texts) for field, texts in typed.items()}
    rows = max(rows_typed(name, typed=typed), 1)
    if rows < most_rows(table):
        fields |= {f"{name}.{rows}.{column.id}": [""] for column in table.columns}
    return fields


def remove_row(name: str, *, typed: Typed, index: int) -> dict[str, list[str]]:
    """The typed fields without this row; the rows after it move up. The last row left stays."""
    if rows_typed(name, typed=typed) <= 1:
        return {field: list(texts) for field, texts in typed.items()}
    pattern = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.(.+)")
    fields: dict[str, list[str]] = {}
    for field, texts in typed.items():
        found = pattern.fullmatch(field)
        if found is None or int(found[1]) < index:
            fields[field] = list(texts)
        elif int(found[1]) > index:
            fields[f"{name}.{int(found[1]) - 1}.{found[2]}"] = list(texts)
    return fields


def _all_rows(table: Question, rows: Any, *, name: str, typed: Typed) -> list[dict[str, Any]]:
    """The rows of a table as its page shows them: at least one, and those that are empty too."""
    count = max(rows_typed(name, typed=typed), 1)
    found = [dict(row) for row in (*(rows or ()), *({} for _ in range(count)))][:count]
    for index, row in enumerate(found):
        inner = (column for column in table.columns if column.kind is Kind.TABLE)
        row.update(
            {
                column.id: _all_rows(column, row.get(column.id), name=f"{name}.{index}.{column.id}", typed=typed)
                for column in inner
            }
        )
    return found


def most_rows(table: Question) -> int:
    """How many rows the table may have."""
    return min(int(table.maximum or MOST_ROWS), MOST_ROWS)

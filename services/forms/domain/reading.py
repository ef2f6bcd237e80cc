"""Reads the fields of a posted page as answers: what people typed becomes what is stored, or a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.forms.domain.accepting.places import join_number
from services.forms.domain.accepting.tables import MOST_ROWS
from services.forms.domain.faults import Fault, WrongAnswerError, fault, in_row
from services.forms.domain.spelling import DATE_PARTS, read_date, read_decimal, read_whole
from shared.catalogue.definitions import Kind, Question

Typed = Mapping[str, Sequence[str]]
"""What was typed: field name -> its texts, as a browser sends them."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Answers by question id as far as they could be read, and what could not be.

    A question with a fault may still have an answer here: the part of it that could be read.
    """

    answers: dict[str, Any]
    faults: tuple[Fault, ...]


def read_fields(questions: Iterable[Question], *, typed: Typed) -> Reading:
    """Read the fields of these questions; a question without an answer is absent."""
    answers: dict[str, Any] = {}
    faults: list[Fault] = []
    for question in questions:
        value = _read(question, typed=typed, name=question.id, faults=faults)
        if value is not None:
            answers[question.id] = value
    return Reading(answers=answers, faults=tuple(faults))


def rows_typed(table: Question, *, typed: Typed) -> int:
    """How many rows of this table the page held."""
    pattern = re.compile(rf"{re.escape(table.id)}\.([0-9]{{1,3}})\.")
    found = [int(match[1]) for name in typed if (match := pattern.match(name))]
    return min(max(found) + 1, MOST_ROWS) if found else 0


def first(typed: Typed, *, name: str) -> str:
    """The text of a field, or nothing."""
    return next(iter(typed.get(name, ())), "")


def _read(question: Question, *, typed: Typed, name: str, faults: list[Fault]) -> Any:
    try:
        match question.kind:
            case Kind.DATE:
                return read_date(question, parts={part: first(typed, name=f"{name}.{part}") for part in DATE_PARTS})
            case Kind.ADDRESS:
                return _read_address(typed, name=name)
            case Kind.TABLE:
                return _read_table(question, typed=typed, faults=faults)
            case Kind.CHOICES:
                return [text for text in typed.get(name, ()) if text] or None
        return _read_line(question, first(typed, name=name).strip())
    except WrongAnswerError as wrong:
        faults.extend(wrong.faults)
        return None


def _read_line(question: Question, text: str) -> Any:
    if not text:
        return None
    value: Any = text
    if question.kind is Kind.INTEGER:
        value = read_whole(text)
    elif question.kind in (Kind.DECIMAL, Kind.AMOUNT):
        value = read_decimal(text)
    elif question.kind in (Kind.YES_NO, Kind.DECLARATION):
        value = {"true": True, "false": False}.get(text)
    if value is None:
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def _read_address(typed: Typed, *, name: str) -> dict[str, str] | None:
    parts = {part: first(typed, name=f"{name}.{part}").strip() for part in ("postcode", "street", "town")}
    number = join_number(first(typed, name=f"{name}.number"), suffix=first(typed, name=f"{name}.suffix"))
    found = {key: text for key, text in {**parts, "number": number}.items() if text}
    return found or None


def _read_table(table: Question, *, typed: Typed, faults: list[Fault]) -> list[dict[str, Any]] | None:
    """The rows without the empty ones at the end: an added row that stayed empty is no mistake."""
    rows: list[dict[str, Any]] = []
    for index in range(rows_typed(table, typed=typed)):
        row, found = _read_row(table, typed=typed, index=index)
        faults += [in_row(one, table=table, index=index) for one in found]
        rows.append(row)
    while rows and not rows[-1] and not any(one.name.startswith(f"{table.id}.{len(rows) - 1}.") for one in faults):
        rows.pop()
    return rows or None


def _read_row(table: Question, *, typed: Typed, index: int) -> tuple[dict[str, Any], list[Fault]]:
    found: list[Fault] = []
    row = {}
    for column in table.columns:
        value = _read(column, typed=typed, name=f"{table.id}.{index}.{column.id}", faults=found)
        if value is not None:
            row[column.id] = value
    return row, found

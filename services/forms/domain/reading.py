"""Reads the fields of a posted page as answers: what people typed becomes what is stored, or a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.forms.domain.accepting.moments import PERIOD_PARTS
from services.forms.domain.accepting.places import NO_POINT, join_number
from services.forms.domain.accepting.tables import MOST_ROWS
from services.forms.domain.faults import Fault, WrongAnswerError, fault, in_row
from services.forms.domain.points import read_point
from services.forms.domain.spelling import DATE_PARTS, read_amount, read_date, read_decimal, read_time, read_whole
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

Typed = Mapping[str, Sequence[str]]
"""What was typed: field name -> its texts, as a browser sends them."""

PERIOD_WORDS = {
    "first": Words(nl="Eerste dag", en="First day"),
    "last": Words(nl="Laatste dag", en="Last day"),
}


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
    for question in (one for one in questions if one.asks):
        value = _read(question, typed=typed, name=question.id, faults=faults)
        if value is not None:
            answers[question.id] = value
    return Reading(answers=answers, faults=tuple(faults))


def rows_typed(name: str, *, typed: Typed) -> int:
    """How many rows the page held of the table of this name."""
    found = _by_row(name, typed=typed)
    return min(max(found) + 1, MOST_ROWS) if found else 0


def first(typed: Typed, *, name: str) -> str:
    """The text of a field, or nothing."""
    return next(iter(typed.get(name, ())), "")


def _read(question: Question, *, typed: Typed, name: str, faults: list[Fault]) -> Any:
    try:
        match question.kind:
            case Kind.DATE:
                return _read_day(question, typed=typed, name=name)
            case Kind.PERIOD:
                return _read_period(question, typed=typed, name=name, faults=faults)
            case Kind.ADDRESS:
                return _read_address(typed, name=name)
            case Kind.LOCATION:
                return _read_location(question, typed=typed, name=name, faults=faults)
            case Kind.TABLE:
                return _read_table(question, typed=typed, name=name, faults=faults)
            case Kind.FILE:
                return None  # comes as a file, not as a field
            case Kind.CHOICES:
                return [text for text in typed.get(name, ()) if text] or None
        return _read_line(question, first(typed, name=name).strip())
    except WrongAnswerError as wrong:
        faults.extend(wrong.faults)
        return None


def _read_line(question: Question, text: str) -> Any:
    if not text:
        return None
    read = _LINES.get(question.kind)
    value = read(text) if read else text
    if value is None:
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


_LINES: Mapping[Kind, Callable[[str], Any]] = {
    Kind.INTEGER: read_whole,
    Kind.DECIMAL: read_decimal,
    Kind.AMOUNT: read_amount,
    Kind.TIME: read_time,
    Kind.YES_NO: {"true": True, "false": False}.get,
    Kind.DECLARATION: {"true": True, "false": False}.get,
}


def _read_day(question: Question, *, typed: Typed, name: str) -> str | None:
    return read_date(question, parts={part: first(typed, name=f"{name}.{part}") for part in DATE_PARTS})


def _read_period(question: Question, *, typed: Typed, name: str, faults: list[Fault]) -> dict[str, str] | None:
    """The days that could be read; a wrong day is told with its own name."""
    found: dict[str, str] = {}
    wrong = len(faults)
    for part in PERIOD_PARTS:
        end = replace(question, id=f"{question.id}.{part}", label=PERIOD_WORDS[part])
        try:
            day = _read_day(end, typed=typed, name=f"{name}.{part}")
        except WrongAnswerError as error:
            faults.extend(error.faults)
        else:
            found |= {part: day} if day else {}
    return found if found and len(faults) == wrong else None


def _read_address(typed: Typed, *, name: str) -> dict[str, str] | None:
    parts = {part: first(typed, name=f"{name}.{part}").strip() for part in ("postcode", "street", "town")}
    number = join_number(first(typed, name=f"{name}.number"), suffix=first(typed, name=f"{name}.suffix"))
    found = {key: text for key, text in {**parts, "number": number}.items() if text}
    return found or None


def _read_location(question: Question, *, typed: Typed, name: str, faults: list[Fault]) -> dict[str, str] | None:
    words, written = (first(typed, name=f"{name}.{part}").strip() for part in ("words", "point"))
    found = {"words": words} if words else {}
    if written:
        point = read_point(written)
        if point is None:
            faults.append(fault(question, code="malformed", default=NO_POINT, part="point"))
        else:
            found |= {"lat": point.lat, "lon": point.lon}
    return found or None


def _read_table(table: Question, *, typed: Typed, name: str, faults: list[Fault]) -> list[dict[str, Any]] | None:
    """The rows without the empty ones at the end: an added row that stayed empty is no mistake."""
    rows: list[dict[str, Any]] = []
    fields = _by_row(name, typed=typed)
    for index in range(min(max(fields, default=-1) + 1, MOST_ROWS)):
        row, found = _read_row(table, typed=fields.get(index, {}), name=f"{name}.{index}")
        faults += [in_row(one, table=table, index=index) for one in found]
        rows.append(row)
    while rows and not rows[-1] and not any(one.name.startswith(f"{table.id}.{len(rows) - 1}.") for one in faults):
        rows.pop()
    return rows or None


def _by_row(name: str, *, typed: Typed) -> dict[int, dict[str, Sequence[str]]]:
    """The fields of the table of this name, row by row."""
    start = f"{name}."
    rows: dict[int, dict[str, Sequence[str]]] = {}
    for field, texts in typed.items():
        if field.startswith(start):
            place, dot, _ = field[len(start) :].partition(".")
            if dot and place.isascii() and place.isdecimal() and len(place) <= 3:
                rows.setdefault(int(place), {})[field] = texts
    return rows


def _read_row(table: Question, *, typed: Typed, name: str) -> tuple[dict[str, Any], list[Fault]]:
    found: list[Fault] = []
    row = {}
    for column in table.columns:
        value = _read(column, typed=typed, name=f"{name}.{column.id}", faults=found)
        if value is not None:
            row[column.id] = value
    return row, found

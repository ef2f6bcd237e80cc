"""Stored answers as values that expressions can reckon with; what has the wrong shape stays unknown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from shared.catalogue.definitions import Kind, Question, Roles
from shared.rules import plain_value

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def is_answered(value: Any) -> bool:
    """Whether this counts as an answer: false and 0 do, an empty text or list does not."""
    return bool(value) or value not in (None, "", [], {})


def known_value(value: Any, *, question: Question) -> Any:
    """Read a stored answer as its kind says; None when it is not of that kind, so nothing can rest on it."""
    return _READERS[question.kind](question, value)


def plain_reader(question: Question) -> Callable[[Any], Any]:
    """Make what reads answers to this question as plain values of expressions; None is what nothing can rest on.

    The kinds that forms have most are read in one step.
    """
    if question.kind in (Kind.DECIMAL, Kind.AMOUNT):
        return partial(_number, question)
    if question.kind in (Kind.YES_NO, Kind.DECLARATION):
        return partial(_yes_no, question)
    if question.kind is Kind.CHOICE:
        codes = frozenset(choice.value for choice in question.choices)
        return lambda value: value if isinstance(value, str) and value in codes else None
    read = partial(_READERS[question.kind], question)
    return lambda value: plain_value(read(value))


def period_of(roles: Roles, *, answers: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Give the first and last day that an application is about; a question may ask for both at once."""
    starts, ends = answers.get(roles.starts or ""), answers.get(roles.ends or "")
    return _day(starts, part="first"), _day(ends, part="last")


def _day(value: Any, *, part: str) -> date | None:
    return _date_or_none(value.get(part) if isinstance(value, Mapping) else value)


def _text(_question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(_question: Question, value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _whole(question: Question, value: Any) -> float | None:
    return _number(question, value) if isinstance(value, int) else None


def _yes_no(_question: Question, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _choice(question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and any(each.value == value for each in question.choices) else None


def _choices(question: Question, value: Any) -> list[str] | None:
    if not isinstance(value, list | tuple) or any(_choice(question, each) is None for each in value):
        return None
    return list(value)


def _date(_question: Question, value: Any) -> date | None:
    return _date_or_none(value)


def _date_or_none(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _time(_question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and _TIME.fullmatch(value) else None


def _period(question: Question, value: Any) -> dict[str, Any] | None:
    """A period that ends before it begins is none."""
    if not isinstance(value, Mapping):
        return None
    first, last = _date(question, value.get("first")), _date(question, value.get("last"))
    return {"first": first, "last": last} if first and last and first <= last else None


def _address(_question: Question, value: Any) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) else None


def _location(question: Question, value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    words = {"words": value["words"]} if isinstance(value.get("words"), str) else {}
    lat, lon = _number(question, value.get("lat")), _number(question, value.get("lon"))
    return {**words, "lat": lat, "lon": lon} if lat is not None and lon is not None else words or None


def _file(_question: Question, value: Any) -> list[dict[str, Any]] | None:
    if not isinstance(value, list | tuple) or not all(isinstance(each, Mapping) for each in value):
        return None
    return [dict(each) for each in value]


def _nothing(_question: Question, _value: Any) -> None:
    return None


def _table(question: Question, value: Any) -> list[dict[str, Any]] | None:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        return None
    return [_row(question, row) for row in value]


def _row(question: Question, row: Mapping[str, Any]) -> dict[str, Any]:
    read = ((column, row.get(column.id)) for column in question.columns)
    return {
        column.id: known
        for column, value in read
        if is_answered(value) and (known := known_value(value, question=column)) is not None
    }


_READERS: dict[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _number,
    Kind.AMOUNT: _number,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.PERIOD: _period,
    Kind.ADDRESS: _address,
    Kind.LOCATION: _location,
    Kind.EMAIL: _text,
    Kind.PHONE: _text,
    Kind.KVK: _text,
    Kind.BRANCH: _text,
    Kind.IBAN: _text,
    Kind.BSN: _text,
    Kind.PLATE: _text,
    Kind.FILE: _file,
    Kind.TABLE: _table,
    Kind.DECLARATION: _yes_no,
    Kind.CALCULATED: _nothing,
    Kind.TEXT_BLOCK: _nothing,
}

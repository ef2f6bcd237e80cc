"""Stored answers as values that expressions can reckon with; what has the wrong shape stays unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shared.catalogue.definitions import Kind, Question


def is_answered(value: Any) -> bool:
    """Whether this counts as an answer: false and 0 do, an empty text or list does not."""
    return value not in (None, "", [], {})


def known_value(value: Any, *, question: Question) -> Any:
    """Read a stored answer as its kind says; None when it is not of that kind, so nothing can rest on it."""
    return _READERS[question.kind](question, value)


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
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _address(_question: Question, value: Any) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) else None


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
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _text,
    Kind.PHONE: _text,
    Kind.KVK: _text,
    Kind.TABLE: _table,
    Kind.DECLARATION: _yes_no,
}

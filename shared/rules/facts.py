"""What is known when expressions are evaluated, and the functions that they may call."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from shared import cel
from shared.law.calendar import is_general_holiday, working_days_between
from shared.law.counting import add_months

FUNCTIONS = frozenset({"age", "add_months", "weekday", "holiday", "sum", "how_many", "days", "weeks", "workdays"})

Value = bool | float | str | date | list[Any] | dict[str, Any] | None


class Facts:
    """What is known when expressions are evaluated; prepared once, then used for many expressions.

    `plain` holds it by name in plain values, to add the columns of a row to by their own names until it is done.
    Not for two threads at once: make one for each evaluation.
    """

    def __init__(self, values: Mapping[str, Any], *, today: date) -> None:
        self.today = today
        self.failures: list[Exception] = []
        self.plain: dict[str, Any] = {"today": _as_moment(today)}
        functions = _functions(self.failures, today=today)  # not of self: the circle would never be freed
        self.context = cel.Context(functions=functions)
        self.context.set_variable_resolver(self.plain.get)
        for name, known in values.items():
            self.know(name, value=known)

    def know(self, name: str, *, value: Any) -> None:
        """Add one value; what the language cannot hold stays unknown."""
        plain = plain_value(value)
        if plain is not None:
            self.plain[name] = plain

    def know_rows(self, name: str, *, rows: list[dict[str, Any]]) -> None:
        """Add the rows of a table, made of plain values; they are handed over once.

        Turning 50 rows into values of CEL takes 1 ms, so a table is not looked up each time that it is read. Anything
        else is: after each value handed over, CEL sets up all of them again at its next evaluation.
        """
        self.context.add_variable(name, rows)

    def forget(self, names: Iterable[str]) -> None:
        """Forget plain values, such as the columns of a row that is done."""
        for name in names:
            self.plain.pop(name, None)


def plain_value(value: Any) -> Any:
    """Give a value as the language holds it: dates as instants, all numbers as doubles; None when it cannot."""
    try:
        return _to_cel(value)
    except (ValueError, OverflowError):
        return None


def _functions(failures: list[Exception], *, today: date) -> dict[str, Callable[..., Any]]:
    def safe(work: Callable[..., Any]) -> Callable[..., Any]:
        return partial(_safely, failures, work)

    return {
        "age": safe(partial(_age, today=today)),
        "add_months": safe(_add_months),
        "weekday": safe(lambda day: float(day.isoweekday())),
        "holiday": safe(lambda day: is_general_holiday(day.date())),
        "sum": safe(math.fsum),
        "how_many": safe(lambda rows: float(len(rows))),
        "days": safe(lambda first, last: float((last - first).days)),
        "weeks": safe(lambda number: timedelta(weeks=number)),
        "workdays": safe(_workdays),
    }


def _workdays(first: datetime, last: datetime) -> float:
    return float(working_days_between(first.date(), until=last.date()))


def _add_months(day: datetime, number: float) -> datetime:
    if not float(number).is_integer():
        raise ValueError(number)
    return _as_moment(add_months(day.date(), months=int(number)))


def _age(birth: datetime, *, today: date) -> float:
    """Whole years; who was born on 29 February is a year older on 1 March in other years."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if years < 0:
        raise ValueError(years)
    return float(years)


def _safely(failures: list[Exception], work: Callable[..., Any], *given: Any) -> Any:
    """CEL prints what a function raises and goes on; here the whole expression becomes unknown."""
    try:
        return work(*given)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        failures.append(error)
        return None


def _to_cel(value: Any) -> Any:
    convert = _PLAIN.get(type(value))
    if convert is not None:
        return convert(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    return _list(value) if isinstance(value, list | tuple) else None


def _text(value: str) -> str:
    value.encode()  # half a character, as a broken client may send, is refused here
    return value


def _number(value: float | Decimal) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _as_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): plain for key, inner in value.items() if (plain := _to_cel(inner)) is not None}


def _list(value: Iterable[Any]) -> list[Any] | None:
    items = [_to_cel(inner) for inner in value]
    return None if None in items else items


_PLAIN: dict[type, Callable[[Any], Any]] = {
    str: _text,
    bool: bool,
    float: _number,
    int: _number,
    Decimal: _number,
    date: _as_moment,
    datetime: _as_moment,
    dict: _mapping,
    list: _list,
}

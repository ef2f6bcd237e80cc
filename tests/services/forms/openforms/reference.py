"""JsonLogic as it is meant (jsonlogic.com), for as much of it as we carry over, with the dates of Open Formulieren."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from typing import Any

from shared.law.counting import add_months

TODAY = date(2026, 11, 26)


def apply(logic: Any, data: Mapping[str, Any]) -> Any:
    """Work out JsonLogic for these answers."""
    if not isinstance(logic, dict):
        return logic
    ((name, given),) = logic.items()
    arguments = given if isinstance(given, list) else [given]
    if name in _LAZY:
        return _LAZY[name](arguments, data)
    return _EAGER[name](*(apply(each, data) for each in arguments))


def _variable(arguments: list[Any], data: Mapping[str, Any]) -> Any:
    found: Any = data
    for key in arguments[0].split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _and(arguments: list[Any], data: Mapping[str, Any]) -> Any:
    found = None
    for each in arguments:
        found = apply(each, data)
        if not found:
            return found
    return found


def _or(arguments: list[Any], data: Mapping[str, Any]) -> Any:
    found = None
    for each in arguments:
        found = apply(each, data)
        if found:
            return found
    return found


def _if(arguments: list[Any], data: Mapping[str, Any]) -> Any:
    for condition, yes in zip(arguments[:-1:2], arguments[1::2], strict=True):
        if apply(condition, data):
            return apply(yes, data)
    return apply(arguments[-1], data)


def _rows(arguments: list[Any], data: Mapping[str, Any]) -> list[Any]:
    return [apply(arguments[1], row) for row in apply(arguments[0], data) or ()]


def _reduce(arguments: list[Any], data: Mapping[str, Any]) -> Any:
    found = arguments[2]
    for each in apply(arguments[0], data) or ():
        found = apply(arguments[1], {"current": each, "accumulator": found})
    return found


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        return str(left) == str(right)
    return bool(left == right)


def _plus(*given: Any) -> Any:
    return _moved(given[0], given[1]) if isinstance(given[0], date) else sum(given)


def _minus(*given: Any) -> Any:
    if isinstance(given[0], date):
        return _moved(given[0], tuple(-each for each in given[1]))
    return -given[0] if len(given) == 1 else given[0] - given[1]


def _moved(day: date, delta: tuple[int, ...]) -> date:
    years, months, days = (*delta, 0, 0)[:3]
    return add_months(day, months=12 * years + months) + timedelta(days=days)


def _before(*given: Any) -> bool:
    return all(left < right for left, right in pairwise(given))


def _at_most(*given: Any) -> bool:
    return all(left <= right for left, right in pairwise(given))


_LAZY = {
    "var": _variable,
    "and": _and,
    "or": _or,
    "if": _if,
    "map": _rows,
    "some": lambda arguments, data: any(_rows(arguments, data)),
    "none": lambda arguments, data: not any(_rows(arguments, data)),
    "all": lambda arguments, data: bool(rows := _rows(arguments, data)) and all(rows),
    "reduce": _reduce,
}
_EAGER = {
    "!": lambda value: not value,
    "!!": bool,
    "==": _same,
    "===": lambda left, right: left == right,
    "!=": lambda left, right: not _same(left, right),
    "!==": lambda left, right: left != right,
    "<": _before,
    "<=": _at_most,
    ">": lambda *given: _before(*reversed(given)),
    ">=": lambda *given: _at_most(*reversed(given)),
    "in": lambda needle, hay: needle in hay,
    "+": _plus,
    "-": _minus,
    "*": lambda *given: reduce(lambda left, right: left * right, given),
    "/": lambda left, right: left / right,
    "min": min,
    "max": max,
    "date": lambda value: value,
    "today": lambda: TODAY,
    "rdelta": lambda *given: given,
}

"""Compares parts of JsonLogic in CEL: alike for what is of one type, refused for what is not."""

from __future__ import annotations

import re
from typing import Any

from services.forms.openforms.parts import TYPE_WORDS, NotCarriedError, Part, Variable, literal

_WHOLE = re.compile("0|-?[1-9][0-9]{0,11}")
"""A whole number as JsonLogic writes it when it compares it with a text."""


def equals(variable: Variable, value: Any, /) -> str:
    """Compare a variable with a value as the simple conditions of a component do; raises as `translate`."""
    read = Part(cel=variable.name, type=variable.type, variable=variable)
    if variable.type == "bool" and value in ("true", "false"):
        value = value == "true"
    if variable.type == "list":
        return f"{literal(variable.values.get(str(value), str(value))).cel} in {variable.name}"
    return same(read, literal(value))


def same(left: Part, right: Part, /) -> str:
    """Whether both are the same; refused when they are of different types, or one is empty."""
    left, right = _fit(left, right), _fit(right, left)
    if "" in (left.value, right.value):
        raise NotCarriedError("een voorwaarde op een leeg antwoord")
    if left.type != right.type or left.type in ("list", "rows"):
        raise NotCarriedError(f"een vergelijking van {TYPE_WORDS[left.type]} met {TYPE_WORDS[right.type]}")
    if left.type == "date":
        return _dates(left, right, sign="==")
    if isinstance(right.value, bool):
        return left.cel if right.value else f"!{left.inner}"
    return f"{left.inner} == {right.inner}"


def _fit(part: Part, other: Part) -> Part:
    """A literal beside a variable: as a code of its choices, or as a number when it is written as one."""
    if not isinstance(part.value, str) or other.value is not None:
        return part
    if other.variable and other.variable.values:
        return literal(other.variable.values.get(part.value, part.value))
    if other.type == "number" and _WHOLE.fullmatch(part.value):
        return literal(int(part.value))
    return part


def before(left: Part, right: Part, /, *, sign: str) -> str:
    """Compare numbers or days by their order; refused for anything else."""
    if left.type == right.type == "date":
        return _dates(left, right, sign=sign)
    if not left.type == right.type == "number":
        raise NotCarriedError(f"een vergelijking van {TYPE_WORDS[left.type]} met {TYPE_WORDS[right.type]}")
    return f"{left.inner} {sign} {right.inner}"


def _dates(left: Part, right: Part, *, sign: str) -> str:
    """Compare days. A number of days from today is counted: our language adds only weeks and months."""
    if left.days and not right.days:
        return f"days({right.cel}, {_months(left)}) {sign} {-left.days}"
    if right.days and not left.days:
        return f"days({_months(right)}, {left.cel}) {sign} {right.days}"
    if left.days != right.days:
        raise NotCarriedError("een vergelijking van twee verschoven dagen")
    return f"{_months(left)} {sign} {_months(right)}"


def _months(part: Part) -> str:
    return f"add_months({part.cel}, {part.months})" if part.months else part.cel


def written(part: Part) -> str:
    """A part as it stands, with what a day is moved by; refused for days that make no whole weeks."""
    if part.days % 7:
        raise NotCarriedError("een dag die losse dagen verder ligt")
    return f"{_months(part)} + weeks({part.days // 7})" if part.days else _months(part)

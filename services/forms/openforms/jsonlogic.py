"""JsonLogic to CEL: what both say alike of answers that are given becomes an expression, anything else is refused.

JsonLogic compares anything with anything; CEL does not, and in our language what is not answered is unknown. So each
part gets its type, and a part whose outcome rests on another type or on an empty answer is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from services.forms.openforms.comparing import before, same, written
from services.forms.openforms.parts import (
    TYPE_WORDS,
    NotCarriedError,
    Part,
    Type,
    Variable,
    literal,
    only,
    pair,
    quoted,
    short,
)

Names = Mapping[str, Variable]


def translate(logic: Any, *, names: Names) -> str:
    """Write a condition of JsonLogic in CEL.

    Raises:
        NotCarriedError: the part that has no like here.
    """
    return _condition(_part(logic, names=names), what=logic)


def translate_value(logic: Any, *, names: Names) -> tuple[str, Type]:
    """Write a value of JsonLogic in CEL, with its type; raises as `translate`."""
    part = _part(logic, names=names)
    return written(part), part.type


def _part(logic: Any, *, names: Names) -> Part:
    if not isinstance(logic, dict):
        return literal(logic)
    if len(logic) != 1:
        raise NotCarriedError(short(logic))
    ((name, given),) = logic.items()
    arguments = given if isinstance(given, list) else [given]
    if name not in _OPERATIONS:
        raise NotCarriedError(f"de bewerking ‘{name}’")
    return _OPERATIONS[name](arguments, names)


def _variable(arguments: Sequence[Any], names: Names) -> Part:
    if len(arguments) != 1 or not isinstance(arguments[0], str):
        raise NotCarriedError(f"de variabele {short(arguments)}")
    key = arguments[0]
    if key in names:
        found = names[key]
        return Part(cel=found.name, type=found.type, variable=found)
    group, _, option = key.rpartition(".")
    if group in names and names[group].type == "list" and option in names[group].values:
        return Part(cel=f"{quoted(names[group].values[option])} in {names[group].name}", type="bool")
    raise NotCarriedError(f"de variabele ‘{key}’")


def _condition(part: Part, *, what: Any) -> str:
    """As true or false: a given answer counts as JsonLogic counts it."""
    match part.type:
        case "bool":
            return part.cel
        case "number":
            return f"{part.inner} != 0"
        case "text" if part.value is None:
            return f"{part.inner} != ''"
        case "list" | "rows" if part.value is None:
            return f"how_many({part.cel}) > 0"
    raise NotCarriedError(short(what))


def _not(arguments: Sequence[Any], names: Names) -> Part:
    part = _part(only(arguments), names=names)
    if part.type != "bool":
        raise NotCarriedError("een voorwaarde op een leeg antwoord")
    return Part(cel=f"!{part.inner}", type="bool")


def _truth(arguments: Sequence[Any], names: Names) -> Part:
    what = only(arguments)
    return Part(cel=_condition(_part(what, names=names), what=what), type="bool")


def _joined(sign: str) -> Callable[[Sequence[Any], Names], Part]:
    def join(arguments: Sequence[Any], names: Names) -> Part:
        parts = [_condition(_part(each, names=names), what=each) for each in arguments]
        if not parts:
            raise NotCarriedError(f"‘{sign}’ zonder voorwaarden")
        return Part(cel=f" {sign} ".join(f"({each})" for each in parts) if len(parts) > 1 else parts[0], type="bool")

    return join


def _equal(wanted: bool) -> Callable[[Sequence[Any], Names], Part]:
    def compare(arguments: Sequence[Any], names: Names) -> Part:
        left, right = (_part(each, names=names) for each in pair(arguments))
        alike = same(left, right)
        return Part(cel=alike if wanted else f"!({alike})", type="bool")

    return compare


def _ordered(sign: str) -> Callable[[Sequence[Any], Names], Part]:
    def compare(arguments: Sequence[Any], names: Names) -> Part:
        if len(arguments) not in (2, 3):
            raise NotCarriedError(f"‘{sign}’ met {len(arguments)} delen")
        parts = [_part(each, names=names) for each in arguments]
        pairs = [before(*pair, sign=sign) for pair in pairwise(parts)]
        return Part(cel=" && ".join(pairs), type="bool")

    return compare


def _in(arguments: Sequence[Any], names: Names) -> Part:
    needle, hay = (_part(each, names=names) for each in pair(arguments))
    if needle.type != "text":
        raise NotCarriedError("zoeken naar iets anders dan een tekst")
    if hay.type == "text":
        return Part(cel=f"{hay.inner}.contains({needle.cel})", type="bool")
    if hay.type != "list":
        raise NotCarriedError(f"zoeken in {TYPE_WORDS[hay.type]}")
    if isinstance(hay.value, list) and needle.variable and needle.variable.values:
        hay = literal([needle.variable.values.get(each, each) for each in hay.value])
    if hay.variable and isinstance(needle.value, str):
        needle = literal(hay.variable.values.get(needle.value, needle.value))
    return Part(cel=f"{needle.inner} in {hay.cel}", type="bool")


def _sum(arguments: Sequence[Any], names: Names) -> Part:
    if len(arguments) == 2 and any(map(_is_shift, arguments)):
        return _shifted(arguments, names, sign=1)
    return _calculated([_part(each, names=names) for each in arguments], sign="+")


def _minus(arguments: Sequence[Any], names: Names) -> Part:
    if len(arguments) == 2 and _is_shift(arguments[1]):
        return _shifted(arguments, names, sign=-1)
    parts = [_part(each, names=names) for each in arguments]
    if len(parts) == 1 and parts[0].type == "number":
        return Part(cel=f"-{parts[0].inner}", type="number")
    return _calculated(parts, sign="-")


def _times(sign: str) -> Callable[[Sequence[Any], Names], Part]:
    return lambda arguments, names: _calculated([_part(each, names=names) for each in arguments], sign=sign)


def _calculated(parts: Sequence[Part], *, sign: str) -> Part:
    if len(parts) < 2 or (sign in "-/" and len(parts) != 2) or any(part.type != "number" for part in parts):
        raise NotCarriedError(f"‘{sign}’ met iets anders dan getallen")
    return Part(cel=f" {sign} ".join(part.inner for part in parts), type="number")


def _is_shift(logic: Any) -> bool:
    return isinstance(logic, dict) and list(logic) == ["rdelta"]


def _shifted(arguments: Sequence[Any], names: Names, *, sign: int) -> Part:
    """A day so many years, months and days later or earlier."""
    day, shift = arguments if _is_shift(arguments[1]) else reversed(arguments)
    part = _part(day, names=names)
    given = shift["rdelta"] if _is_shift(shift) else None
    given = given if isinstance(given, list) else [given]
    if part.type != "date" or not all(type(each) is int for each in given) or not 1 <= len(given) <= 3:
        raise NotCarriedError("een dag met een verschil dat wij niet kennen")
    years, months, days = (*given, 0, 0)[:3]
    if part.months or part.days:
        raise NotCarriedError("een dag die twee keer verschuift")
    return replace(part, months=sign * (12 * years + months), days=sign * days)


def _date(arguments: Sequence[Any], names: Names) -> Part:
    part = _part(only(arguments), names=names)
    if part.type != "date":
        raise NotCarriedError("een vaste datum")
    return part


def _today(_arguments: Sequence[Any], _names: Names) -> Part:
    return Part(cel="today", type="date")


def _if(arguments: Sequence[Any], names: Names) -> Part:
    if len(arguments) % 2 == 0 or len(arguments) < 3:
        raise NotCarriedError("‘if’ zonder ‘anders’")
    condition, yes, *others = arguments
    no = _if(others, names) if len(others) > 1 else _part(others[0], names=names)
    then = _part(yes, names=names)
    if then.type != no.type or then.type in ("list", "rows", "date"):
        raise NotCarriedError("‘if’ met uitkomsten van verschillende soort")
    when = _condition(_part(condition, names=names), what=condition)
    return Part(cel=f"({when}) ? {then.inner} : {no.inner}", type=then.type)


def _extreme(sign: str) -> Callable[[Sequence[Any], Names], Part]:
    def choose(arguments: Sequence[Any], names: Names) -> Part:
        first, *others = [_part(each, names=names) for each in arguments]
        for each in others:
            if not first.type == each.type == "number":
                raise NotCarriedError("het grootste of kleinste van iets anders dan getallen")
            first = Part(cel=f"{first.inner} {sign} {each.inner} ? {first.inner} : {each.inner}", type="number")
        return first

    return choose


def _each(macro: str) -> Callable[[Sequence[Any], Names], Part]:
    def walk(arguments: Sequence[Any], names: Names) -> Part:
        rows, body = pair(arguments)
        table = _part(rows, names=names)
        if table.type != "rows" or table.variable is None:
            raise NotCarriedError("iets voor elke rij van wat geen tabel is")
        inner = _condition(_part(body, names=_columns(table.variable)), what=body)
        found = f"{table.cel}.{macro}({ROW}, {inner})"
        return Part(cel=f"how_many({table.cel}) > 0 && {found}" if macro == "all" else found, type="bool")

    return walk


def _none(arguments: Sequence[Any], names: Names) -> Part:
    return Part(cel=f"!{_each('exists')(arguments, names).cel}", type="bool")


def _reduce(arguments: Sequence[Any], names: Names) -> Part:
    """The one form that has a like here: the sum of a column."""
    match arguments:
        case [{"map": [rows, column]}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]:
            pass
        case [{"map": [rows, column]}, {"+": [{"var": "accumulator"}, {"var": "current"}]}, 0]:
            pass
        case _:
            raise NotCarriedError("‘reduce’ dat geen som is")
    table = _part(rows, names=names)
    if table.type != "rows" or table.variable is None:
        raise NotCarriedError("een som over wat geen tabel is")
    cell = _part(column, names=_columns(table.variable))
    if cell.type != "number":
        raise NotCarriedError("een som van iets anders dan getallen")
    return Part(cel=f"sum({table.cel}.map({ROW}, {cell.cel}))", type="number")


def _columns(table: Variable) -> Names:
    return {key: replace(column, name=f"{ROW}.{column.name}") for key, column in table.columns.items()}


ROW = "r"
_OPERATIONS: Mapping[str, Callable[[Sequence[Any], Names], Part]] = {
    "var": _variable,
    "and": _joined("&&"),
    "or": _joined("||"),
    "!": _not,
    "!!": _truth,
    "==": _equal(wanted=True),
    "===": _equal(wanted=True),
    "!=": _equal(wanted=False),
    "!==": _equal(wanted=False),
    **{sign: _ordered(sign) for sign in ("<", "<=", ">", ">=")},
    "in": _in,
    "+": _sum,
    "-": _minus,
    "*": _times("*"),
    "/": _times("/"),
    "min": _extreme("<"),
    "max": _extreme(">"),
    "if": _if,
    "date": _date,
    "today": _today,
    "some": _each("exists"),
    "all": _each("all"),
    "none": _none,
    "reduce": _reduce,
}
"""What is carried over; all else is refused by name."""

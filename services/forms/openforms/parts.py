"""The parts of a translation of JsonLogic: pieces of CEL, each with its type."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.catalogue.definitions import Kind

Type = Literal["bool", "number", "text", "date", "list", "rows"]

TYPES: Mapping[str, Type] = {
    **dict.fromkeys((Kind.INTEGER, Kind.DECIMAL, Kind.AMOUNT), "number"),
    **dict.fromkeys((Kind.YES_NO, Kind.DECLARATION), "bool"),
    **dict.fromkeys((Kind.CHOICES, Kind.FILE), "list"),
    Kind.DATE: "date",
    Kind.TABLE: "rows",
}
"""The type of an answer in expressions by its kind; text for the others."""

NO_VALUE: frozenset[str] = frozenset({Kind.ADDRESS, Kind.LOCATION, Kind.PERIOD, Kind.TEXT_BLOCK, Kind.CALCULATED})
"""Kinds of which the parts, or nothing at all, can be compared."""


class NotCarriedError(Exception):
    """This part of the logic has no like in our language; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What a variable of the export is called here; `values` gives our code for each of its choices."""

    name: str
    type: Type
    values: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A translated part; `value` is what it is when it is one, `variable` where it is read from."""

    cel: str
    type: Type
    value: Any = None
    variable: Variable | None = None
    months: int = 0
    days: int = 0

    @property
    def inner(self) -> str:
        """As a part of something larger."""
        plain = self.cel.replace(".", "").isidentifier() or self.value is not None
        return self.cel if plain else f"({self.cel})"


TYPE_WORDS: Mapping[Type, str] = {
    "bool": "ja of nee",
    "number": "een getal",
    "text": "een tekst",
    "date": "een datum",
    "list": "een lijst",
    "rows": "een tabel",
}


def quoted(text: str, /) -> str:
    """Write a text as CEL does."""
    if not text.isprintable():
        raise NotCarriedError("een tekst met onzichtbare tekens")
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def literal(value: Any) -> Part:
    """A value that stands in the logic itself; refused when our language cannot write it."""
    match value:
        case bool():
            return Part(cel="true" if value else "false", type="bool", value=value)
        case int() | float() if abs(value) < 1e12:
            return Part(cel=json.dumps(value) if value >= 0 else f"({json.dumps(value)})", type="number", value=value)
        case str():
            return Part(cel=quoted(value), type="text", value=value)
        case list() if all(isinstance(each, str) for each in value):
            return Part(cel=f"[{', '.join(map(quoted, value))}]", type="list", value=value)
    raise NotCarriedError(f"de waarde {short(value)}")


def only(arguments: Sequence[Any]) -> Any:
    """The one argument; refused when there are more."""
    if len(arguments) != 1:
        raise NotCarriedError(short(list(arguments)))
    return arguments[0]


def pair(arguments: Sequence[Any]) -> Sequence[Any]:
    """Two arguments; refused when there are more or fewer."""
    if len(arguments) != 2:
        raise NotCarriedError(short(list(arguments)))
    return arguments


def short(logic: Any) -> str:
    """Logic as it is named to people."""
    text = json.dumps(logic, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"

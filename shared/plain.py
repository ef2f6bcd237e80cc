"""Reads values from plain JSON data that is just as we write it, and writes them, many times faster than a schema.

A schema takes 3 ms for an application, and each fact and page of a case reads one. Here nothing is judged: whatever is
not exactly as expected is left to the schema, which says what is wrong with it or takes it all the same.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Way = Callable[[Any], Any]


class OddDataError(Exception):
    """This data is not as we write it; a schema must look at it."""


def read_plain(cls: type[Any], data: Any, /) -> Any:
    """Build a value of this class.

    Raises:
        OddDataError: the data is not exactly as `write_plain` makes it.
    """
    try:
        return reader_of(typing.cast(Any, cls))(data)
    except (KeyError, TypeError, ValueError):
        raise OddDataError from None


def write_plain(thing: object) -> Any:
    """Write a value as plain JSON data."""
    return writer_of(typing.cast(Any, type(thing)))(thing)


@cache
def reader_of(hint: Any) -> Way:
    """The way to read what has this type hint; it raises KeyError, TypeError or ValueError at anything odd."""
    if get_origin(hint) is tuple:
        return _tuple_reader(reader_of(get_args(hint)[0]))
    if get_origin(hint) in _UNIONS:
        return _unless_none(reader_of(_known_part(hint)))
    if get_origin(hint) is Literal:
        return {each: each for each in get_args(hint)}.__getitem__
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {each.value: each for each in hint}.__getitem__
    if is_dataclass(hint):
        return _class_reader(hint)
    return _READERS[get_origin(hint) or hint]


@cache
def writer_of(hint: Any) -> Way:
    """The way to write what has this type hint."""
    if get_origin(hint) is tuple:
        each = writer_of(get_args(hint)[0])
        return lambda things: [each(thing) for thing in things]
    if get_origin(hint) in _UNIONS:
        return _unless_none(writer_of(_known_part(hint)))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda thing: thing.value
    if is_dataclass(hint):
        return _class_writer(hint)
    return _WRITERS.get(hint, lambda thing: thing)


def _known_part(hint: Any) -> Any:
    """The type beside None."""
    return next(part for part in get_args(hint) if part is not type(None))


def _unless_none(way: Way) -> Way:
    return lambda data: None if data is None else way(data)


def _tuple_reader(each: Way) -> Way:
    return lambda data: tuple([each(one) for one in _a(list, data)])


def _class_reader(cls: Any) -> Way:
    hints = get_type_hints(cls)
    ways = {field.name: reader_of(hints[field.name]) for field in fields(cls)}

    def read(data: Any) -> Any:
        if len(_a(dict, data)) != len(ways):
            raise ValueError
        return cls(**{name: way(data[name]) for name, way in ways.items()})

    return read


def _class_writer(cls: Any) -> Way:
    hints = get_type_hints(cls)
    ways = [(field.name, writer_of(hints[field.name])) for field in fields(cls)]
    return lambda thing: {name: way(getattr(thing, name)) for name, way in ways}


def _a(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise TypeError
    return data


def _date(data: Any) -> date:
    if len(data) != len("2026-11-24") or data[4] + data[7] != "--":
        raise ValueError
    return date.fromisoformat(data)


def _instant(data: Any) -> datetime:
    instant = datetime.fromisoformat(data)
    if instant.tzinfo is None or data[10] != "T":
        raise ValueError
    return instant


_UNIONS = (Union, types.UnionType)
_READERS: dict[Any, Way] = {
    **{kind: partial(_a, kind) for kind in (str, int, float, bool, dict)},
    date: _date,
    datetime: _instant,
    UUID: lambda data: UUID(_a(str, data)),
}
_WRITERS: dict[Any, Way] = {date: date.isoformat, datetime: datetime.isoformat, UUID: str}

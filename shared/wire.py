"""Turn a typed, decorated dataclass into a fact on the wire: its marshmallow schema is derived, never written twice."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, post_load, validate
from marshmallow import fields as wire_fields

from shared.plain import ODD, reader_of, writer_of

T = TypeVar("T")

Payload = Mapping[str, Any]
Renewal = Callable[[Payload], Payload]

CATALOGUE: dict[tuple[str, int], type] = {}
"""Every event that can be told, by name and version: of each name only the newest."""

RENEWALS: dict[tuple[str, int], Renewal] = {}
"""Versions that are told no more but may still lie somewhere, each with the way to the version after it."""


class UnknownEventError(Exception):
    """No event of this name and version exists here."""


class MalformedEventError(Exception):
    """The payload does not fit the event's schema."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make a class an immutable part of an event."""
    return dataclass(frozen=True, kw_only=True)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(*, version: int) -> Callable[[type[T]], type[T]]:
    """Make a class an event of this version and enter it in the catalogue.

    Raises:
        ValueError: this name and version is taken.
    """

    def enter(cls: type[T]) -> type[T]:
        made = value(cls)
        key = (cls.__name__, version)
        if key in CATALOGUE:
            raise ValueError(f"event {key} is defined twice")
        CATALOGUE[key] = made
        made.WIRE_VERSION = version  # type: ignore[attr-defined]
        return made

    return enter


def renews(cls: type[Any], *, version: int) -> Callable[[Renewal], Renewal]:
    """Keep an older version of an event readable: the function writes its payload as that of the next version.

    Raises:
        ValueError: this version is not older than the event's own, or is renewed already.
    """

    def enter(renewal: Renewal) -> Renewal:
        key = (cls.__name__, version)
        if version >= cls.WIRE_VERSION or key in RENEWALS:
            raise ValueError(f"event {key} cannot be renewed")
        RENEWALS[key] = renewal
        return renewal

    return enter


def name_of(happened: object) -> tuple[str, int]:
    """Give the name and the version under which this event travels."""
    return type(happened).__name__, type(happened).WIRE_VERSION  # type: ignore[attr-defined]


def to_wire(happened: object) -> dict[str, Any]:
    """Write an event or value as plain JSON data."""
    return typing.cast(dict[str, Any], writer_of(typing.cast(Any, type(happened)))(happened))


def from_wire(name: str, *, version: int, payload: Payload) -> Any:
    """Read an event back; one of an older version comes as the newest.

    Raises:
        UnknownEventError: the catalogue has no such name and version.
        MalformedEventError: a field is missing, unknown or of the wrong type.
    """
    newest, renewed = _renew(name, version=version, payload=payload)
    cls = CATALOGUE.get((name, newest))
    if cls is None:
        raise UnknownEventError(f"{name} version {version}")
    try:
        return read_value(cls, renewed)
    except ValidationError as error:
        raise MalformedEventError(f"{name} version {version}: {error.messages}") from None


def read_value(cls: type[Any], data: Payload, /) -> Any:
    """Read a value or event of this class.

    Raises:
        ValidationError: a field is missing, unknown or of the wrong type.
    """
    try:
        return reader_of(typing.cast(Any, cls))(data)
    except ODD:
        return schema_of(typing.cast(Any, cls)).load(data)


@cache
def schema_of(cls: type[Any]) -> Schema:
    """Derive the marshmallow schema of a decorated class; one shared instance a class."""
    if not is_dataclass(cls):
        raise TypeError(f"{cls.__name__} is not an event or value")
    hints = get_type_hints(cls)

    def build(_self: Schema, loaded: dict[str, Any], **_: Any) -> Any:
        return cls(**loaded)

    members: dict[str, Any] = {field.name: _field_for(hints[field.name]) for field in fields(cls)}
    members["build"] = post_load(build)
    members["Meta"] = type("Meta", (Schema.Meta,), {"unknown": RAISE})
    return typing.cast(type[Schema], type(f"{cls.__name__}Schema", (Schema,), members))()


def _renew(name: str, *, version: int, payload: Payload) -> tuple[int, Payload]:
    while renewal := RENEWALS.get((name, version)):
        try:
            payload = renewal(payload)
        except KeyError as error:
            raise MalformedEventError(f"{name} version {version}: {error} is missing") from None
        version += 1
    return version, payload


_PLAIN: dict[type, type[wire_fields.Field[Any]]] = {
    str: wire_fields.String,
    int: wire_fields.Integer,
    float: wire_fields.Float,
    bool: wire_fields.Boolean,
    date: wire_fields.Date,
    datetime: wire_fields.AwareDateTime,
    UUID: wire_fields.UUID,
}


def _field_for(hint: Any, *, allow_none: bool = False) -> wire_fields.Field[Any]:
    options: dict[str, Any] = {"required": True, "allow_none": allow_none}
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = [part for part in get_args(hint) if part is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"{hint} cannot travel: only one type or None")
        return _field_for(inner[0], allow_none=True)
    if origin is Literal:
        return wire_fields.String(validate=validate.OneOf(get_args(hint)), **options)
    if origin is tuple:
        return _Tuple(_field_for(get_args(hint)[0]), **options)
    if origin is dict or hint is dict:
        return wire_fields.Dict(keys=wire_fields.String(), **options)
    if hint is Decimal:
        return wire_fields.Decimal(as_string=True, **options)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return wire_fields.Enum(hint, by_value=True, **options)
    if is_dataclass(hint):
        return wire_fields.Nested(lambda: schema_of(typing.cast(Any, hint)), **options)
    if hint is int:
        return wire_fields.Integer(strict=True, **options)
    if hint in _PLAIN:
        return _PLAIN[hint](**options)
    raise TypeError(f"{hint} cannot travel")


class _Tuple(wire_fields.List[Any]):
    """A list on the wire, a tuple in the hand."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))

"""Read a service's settings from the environment; a secret may stand in a file that NAME_FILE points at."""

from __future__ import annotations

import os
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class MissingSettingError(Exception):
    """Settings are missing: set them as environment variables, or point NAME_FILE at a file."""


class BadSettingError(Exception):
    """A setting has a value that cannot be read."""


def read(cls: type[T], *, environment: Mapping[str, str] = os.environ) -> T:
    """Fill a dataclass of settings: field `database_url` from DATABASE_URL or the file in DATABASE_URL_FILE.

    Raises:
        MissingSettingError: names every setting that has neither value nor default.
        BadSettingError: names the setting and what it should look like.
    """
    hints = get_type_hints(cls)
    found: dict[str, Any] = {}
    missing: list[str] = []
    for field in fields(cls):  # type: ignore[arg-type]
        text = _text(field.name.upper(), environment=environment)
        if text is not None:
            found[field.name] = _convert(text, hint=hints[field.name], name=field.name.upper())
        elif _has_no_default(field):
            missing.append(field.name.upper())
    if missing:
        raise MissingSettingError(f"{', '.join(missing)}: set as environment variable, or point NAME_FILE at a file")
    return cls(**found)


def _text(name: str, *, environment: Mapping[str, str]) -> str | None:
    if name in environment:
        return environment[name]
    if f"{name}_FILE" in environment:
        return Path(environment[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    return None


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _convert(text: str, *, hint: Any, name: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint is bool:
        if text.lower() not in {"on", "off"}:
            raise BadSettingError(f"{name} is on or off, not {text!r}")
        return text.lower() == "on"
    try:
        return hint(text)
    except ValueError:
        raise BadSettingError(f"{name} cannot be read as {hint.__name__}") from None

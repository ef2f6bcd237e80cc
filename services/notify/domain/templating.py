"""Texts with holes: `((name))`, and `((name??text))` for a part that is only there when its name says yes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Value = str | Sequence[str]
Values = Mapping[str, Value]

_PLAIN_HOLE: Final = r"\(\([^()?]+\)\)"
_WITHIN: Final = rf"(?:[^()]|{_PLAIN_HOLE}|\((?:[^()]|{_PLAIN_HOLE})*\))*"
PLACEHOLDER: Final = re.compile(rf"\(\((?P<name>[^()?]+?)(?:\?\?(?P<text>{_WITHIN}))?\)\)")
"""A hole with its name, and the text of an optional part, in which single brackets and plain holes may stand."""

_BLANKS: Final = re.compile(r"[\s_-]+")
_YES: Final = frozenset({"yes", "y", "true", "1", "ja", "j"})


@dataclass(frozen=True, kw_only=True)
class Hole:
    """One placeholder: its name as written, and the text of an optional part (None: the value itself comes here)."""

    name: str
    text: str | None

    @property
    def key(self) -> str:
        """The name without what does not count: case, spaces, `_` and `-`."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Give a name without what does not count: case, spaces, `_` and `-`."""
    return _BLANKS.sub("", name).casefold()


@lru_cache(maxsize=256)
def holes_of(*texts: str) -> tuple[Hole, ...]:
    """Give the placeholders in order of first appearance, each name once; read once for all rows of a table."""
    found: dict[str, Hole] = {}
    for match in (match for text in texts for match in PLACEHOLDER.finditer(text)):
        hole = _hole(match)
        for each in (hole, *holes_of(hole.text or "")):
            found.setdefault(each.key, each)
    return tuple(found.values())


def missing_in(values: Values, *, holes: Sequence[Hole]) -> tuple[str, ...]:
    """Name the holes for which there is no value, as they are written."""
    given = {key_of(name) for name in values}
    return tuple(hole.name for hole in holes if hole.key not in given)


def settle(text: str, *, values: Values) -> str:
    """Leave of each optional part its text, or nothing; only the holes for values stay.

    Raises:
        KeyError: an optional part has no value.
    """
    by_key = {key_of(name): value for name, value in values.items()}

    def put(match: re.Match[str]) -> str:
        hole = _hole(match)
        if hole.text is None:
            return match[0]
        return hole.text if says_yes(by_key[hole.key]) else ""

    return PLACEHOLDER.sub(put, text)


def fill(text: str, *, values: Values, write: Callable[[Value], str] | None = None) -> str:
    """Put the values in their holes; `write` makes text of a value (None: a list in words).

    Raises:
        KeyError: a hole has no value.
    """
    by_key = {key_of(name): value for name, value in values.items()}
    write = write or in_words

    def put(match: re.Match[str]) -> str:
        return write(by_key[key_of(match["name"])])

    return PLACEHOLDER.sub(put, settle(text, values=values))


def in_words(value: Value) -> str:
    """Write a value in one line: `a, b en c`."""
    if isinstance(value, str):
        return value
    items = [item for item in value if item.strip()]
    return " en ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def in_lines(value: Value) -> str:
    """Write a value as it stands, a list with a bullet for each."""
    return value if isinstance(value, str) else "\n".join(f"* {item}" for item in value if item.strip())


def says_yes(value: Value) -> bool:
    """Tell whether the value shows an optional part."""
    return isinstance(value, str) and value.strip().casefold() in _YES


def _hole(match: re.Match[str]) -> Hole:
    return Hole(name=match["name"].strip(), text=match["text"])

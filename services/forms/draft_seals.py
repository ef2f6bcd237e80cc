"""Seals what stands in a draft, answer by answer, so that two tabs can still keep their own pages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from shared.keyring import Keyring

_SEALED: Final = "sealed"
_FILE: Final = {"id", "name", "type", "bytes", "sha256"}


def seal_each(values: Mapping[str, Any], *, part: str, draft_id: UUID, keyring: Keyring) -> dict[str, Any]:
    """Seal each of these values, so that it opens only under its name in this part of this draft.

    A list of files stays open: they come and go one by one, in the database.
    """
    about = _about(part, draft_id)
    return {
        name: value if _lists_files(value) else {_SEALED: keyring.seal(value, about=about + name)}
        for name, value in values.items()
    }


def open_each(values: Mapping[str, Any], *, part: str, draft_id: UUID, keyring: Keyring) -> dict[str, Any]:
    """Give the values; those that were kept before drafts were sealed as they are.

    Raises:
        BrokenSealError: one was sealed under another key, or stood elsewhere.
    """
    about = _about(part, draft_id)
    return {
        name: keyring.open(value[_SEALED], about=about + name) if _is_sealed(value) else value
        for name, value in values.items()
    }


def _about(part: str, draft_id: UUID) -> str:
    """What the values of this part are about, but for the name of each."""
    return f"draft {draft_id} {part} "


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {_SEALED}


def _lists_files(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and one.keys() == _FILE for one in value)

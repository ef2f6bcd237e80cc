"""A text on its way to being published: who wrote at it, and who may publish it (four eyes)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.access import Person

NO_DRAFT: Final = "0"
"""The mark of what was read by who found no draft."""


class ChangedByColleagueError(Exception):
    """Somebody changed or threw away the draft since it was read."""


class OwnTextError(Exception):
    """Who wrote at a text does not publish it: somebody else looks at it first."""


class NothingNewError(Exception):
    """It says what is said already."""


class FaultyTextError(Exception):
    """It has faults, so it cannot be said."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The one draft of a text; `writers` are all who changed it (lasting ids), `written_by` their names in order."""

    name: str
    content: str
    revision: int
    writers: Sequence[str]
    written_by: Sequence[str]
    changed_by: str
    changed_at: datetime

    @property
    def mark(self) -> str:
        """What tells which draft somebody read: its count alone does not, as the next draft counts from 1 again."""
        return f"{self.revision}-{hashlib.sha256(self.content.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, kw_only=True)
class Published:
    """A version of a text that was published: the first is number 1. `because` is why it was changed."""

    name: str
    number: int
    sha256: str
    content: str
    published_at: datetime
    publisher: str
    written_by: Sequence[str]
    because: str


def changed(draft: Draft | None, *, name: str, content: str, by: Person, at: datetime) -> Draft:
    """Give the draft after somebody wrote this; None is a text without a draft."""
    if draft is None:
        return Draft(
            name=name,
            content=content,
            revision=1,
            writers=(by.subject,),
            written_by=(by.name,),
            changed_by=by.name,
            changed_at=at,
        )
    known = by.subject in draft.writers
    return replace(
        draft,
        content=content,
        revision=draft.revision + 1,
        writers=draft.writers if known else (*draft.writers, by.subject),
        written_by=draft.written_by if known else (*draft.written_by, by.name),
        changed_by=by.name,
        changed_at=at,
    )


def may_publish(draft: Draft, *, person: Person) -> bool:
    """Tell whether this person only reads what others wrote."""
    return person.subject not in draft.writers

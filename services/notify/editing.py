"""What administrators do with texts of messages: write a draft, throw it away, publish what a colleague wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.notify.domain.drafting import (
    ChangedByColleagueError,
    Draft,
    FaultyTextError,
    NothingNewError,
    OwnTextError,
    changed,
    may_publish,
)
from services.notify.wording_store import WordingStore, serving_contents
from services.notify.wordings import examine_wording
from shared.access import Person
from shared.database import Connection


def keep_draft(connection: Connection, *, name: str, content: str, revision: int, by: Person, at: datetime) -> Draft:
    """Keep what somebody wrote, whatever is wrong with it; `revision` is the draft they began with, 0 for none.

    Raises:
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    draft = _expected(store, name=name, revision=revision)
    kept = changed(draft, name=name, content=content, by=by, at=at)
    store.keep(kept)
    return kept


def throw_away(connection: Connection, *, name: str, revision: int) -> None:
    """Throw the draft away.

    Raises:
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    _expected(store, name=name, revision=revision)
    store.drop(name)


def publish_draft(
    connection: Connection, draft: Draft, /, *, folder: Mapping[str, str], because: str, by: Person, at: datetime
) -> None:
    """Let the draft, as this person read it, be what is said from now on.

    Raises:
        OwnTextError: they wrote at it themselves.
        FaultyTextError: it has faults, or its Dutch is not plain.
        NothingNewError: it is said already.
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    _expected(store, name=draft.name, revision=draft.revision)
    if not may_publish(draft, person=by):
        raise OwnTextError
    examined = examine_wording(draft.content, name=draft.name)
    if examined.faults or examined.hints:
        raise FaultyTextError
    if draft.content == serving_contents(connection, folder=folder)[draft.name]:
        raise NothingNewError
    store.publish(draft, by=by, because=because, at=at)


def _expected(store: WordingStore, *, name: str, revision: int) -> Draft | None:
    draft = store.draft(name)
    if (draft.revision if draft else 0) != revision:
        raise ChangedByColleagueError
    return draft

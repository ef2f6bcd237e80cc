"""What administrators do with texts of messages: write a draft, throw it away, publish what a colleague wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.drafting import (
    NO_DRAFT,
    ChangedByColleagueError,
    Draft,
    FaultyTextError,
    NothingNewError,
    OwnTextError,
    changed,
    may_publish,
)
from services.notify.domain.tellings import Table
from services.notify.rehearsing import examples_of, unfilled
from services.notify.wording_store import WordingStore, serving_contents
from services.notify.wordings import examine_wording
from shared.access import Person
from shared.catalogue.definitions import Municipality
from shared.catalogue.publications import Signature
from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What texts are measured by: those of the catalogue, what goes when, and in whose name they speak."""

    folder: Mapping[str, str]
    table: Table
    municipality: Municipality

    def lacking(self, content: str, *, name: str) -> Mapping[str, str]:
        """Name, by field, the holes that would stop a message; none where the text itself is wrong."""
        wording = examine_wording(content, name=name).wording
        return unfilled(wording, name=name, table=self.table, municipality=self.municipality) if wording else {}

    def on_paper(self, name: str) -> bool:
        """Tell whether a message with this text may go by post; the letter of a decision is another."""
        return any(each.on_paper for each in examples_of(name, table=self.table))


def keep_draft(connection: Connection, *, name: str, content: str, read: str, by: Person, at: datetime) -> Draft:
    """Keep what somebody wrote, whatever is wrong with it; `read` is the mark of the draft they began with.

    Raises:
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    draft = _expected(store, name=name, read=read)
    kept = changed(draft, name=name, content=content, by=by, at=at)
    store.keep(kept)
    return kept


def throw_away(connection: Connection, *, name: str, read: str) -> None:
    """Throw the draft with this mark away.

    Raises:
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    _expected(store, name=name, read=read)
    store.drop(name)


def publish_draft(connection: Connection, draft: Draft, /, *, workshop: Workshop, signed: Signature) -> None:
    """Let the draft, as this person read it, be what is said from now on.

    Raises:
        OwnTextError: they wrote at it themselves.
        FaultyTextError: it has faults, its Dutch is not plain, or not every message can fill it.
        NothingNewError: it is said already.
        ChangedByColleagueError: there is another by now.
    """
    store = WordingStore(connection)
    _expected(store, name=draft.name, read=draft.mark)
    if not may_publish(draft, person=signed.by):
        raise OwnTextError
    examined = examine_wording(draft.content, name=draft.name)
    if examined.faults or examined.hints or workshop.lacking(draft.content, name=draft.name):
        raise FaultyTextError
    serving = serving_contents(connection, folder=workshop.folder)[draft.name]
    if examined.wording == examine_wording(serving, name=draft.name).wording:
        raise NothingNewError
    store.publish(draft, signed=signed)


def _expected(store: WordingStore, *, name: str, read: str) -> Draft | None:
    draft = store.draft(name)
    if (draft.mark if draft else NO_DRAFT) != read:
        raise ChangedByColleagueError
    return draft

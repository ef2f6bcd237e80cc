"""A text of a message is written by one, published by another and then said; each message keeps which it had."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.notify.domain.drafting import (
    NO_DRAFT,
    ChangedByColleagueError,
    Draft,
    FaultyTextError,
    NothingNewError,
    OwnTextError,
)
from services.notify.editing import Workshop, keep_draft, publish_draft, throw_away
from services.notify.store import MessageStore
from services.notify.table import OWN
from services.notify.wording_store import KeptWordings, WordingStore, serving_contents
from services.notify.wordings import standing_wordings
from shared.access import Person
from shared.catalogue.publications import Signature
from shared.database import connect
from tests.services.notify.noor import NOW, OPENED, TABLE, message
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import MUNICIPALITY

FOLDER = standing_wordings(OWN)
WORKSHOP = Workshop(folder=FOLDER, table=TABLE, municipality=MUNICIPALITY)
OWN_TEXT = FOLDER["receipt"]
NEW_TEXT = OWN_TEXT.replace("Wij hebben ((yours)) ontvangen", "Uw post is er")


def person(name: str) -> Person:
    """An administrator."""
    return Person(subject=name.lower(), name=name, email="", groups=frozenset())


BRAM, ELS = person("Bram"), person("Els")


def write(trip: Trip, content: str, *, read: Draft | None = None, by: Person = BRAM) -> Draft:
    """Have somebody write the text of the confirmation."""
    with connect(trip.url) as connection:
        return keep_draft(
            connection, name="receipt", content=content, read=read.mark if read else NO_DRAFT, by=by, at=NOW
        )


def publish(trip: Trip, draft: Draft, *, by: Person = ELS) -> None:
    """Have somebody publish it."""
    with connect(trip.url) as connection:
        signed = Signature(by=by, at=NOW + timedelta(hours=1), because="Korter.")
        publish_draft(connection, draft, workshop=WORKSHOP, signed=signed)


def test_what_a_colleague_published_is_said_and_each_message_keeps_the_text_it_had(trip: Trip, sink: Sink) -> None:
    trip.tell(OPENED)
    trip.work("notify")
    trip.work("notify")
    publish(trip, write(trip, NEW_TEXT))
    trip.tell(OPENED)
    trip.work("notify")
    trip.work("notify")
    before, after = sink.taken
    assert before["Subject"] == "Wij hebben uw aanvraag ontvangen"
    assert after["Subject"] == "Uw post is er"
    used = trip.rows(
        "select w.content from notify.message_wordings m join notify.wordings w using (name, sha256) order by id"
    )
    assert [row["content"] for row in used] == [OWN_TEXT, NEW_TEXT]
    ids = [row["message_id"] for row in trip.rows("select message_id from notify.message_wordings order by id")]
    with connect(trip.url) as connection:
        again = KeptWordings(connection, folder=FOLDER)
        old, new = (again.of(MessageStore(connection).get(each))[0] for each in ids)
        assert again.of(message())[0] == new
        assert (old.nl.subject, new.nl.subject) == ("Wij hebben ((yours)) ontvangen", "Uw post is er")
    with connect(trip.url) as connection:
        (published,) = WordingStore(connection).publications("receipt")
        assert WordingStore(connection).drafts() == {}
    assert (published.number, published.publisher, published.written_by) == (1, "Els", ["Bram"])


def test_a_published_text_that_is_wrong_by_now_gives_way_to_that_of_the_catalogue(trip: Trip, sink: Sink) -> None:
    draft = replace(write(trip, NEW_TEXT), content=NEW_TEXT.replace("((title))", "((titel))"))
    with connect(trip.url) as connection:
        WordingStore(connection).publish(draft, signed=Signature(by=ELS, at=NOW, because="Onder regels van vroeger."))
    trip.tell(OPENED)
    trip.work("notify")
    trip.work("notify")
    assert [mail["Subject"] for mail in sink.taken] == ["Wij hebben uw aanvraag ontvangen"]
    used = "select content from notify.message_wordings m join notify.wordings w using (name, sha256) order by id desc"
    assert trip.rows(used)[0]["content"] == OWN_TEXT


def test_who_wrote_at_a_text_does_not_publish_it_and_the_database_knows_that_too(trip: Trip) -> None:
    first = write(trip, OWN_TEXT)
    draft = write(trip, NEW_TEXT, read=first, by=ELS)
    for writer in (BRAM, ELS):
        with pytest.raises(OwnTextError):
            publish(trip, draft, by=writer)
    with pytest.raises(Exception, match="four_eyes"), connect(trip.url) as connection:
        WordingStore(connection).publish(draft, signed=Signature(by=BRAM, at=NOW))
    publish(trip, draft, by=person("Samir"))
    with connect(trip.url) as connection:
        assert serving_contents(connection, folder=FOLDER)["receipt"] == NEW_TEXT


def test_a_text_with_faults_or_nothing_new_is_not_published(trip: Trip) -> None:
    wrong = NEW_TEXT.replace("((title))", "((titel))")
    stiff = NEW_TEXT.replace("Noem dit nummer", "Gelieve dit nummer te noemen")
    undated = FOLDER["receipt"].replace("Uw zaaknummer is ((reference)).", "((text))")
    draft = write(trip, wrong)
    for content, error in (
        (wrong, FaultyTextError),
        (undated, FaultyTextError),
        (stiff, FaultyTextError),
        (OWN_TEXT, NothingNewError),
    ):
        draft = write(trip, content, read=draft)
        with pytest.raises(error):
            publish(trip, draft)
    with connect(trip.url) as connection:
        assert WordingStore(connection).publications() == []


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_thrown_away_or_published_unseen(trip: Trip) -> None:
    read = write(trip, OWN_TEXT)
    newest = write(trip, NEW_TEXT, read=read, by=ELS)
    with pytest.raises(ChangedByColleagueError):
        write(trip, "mine", read=read)
    with pytest.raises(ChangedByColleagueError):
        publish(trip, read, by=person("Samir"))
    with connect(trip.url) as connection, pytest.raises(ChangedByColleagueError):
        throw_away(connection, name="receipt", read=read.mark)
    with connect(trip.url) as connection:
        throw_away(connection, name="receipt", read=newest.mark)
        assert WordingStore(connection).draft("receipt") is None


def test_a_draft_that_began_anew_is_another_than_the_one_that_was_read(trip: Trip) -> None:
    read = write(trip, OWN_TEXT)
    with connect(trip.url) as connection:
        throw_away(connection, name="receipt", read=read.mark)
    anew = write(trip, NEW_TEXT)
    assert (anew.revision, read.revision) == (1, 1)
    with pytest.raises(ChangedByColleagueError):
        publish(trip, read)
    with pytest.raises(ChangedByColleagueError):
        write(trip, OWN_TEXT, read=read, by=ELS)
    publish(trip, anew)

"""The whole way of a fact on a real database: message, letter, press, vault, mail, and the fact that it was sent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import page as checker
import pytest

from services.notify.domain.messages import Kind
from services.notify.outbox import TRIES_OF_A_DAY
from services.notify.ports import Mail, UnknownLetterError, UnknownMessageError
from services.notify.store import LetterStore, MessageStore
from shared.bus import list_dead, replay
from shared.database import connect
from shared.events import LetterOrdered, MessageComposed
from shared.ids import new_id
from tests.services.notify.noor import (
    ASKED,
    AWAITED,
    CHANGED,
    DECIDED,
    KEPT,
    LINKS,
    NOW,
    OPENED,
    STARTED,
    letter,
    message,
)
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import EVIL, REFERENCE, storable


class DyingSender:
    """Hands the mail over, and dies before it can say so."""

    def __init__(self, sink: Trip) -> None:
        self._real = sink.sender
        self.name = self._real.name

    def send(self, mail: Mail) -> str:
        """Die after the mail left."""
        self._real.send(mail)
        raise SystemExit

    def answers(self) -> bool:
        """Listen as the real one does."""
        return self._real.answers()


def dead(trip: Trip) -> list[str]:
    """The reasons of what cannot be handled."""
    return [row["reason"] for row in trip.rows("select reason from bus.delivery where dead_at is not null")]


@pytest.mark.parametrize("fact", [OPENED, STARTED, ASKED, AWAITED, CHANGED], ids=lambda fact: type(fact).__name__)
def test_a_fact_becomes_a_mail_and_is_told_as_sent_in_one_job(trip: Trip, sink: Sink, fact: object) -> None:
    trip.tell(fact)
    assert trip.work("notify") == 2
    assert [taken["To"] for taken in sink.taken] == ["noor@example.org"]
    (told,) = trip.told("NoticeSent")
    assert (told["reference"], told["letter_link"]) == (REFERENCE, None)
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["sent"]
    (attempt,) = trip.rows("select provider, address, outcome, answer, length(content) as digits from notify.attempts")
    told_by = {"provider": sink.url.removeprefix("smtp://"), "address": "noor@example.org", "digits": 64}
    assert attempt == {**told_by, "outcome": "accepted", "answer": "250 OK"}


def test_a_draft_is_mailed_and_no_case_hears_of_it(trip: Trip, sink: Sink) -> None:
    trip.tell(KEPT)
    trip.work("notify")
    assert [taken["Subject"] for taken in sink.taken] == ["Go on with your form"]
    assert trip.told("NoticeSent") == []


def test_a_decision_becomes_a_letter_in_the_vault_and_a_mail_with_its_link(trip: Trip, sink: Sink) -> None:
    trip.tell(DECIDED)
    assert trip.work("notify") == 1
    assert trip.work("press") == 1
    assert trip.work("notify") == 2
    (told,) = trip.told("NoticeSent")
    pdf = trip.vault.get(told["letter_sha256"])
    assert hashlib.sha256(pdf).hexdigest() == told["letter_sha256"]
    assert [checker.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [True, True]
    assert told["objection_until"] == "2027-01-05"
    assert datetime.fromisoformat(told["sent_at"]) == NOW
    (mail,) = sink.taken
    assert told["letter_link"] in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_hostile_decision_is_only_text(trip: Trip) -> None:
    trip.tell(replace(DECIDED, decision=storable(EVIL)))
    trip.work("notify")
    trip.work("press")
    assert len(trip.told("LetterPressed")) == 1
    assert dead(trip) == []


def test_a_link_of_a_letter_stands_nowhere_in_our_tables(trip: Trip) -> None:
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    token = trip.told("NoticeSent")[0]["letter_link"].rpartition("/")[2]
    tables = [trip.rows(f"select t::text as line from notify.{name} t") for name in ("letters", "messages", "attempts")]
    assert all(tables)
    assert not [row for table in tables for row in table if token in row["line"]]


def test_a_letter_that_missed_its_day_is_pressed_and_dated_again(trip: Trip, sink: Sink) -> None:
    trip.tell(DECIDED)
    trip.work("notify")
    trip.work("press")
    trip.now = NOW + timedelta(days=1)
    trip.work("notify")
    assert sink.taken == []
    trip.work("press")
    trip.work("notify")
    assert len(sink.taken) == 1
    assert trip.told("NoticeSent")[0]["objection_until"] == "2027-01-06"
    dates = trip.rows("select sent_on from notify.pressings order by pressed_at")
    assert [row["sent_on"].day for row in dates] == [24, 25]


def test_a_death_while_sending_shows_as_an_attempt_of_which_nobody_knows_and_the_mail_leaves_again(
    trip: Trip, sink: Sink
) -> None:
    trip.tell(OPENED)
    calm, trip.sender = trip.sender, DyingSender(trip)
    with pytest.raises(SystemExit):
        trip.work("notify")
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["sending"]
    assert [row["outcome"] for row in trip.rows("select outcome from notify.attempts")] == [None]
    assert trip.told("NoticeSent") == []
    trip.sender = calm
    trip.work("notify")
    assert len({taken["Message-ID"] for taken in sink.taken}) == 1
    assert len(sink.taken) == 2
    assert len(trip.told("NoticeSent")) == 1
    outcomes = trip.rows("select outcome from notify.attempts order by began_at, id")
    assert [row["outcome"] for row in outcomes] == [None, "accepted"]


def test_a_mail_server_that_is_away_is_tried_again_later(trip: Trip, sink: Sink) -> None:
    sink.to_mail = "451 later"
    trip.tell(OPENED)
    trip.work("notify")
    waiting = trip.rows("select due_at > now() as later, reason from bus.delivery where failures = 1")
    assert waiting == [{"later": True, "reason": "UnreachableError: the mail server answered 451"}]
    sink.to_mail = "250 OK"
    trip.work("notify")
    assert len(trip.told("NoticeSent")) == 1


def test_a_refused_address_waits_for_a_person_with_a_reason_that_names_nobody(trip: Trip, sink: Sink) -> None:
    sink.to_recipient = "550 <noor@example.org> unknown"
    trip.tell(OPENED)
    trip.work("notify")
    assert dead(trip) == ["PermanentError: RefusedError: the mail server answered 550"]
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["permanent-failure"]
    (attempt,) = trip.rows("select outcome, answer from notify.attempts")
    assert attempt == {"outcome": "refused", "answer": "550 <noor@example.org> unknown"}


def test_a_message_that_was_tried_too_often_has_failed_until_a_person_has_it_sent_again(trip: Trip, sink: Sink) -> None:
    sink.to_mail = "451 later"
    trip.tell(OPENED)
    for _ in range(TRIES_OF_A_DAY):
        assert dead(trip) == []
        trip.work("notify")
    assert dead(trip) == ["UnreachableError: the mail server answered 451"]
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["technical-failure"]
    sink.to_mail = "250 OK"
    with connect(trip.url) as connection:
        (message_dead,) = list_dead(connection)
        assert replay(connection, event_id=message_dead.event_id, consumer=message_dead.consumer)
    trip.work("notify")
    assert len(trip.told("NoticeSent")) == 1
    assert [row["state"] for row in trip.rows("select state from notify.messages")] == ["sent"]


@pytest.mark.parametrize(
    ("fact", "consumer"),
    [(MessageComposed(message_id=new_id()), "notify"), (LetterOrdered(letter_id=new_id()), "press")],
)
def test_a_fact_about_nothing_waits_for_a_person(trip: Trip, fact: object, consumer: str) -> None:
    trip.tell(fact)
    trip.work(consumer)
    assert len(dead(trip)) == 1


def test_a_message_comes_back_as_it_was_kept(trip: Trip) -> None:
    kept = message(Kind.DRAFT, reference=None, day=None, link=None, language="en")
    with connect(trip.url) as connection:
        MessageStore(connection).add(kept)
        assert MessageStore(connection).get(kept.id) == kept
        with pytest.raises(UnknownMessageError):
            MessageStore(connection).get(UUID(int=0))


def test_a_letter_comes_back_as_it_was_kept_and_once_per_decision(trip: Trip) -> None:
    kept = letter(content=storable(EVIL))
    with connect(trip.url) as connection:
        letters = LetterStore(connection)
        assert letters.add(kept, link=LINKS.made(kept.id, now=NOW))
        assert not letters.add(replace(kept, id=new_id()), link=LINKS.made(new_id(), now=NOW))
        paused = replace(kept, wrong_tries=3, paused_until=datetime(2026, 11, 24, 10, tzinfo=UTC))
        letters.count(paused)
        link = LINKS.made(kept.id, now=NOW)
        assert letters.lock_by_token(link.token_hash) == replace(paused, content=letters.get(kept.id).content)
        with pytest.raises(UnknownLetterError):
            letters.pressing(kept.id)
        with pytest.raises(UnknownLetterError):
            letters.lock_by_token(b"2")

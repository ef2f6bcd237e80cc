"""Who chose the Berichtenbox gets what we tell there; what it refuses goes on by mail or post."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.notify.outbox import TRIES_OF_A_DAY
from services.notify.proving import read_evidence
from shared.bus import replay
from shared.clock import utc_now
from shared.database import connect
from shared.events import DayBegan, ReachedByPost
from shared.keyring import Keyring
from shared.law.calendar import local_date
from shared.post import BoxChosen
from shared.sealed import about_box
from tests.services.notify.noor import CONTACT, DECIDED, KEPT, KEY, OPENED, STARTED
from tests.services.notify.receiver import Receiver
from tests.services.notify.sink import Sink, free_port
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import GRANTED, REFERENCE

BSN = "999970100"
CHOSEN = BoxChosen(reference=REFERENCE, sealed=Keyring(KEY).seal(BSN, about=about_box(REFERENCE)))


@pytest.fixture
def box(trip: Trip, receiver: Receiver) -> Receiver:
    """The Berichtenbox."""
    trip.box_url = f"{receiver.base}/receipts"
    return receiver


def tell(trip: Trip, *facts: object) -> None:
    for fact in facts:
        trip.tell(fact)
    for consumer in ("notify", "press", "notify", "press"):
        trip.work(consumer)


def test_a_message_goes_to_the_box_once_and_its_number_stands_nowhere_in_clear(
    trip: Trip, sink: Sink, box: Receiver
) -> None:
    tell(trip, CHOSEN, OPENED, DECIDED, KEPT)
    receipt, decision = (json.loads(body) for _, body in box.heard)
    assert receipt["ontvanger"] == decision["ontvanger"] == BSN
    assert receipt["afzender"] == "00000001003214345000"
    assert "Wij beslissen uiterlijk op" in receipt["inhoud"]
    assert "Noor" not in receipt["inhoud"] + decision["inhoud"]
    assert "http://notify.example/brieven/" in decision["inhoud"]
    (message, _) = trip.rows("select id, state, round, by_box from notify.messages where by_box order by id")
    assert (message["state"], message["round"]) == ("sent", 1)
    headers, _ = box.heard[0]
    assert headers["idempotency-key"] == str(message["id"])
    assert headers["authorization"] == "Bearer box-key"
    assert len(sink.taken) == 1  # the saved form, which has no case
    told = trip.told("NoticeSent")
    assert [(each["channel"], each["again"]) for each in told if each["reference"]] == [("box", False)] * 2
    assert told[1]["objection_until"] == "2027-01-05"
    with connect(trip.url) as connection:
        evidence = read_evidence(connection, message_id=message["id"])
    (step,) = (each for each in evidence["steps"] if each["what"] == "handed_over")
    assert (step["where"].partition(" ")[0], step["outcome"]) == ("Berichtenbox", "accepted")
    assert BSN not in json.dumps(evidence)
    kept = trip.rows("select row_to_json(m)::text as kept from notify.messages m")
    kept += trip.rows("select row_to_json(a)::text as kept from notify.attempts a")
    kept += trip.rows("select row_to_json(b)::text as kept from notify.boxes b")
    kept += trip.rows("select payload::text as kept from bus.event")
    assert all(BSN not in each["kept"] for each in kept)


def test_who_turns_out_to_have_no_box_gets_a_mail_and_that_sending_counts(
    trip: Trip, sink: Sink, box: Receiver
) -> None:
    box.status = 422
    tell(trip, CHOSEN, OPENED)
    (mail,) = sink.taken
    assert mail["To"] == CONTACT.email
    (told,) = trip.told("NoticeSent")
    assert (told["channel"], told["again"]) == ("email", True)
    tried = trip.rows("select channel, address, outcome, answer from notify.attempts order by began_at, id")
    assert [tuple(each.values()) for each in tried] == [
        ("box", "", "refused", "the provider answered 422"),
        ("email", CONTACT.email, "accepted", tried[1]["answer"]),
    ]
    assert trip.told("NoticeFailed") == []
    assert trip.rows("select from bus.delivery where dead_at is not null") == []


def test_who_gave_no_address_either_gets_a_letter(trip: Trip, sink: Sink, box: Receiver, tmp_path: Path) -> None:
    trip.print_folder = tmp_path / "print"
    box.status = 422
    reached = ReachedByPost(reference=REFERENCE, party=replace(GRANTED.applicant, email=""))
    tell(trip, CHOSEN, reached, replace(OPENED, contact=replace(CONTACT, email="")))
    (told,) = trip.told("NoticeSent")
    assert (told["channel"], told["again"]) == ("post", True)
    assert sink.taken == []
    assert len(list(trip.print_folder.glob("*.pdf"))) == 1


def test_news_reaches_who_chose_the_box_without_an_e_mail_address_and_never_becomes_a_letter(
    trip: Trip, box: Receiver, tmp_path: Path
) -> None:
    trip.print_folder = tmp_path / "print"
    begun = replace(STARTED, contact=replace(CONTACT, email=""))
    tell(trip, begun)
    assert box.heard == [], "who did not choose it is not told"
    tell(trip, CHOSEN, begun)
    assert [json.loads(body)["onderwerp"] for _, body in box.heard] == ["Wij bekijken nu uw aanvraag"]
    box.status = 422
    tell(trip, begun)
    assert [row["state"] for row in trip.rows("select state from notify.messages order by id")] == [
        "sent",
        "permanent-failure",
    ]
    assert trip.told("NoticeFailed") == []
    assert not trip.print_folder.exists()


def test_a_box_that_is_away_is_tried_for_a_day_and_then_a_mail_goes(trip: Trip, sink: Sink) -> None:
    trip.box_url = f"http://127.0.0.1:{free_port()}"
    tell(trip, CHOSEN, OPENED)
    for _ in range(TRIES_OF_A_DAY - 3):
        trip.now += timedelta(minutes=45)
        trip.work("notify")
    assert sink.taken == []
    trip.work("notify")
    trip.work("notify")
    assert len(sink.taken) == 1


def test_who_does_not_want_it_any_more_is_mailed(trip: Trip, sink: Sink, box: Receiver) -> None:
    tell(trip, CHOSEN, replace(CHOSEN, sealed=None), OPENED)
    assert box.heard == []
    assert len(sink.taken) == 1
    assert trip.rows("select sealed from notify.boxes") == [{"sealed": None}]
    for days, left in ((89, 1), (91, 0)):
        trip.now = utc_now() + timedelta(days=days)
        trip.tell(DayBegan(on=local_date(trip.now)))
        trip.work("press")
        assert len(trip.rows("select from notify.boxes")) == left


@pytest.mark.parametrize(("last", "ways"), [(None, ["email"]), (CHOSEN.sealed, ["box"])])
def test_the_last_choice_counts_also_when_an_earlier_one_is_heard_after_it(
    trip: Trip, box: Receiver, last: str | None, ways: list[str]
) -> None:
    first = replace(CHOSEN, sealed=None if last else CHOSEN.sealed)
    trip.tell(first)
    (early,) = trip.rows("select event_id from bus.delivery where consumer = 'notify'")
    with connect(trip.url) as connection:
        connection.execute("update bus.delivery set dead_at = now() where event_id = %s", [early["event_id"]])
    tell(trip, replace(CHOSEN, sealed=last))
    with connect(trip.url) as connection:
        assert replay(connection, event_id=early["event_id"], consumer="notify")
    tell(trip, OPENED)
    assert trip.rows("select from bus.delivery where consumer = 'notify' and done_at is null") == []
    assert [each["channel"] for each in trip.told("NoticeSent")] == ways


def test_what_the_box_has_already_is_not_mailed_as_well(trip: Trip, sink: Sink, box: Receiver) -> None:
    box.status = 409
    tell(trip, CHOSEN, OPENED)
    assert [each["channel"] for each in trip.told("NoticeSent")] == ["box"]
    assert sink.taken == []

"""Who gave a view hears that it came in and what was decided, by mail or by post, under the view's own reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from services.notify.stop_store import forget_asked
from shared.database import connect
from shared.events import ReachedByPost, Words
from shared.participation import ApplicationReady, PanelAsked, ViewNoted
from tests.contracts.samples import SAMPLES
from tests.services.notify.sink import Sink
from tests.services.notify.test_by_post import folder, printed, tell
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import GRANTED

__all__ = ["folder"]

(NOTED,) = (each for each in SAMPLES if isinstance(each, ViewNoted))
(READY,) = (each for each in SAMPLES if isinstance(each, ApplicationReady))
(ASKED,) = (each for each in SAMPLES if isinstance(each, PanelAsked))
DECIDED = replace(NOTED, turn="decided", about=Words(nl="Container: vergunning gegeven", en="Skip: permit granted"))


def text_of(mail: EmailMessage) -> str:
    """What a reader without HTML sees."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_view_is_confirmed_and_answered_by_mail_with_the_page_and_the_number(
    trip: Trip, sink: Sink, language: str
) -> None:
    for told in (NOTED, DECIDED):
        trip.tell(replace(told, language=language))
    trip.work("notify")
    trip.work("notify")
    received, decided = (text_of(mail) for mail in sink.taken)
    for text in (received, decided):
        assert NOTED.view in text
        assert NOTED.link in text
    assert getattr(DECIDED.about, language) in decided
    assert [each["kind"] for each in trip.told("NoticeSent")] == ["view", "view_decided"]
    assert {each["reference"] for each in trip.told("NoticeSent")} == {NOTED.view}


def test_who_gave_no_address_for_mail_gets_a_letter_at_their_own_address(trip: Trip, sink: Sink, folder: Path) -> None:
    neighbour = replace(GRANTED.applicant, name="Bea Buur", email="", organisation=None)
    tell(trip, ReachedByPost(reference=NOTED.view, party=neighbour), *(replace(x, email="") for x in (NOTED, DECIDED)))
    letters = {each["kind"]: each for each in printed(folder)}
    assert set(letters) == {"view", "view_decided"}
    for letter in letters.values():
        assert letter["addressee"][0] == "Bea Buur"
        assert NOTED.view in letter["text"]
        assert "uw zaak?" not in letter["text"]  # the code that leads to a case is its applicant's
    assert "Container: vergunning" in letters["view_decided"]["text"]
    assert sink.taken == []


def test_an_application_that_lies_ready_is_told_with_its_link(trip: Trip, sink: Sink) -> None:
    trip.tell(READY)
    trip.work("notify")
    trip.work("notify")
    text = text_of(*sink.taken)
    assert READY.link in text
    assert READY.title.nl in text


def test_who_belongs_to_the_panel_gets_a_link_and_the_address_goes_once_it_is_over(trip: Trip, sink: Sink) -> None:
    trip.tell(ASKED)
    trip.work("notify")
    trip.work("notify")
    (mail,) = sink.taken
    assert mail["To"] == ASKED.email
    assert ASKED.link in text_of(mail)
    assert "8 december 2026" in text_of(mail)
    assert "Vraag mij niets meer" in text_of(mail)
    with connect(trip.url) as connection:
        assert forget_asked(connection, today=ASKED.day) == 0
        assert forget_asked(connection, today=ASKED.day + timedelta(days=1)) == 1
        left = connection.execute("select recipient from notify.messages").fetchone()
    assert left == {"recipient": ""}

"""A message that did not arrive is sent again once somebody says so: once, by the way they chose, with a row for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.services.notify.desk import BRAM, MILA, SAMIR, YARA, browser_of
from tests.services.notify.noor import OPENED
from tests.services.notify.sink import Sink
from tests.services.notify.test_by_post import REACHED
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE

STATE = "select state, recipient, by_post from notify.messages"
ORDERS = "select name, payload from bus.event where name in ('MessageComposed', 'PrintOrdered') order by id"


@pytest.fixture
def failed(trip: Trip, sink: Sink) -> str:
    """The confirmation of Noor's case did not arrive; where its page is."""
    sink.to_recipient = "550 5.1.1 <noor@example.org> unknown"
    trip.tell(OPENED)
    trip.work("notify")
    sink.to_recipient = "250 OK"
    return f"/berichten/{trip.rows('select id from notify.messages')[0]['id']}"


def test_two_clicks_send_a_message_once_more_and_leave_one_row(app: Flask, trip: Trip, sink: Sink, failed: str) -> None:
    client = browser_of(app, SAMIR)
    assert "Wat kunt u doen?" in client.get(failed).text
    said = [client.post(f"{failed}/opnieuw", data={"way": "again", "number": "1"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in said] == [failed] * 2
    page = client.get(failed).text
    assert "Het bericht gaat opnieuw weg." in page
    assert "Dit was al gedaan." in page
    assert "Het bericht staat klaar om opnieuw te gaan." in page
    assert "Wat kunt u doen?" not in page
    assert len(trip.rows(ORDERS)) == 2
    assert trip.rows("select from bus.delivery where dead_at is not null") == []
    trip.work("notify")
    assert [mail["To"] for mail in sink.taken] == ["noor@example.org"]
    assert trip.rows(STATE) == [{"state": "sent", "recipient": "noor@example.org", "by_post": False}]
    page = client.get(failed).text
    assert "Opnieuw gestuurd" in page
    assert "Samir" in page
    assert "Wat ging er mis?" not in page
    client.post(f"{failed}/opnieuw", data={"way": "again", "number": "2"})
    assert "het bericht is aangekomen of al onderweg" in client.get(failed).text
    assert len(trip.rows(ORDERS)) == 2
    details = {"message": failed.rpartition("/")[2]}
    kept = trip.rows("select who, act, reference, details from notify.audit")
    assert kept == [{"who": "samir", "act": "resend.again", "reference": REFERENCE, "details": details}]


def test_two_colleagues_at_once_send_it_once(app: Flask, trip: Trip, failed: str) -> None:
    for person in (SAMIR, YARA):
        browser_of(app, person).post(f"{failed}/opnieuw", data={"way": "again", "number": "1"})
    browser_of(app, YARA).post(f"{failed}/opnieuw", data={"way": "again", "number": "2"})
    assert trip.rows("select who, number from notify.resendings") == [{"who": "samir", "number": 1}]
    assert len(trip.rows(ORDERS)) == 2


def test_a_new_address_is_used_for_this_message_and_stands_in_no_log(
    app: Flask, trip: Trip, sink: Sink, failed: str
) -> None:
    client = browser_of(app, SAMIR)
    for typed in ("noor", "noor@example", "<noor@example.com>", "a@b.nl\nBcc: c@d.nl", "x" * 250 + "@example.org"):
        wrong = client.post(f"{failed}/opnieuw", data={"way": "address", "number": "1", "address": typed})
        assert wrong.status_code == 422
        assert "Vul een e-mailadres in, zoals naam@voorbeeld.nl" in wrong.text
    client.post(f"{failed}/opnieuw", data={"way": "address", "number": "1", "address": " noor@example.com "})
    trip.work("notify")
    assert [mail["To"] for mail in sink.taken] == ["noor@example.com"]
    page = client.get(failed).text
    assert "noor@example.com" in page
    assert "550 5.1.1" in page
    assert "example.com" not in str(trip.rows("select * from notify.audit"))


def test_a_message_goes_as_a_letter_where_its_reader_is_known_to_live(
    app: Flask, trip: Trip, failed: str, tmp_path: Path
) -> None:
    client = browser_of(app, SAMIR)
    assert "Als brief naar het postadres" not in client.get(failed).text
    client.post(f"{failed}/opnieuw", data={"way": "post", "number": "1"})
    assert "Dit bericht kan niet als brief." in client.get(failed).text
    assert trip.rows("select from notify.resendings") == []
    trip.tell(REACHED)
    trip.work("notify")
    trip.work("press")
    assert trip.rows(STATE)[0]["by_post"] is True
    assert client.get(failed).text.count("Wat kunt u doen?") == 1, "there is no print room, so it waits for a person"
    client.post(f"{failed}/opnieuw", data={"way": "again", "number": "1"})
    trip.print_folder = tmp_path / "print"
    trip.work("press")
    assert trip.rows(STATE)[0]["state"] == "sent"
    assert len(list(trip.print_folder.glob("*.pdf"))) == 1
    assert "Het postadres van de aanvrager" in client.get(failed).text


def test_who_may_not_send_again_is_refused_and_what_is_asked_must_exist(app: Flask, trip: Trip, failed: str) -> None:
    asked = {"way": "again", "number": "1"}
    assert browser_of(app, MILA).post(f"{failed}/opnieuw", data=asked).status_code == 404
    for wrong in ({"way": "fax", "number": "1"}, {"way": "again"}, {"way": "again", "number": "-1"}):
        assert browser_of(app, SAMIR).post(f"{failed}/opnieuw", data=wrong).status_code == 400
    assert trip.rows("select from notify.resendings") == []
    assert browser_of(app, BRAM).post(f"{failed}/opnieuw", data=asked).status_code == 303

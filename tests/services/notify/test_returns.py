"""What other mail systems report comes back, is believed only if it is ours, and moves the message on (RFC 3464)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.notify.mailbox import SmtpSender
from services.notify.returning import NoReportError, ReturnAddress, read_report
from shared.crypto import sign
from shared.events import MessageComposed
from shared.ids import new_id
from tests.conftest import Database
from tests.services.notify.conftest import open_door
from tests.services.notify.noor import KEY, OPENED
from tests.services.notify.office import EMAIL, VALUES, open_office
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE

ADDRESS = ReturnAddress("retour@voorbeeld.example", key=KEY)
FROM = "Gemeente Voorbeeld <balie@voorbeeld.example>"
REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: <{to}>
Subject: Delivery report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=X

--X
Content-Type: text/plain

What became of your message.

--X
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; noor@example.org
Action: {action}
Status: {code}
Diagnostic-Code: smtp; {said}

--X
Content-Type: {kind}

Message-ID: <{id}@voorbeeld.example>
Subject: Uw aanvraag

--X--
"""


def report_on(message_id: UUID, **changes: str) -> bytes:
    """What a system reports of our mail."""
    said = {"to": ADDRESS.of(message_id), "action": "failed", "code": "5.1.1", "said": "550 5.1.1 unknown user"}
    return REPORT.format(id=message_id, **{**said, "kind": "message/rfc822", **changes}).encode()


def without_round(message_id: UUID) -> str:
    """Where mail came back to before its round stood in it."""
    return f"retour+{message_id.hex}.{sign(f'returns {message_id}', key=KEY)[:16]}@voorbeeld.example"


@pytest.fixture
def door(database: Database, sink: Sink, tmp_path: Path) -> Iterator[Flask]:
    settings: dict[str, Any] = {"return_address": "retour@voorbeeld.example", "return_key": "sleutel"}
    with open_door(database, smtp_url=sink.url, vault=tmp_path / "vault", **settings) as app:
        yield app


def pass_on(client: FlaskClient, raw: bytes, *, key: str = "sleutel") -> int:
    return client.post("/retour", data=raw, headers={"Authorization": f"Bearer {key}"}).status_code


def test_a_report_says_what_became_of_which_mail() -> None:
    number = new_id()
    bounced = read_report(report_on(number), address=ADDRESS)
    assert (bounced.id, bounced.means, bounced.said) == (number, "permanent-failure", "smtp; 550 5.1.1 unknown user")
    meaning = {
        ("failed", "4.4.7"): "temporary-failure",
        ("failed", "5.2.2"): "temporary-failure",
        ("delivered", "2.0.0"): "delivered",
        ("delayed", "4.4.1"): None,
        ("relayed", "2.0.0"): None,
    }
    for (action, code), means in meaning.items():
        assert read_report(report_on(number, action=action, code=code), address=ADDRESS).means == means
    found = read_report(report_on(number, to=without_round(number)), address=ADDRESS)
    assert (found.id, found.round, found.recipient) == (number, None, "noor@example.org")
    for kind in ("message/rfc822", "text/rfc822-headers"):
        assert read_report(report_on(number, to="balie@voorbeeld.example", kind=kind), address=None).id == number


def test_what_nobody_could_report_but_us_is_not_believed() -> None:
    number = new_id()
    forged = f"retour+{number.hex}.{'0' * 16}@voorbeeld.example"
    for raw in (
        report_on(number, to=forged),
        b"",
        b"Subject: hoi\r\n\r\nhallo",
        b"\xff\x00" * 50,
        report_on(number)[:300],
    ):
        with pytest.raises(NoReportError):
            read_report(raw, address=ADDRESS)


def send(trip: Trip, sink: Sink) -> dict[str, Any]:
    """A mail left, with an address to which it can come back."""
    trip.sender = SmtpSender(sink.url, sender=FROM, returns=ADDRESS)
    trip.tell(OPENED)
    trip.work("notify")
    (message,) = trip.rows("select id from notify.messages")
    return message


def test_a_mail_that_comes_back_is_taken_back_once_and_a_late_one_changes_nothing(
    door: Flask, trip: Trip, sink: Sink
) -> None:
    message = send(trip, sink)
    assert sink.envelopes == [(ADDRESS.of(message["id"]), ["noor@example.org"])]
    client = door.test_client()
    assert pass_on(client, report_on(message["id"], action="delayed", code="4.4.1")) == 204
    assert pass_on(client, report_on(message["id"], action="delivered", code="2.0.0")) == 204
    assert trip.rows("select state from notify.messages") == [{"state": "delivered"}]
    for _ in range(2):
        assert pass_on(client, report_on(message["id"])) == 204
    assert trip.rows("select state from notify.messages") == [{"state": "permanent-failure"}]
    (failed,) = trip.told("NoticeFailed")
    assert (failed["reference"], failed["because"], failed["by_post"]) == (REFERENCE, "returned", True)
    assert pass_on(client, report_on(message["id"], action="delivered", code="2.1.0")) == 204
    assert trip.rows("select state from notify.messages") == [{"state": "permanent-failure"}]
    assert len(trip.rows("select from notify.reports")) == 4


def test_what_came_back_of_an_earlier_round_is_kept_and_leaves_the_round_of_now_alone(
    door: Flask, trip: Trip, sink: Sink
) -> None:
    message = send(trip, sink)
    client = door.test_client()
    full = report_on(message["id"], code="5.2.2", said="552 5.2.2 full")
    assert pass_on(client, full) == 204
    trip.tell(MessageComposed(message_id=message["id"]))
    trip.work("notify")
    assert [sender for sender, _ in sink.envelopes] == [ADDRESS.of(message["id"], round_=each) for each in (1, 2)]
    stranger = report_on(message["id"], to=without_round(message["id"])).replace(b"noor@", b"verkeerd@")
    for late in (report_on(message["id"]), stranger):
        assert pass_on(client, late) == 204
    assert trip.rows("select state, round from notify.messages") == [{"state": "sent", "round": 2}]
    assert trip.rows("select from notify.stops") == []
    assert len(trip.rows("select from notify.reports")) == 3
    assert pass_on(client, report_on(message["id"], to=ADDRESS.of(message["id"], round_=2))) == 204
    assert trip.rows("select state from notify.messages") == [{"state": "permanent-failure"}]


def test_a_report_that_comes_before_the_answer_is_offered_again_and_the_sending_is_told_first(
    door: Flask, trip: Trip, sink: Sink
) -> None:
    sink.drop_after_mail = True  # it has the mail, and its answer never came
    trip.tell(OPENED)
    trip.work("notify")
    (message,) = trip.rows("select id, state from notify.messages")
    client = door.test_client()
    report = report_on(message["id"], action="delivered", code="2.0.0")
    for raw in (report, report_on(message["id"])):
        assert pass_on(client, raw) == 503
    assert (len(sink.taken), message["state"]) == (1, "sending")
    assert trip.rows("select state from notify.messages") == [{"state": "sending"}]
    assert trip.rows("select from notify.reports") == []
    sink.drop_after_mail = False
    trip.work("notify")
    assert [each["message_id"] for each in trip.told("NoticeSent")] == [str(message["id"])]
    assert pass_on(client, report) == 204
    assert trip.rows("select state from notify.messages") == [{"state": "delivered"}]
    assert trip.told("NoticeFailed") == []


def test_a_client_hears_of_its_own_and_strangers_get_nowhere(door: Flask, trip: Trip, sink: Sink) -> None:
    with open_office(door, trip=trip, sink=sink) as office:
        sent = office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
        trip.work("notify")
        client = door.test_client()
        assert pass_on(client, report_on(UUID(sent["id"])), key="anders") == 403
        assert pass_on(client, report_on(new_id())) == 422
        assert pass_on(client, b"Subject: hoi\r\n\r\nhallo") == 422
        assert office.client().get_notification_by_id(sent["id"])["status"] == "sending"
        assert pass_on(client, report_on(UUID(sent["id"]), action="relayed", code="2.0.0")) == 204
        assert office.client().get_notification_by_id(sent["id"])["status"] == "delivered"
        assert pass_on(client, report_on(UUID(sent["id"]))) == 204
        assert office.client().get_notification_by_id(sent["id"])["status"] == "permanent-failure"
    assert trip.told("NotificationSettled") == [{"notification_id": sent["id"]}] * 2


def test_without_a_key_there_is_no_door(app: Flask) -> None:
    assert pass_on(app.test_client(), report_on(new_id())) == 404

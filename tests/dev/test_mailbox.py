"""The mailbox: takes in everything, loses nothing, shows it without running it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask.testing import FlaskClient

from dev.mailbox import Intake, Mailbox, make_mailbox
from dev.plan import Ports

NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path)


@pytest.fixture
def client(mailbox: Mailbox) -> FlaskClient:
    return make_mailbox(mailbox, environment="development").test_client()


@pytest.fixture
def smtp_port(mailbox: Mailbox) -> Iterator[int]:
    with Ports.held() as ports:
        intake = Controller(Intake(mailbox), hostname="127.0.0.1", port=ports.smtp)
        intake.start()
        yield ports.smtp
        intake.stop()


@pytest.mark.machine
def test_a_message_that_was_sent_can_be_read(client: FlaskClient, smtp_port: int) -> None:
    with smtplib.SMTP("127.0.0.1", smtp_port) as smtp:
        smtp.send_message(confirmation())
    (message,) = client.get("/api/messages").json["messages"]
    assert message["to"] == ["noor@voorbeeld.example"]
    assert message["subject"] == "Wij hebben uw aanvraag ontvangen"
    assert message["message_id"] == "<delivery-1@balie>"
    assert message["links"] == ["http://127.0.0.1:8010/zaak/abc?x=1"]
    assert message["attachments"] == ["bevestiging.pdf"]


def test_messages_outlive_a_restart(mailbox: Mailbox, tmp_path: Path) -> None:
    keep(mailbox)
    assert [message.subject for message in Mailbox(tmp_path).messages()] == ["Wij hebben uw aanvraag ontvangen"]


def test_the_same_message_sent_twice_is_seen_twice(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    keep(mailbox)
    identities = [message["message_id"] for message in client.get("/api/messages").json["messages"]]
    assert identities == ["<delivery-1@balie>"] * 2


def test_messages_are_found_by_receiver_and_moment(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    keep(mailbox, to="els@voorbeeld.example", now=NOW + timedelta(minutes=1))
    found = client.get("/api/messages", query_string={"to": "Noor@voorbeeld.example"}).json["messages"]
    later = client.get("/api/messages", query_string={"since": (NOW + timedelta(seconds=1)).isoformat()}).json[
        "messages"
    ]
    assert [message["to"] for message in found] == [["noor@voorbeeld.example"]]
    assert [message["to"] for message in later] == [["els@voorbeeld.example"]]


def test_a_link_in_the_text_can_be_followed_and_reads_the_same(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    page = client.get(f"/message/{only(mailbox)}").text
    assert '<a href="http://127.0.0.1:8010/zaak/abc?x=1">http://127.0.0.1:8010/zaak/abc?x=1</a>.' in page


def test_what_a_message_holds_is_shown_and_never_run(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    page = client.get(f"/message/{only(mailbox)}")
    html = client.get(f"/message/{only(mailbox)}/html")
    assert "<script>" not in page.text.replace('<script type="module"', "")
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert "allow-scripts" not in html.headers["Content-Security-Policy"]


def test_an_attachment_is_handed_over_as_a_file(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    answer = client.get(f"/message/{only(mailbox)}/attachment/0")
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=bevestiging.pdf"


@pytest.mark.parametrize("number", ["nothing", "..%2Fmailbox", "20261124T094200000000-00000000"])
def test_a_message_that_is_not_there_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/message/{number}").status_code == 404


def test_an_emptied_mailbox_is_empty(mailbox: Mailbox, client: FlaskClient) -> None:
    keep(mailbox)
    assert client.post("/empty").status_code == 303
    assert "Er zijn geen berichten." in client.get("/").text


def keep(mailbox: Mailbox, *, to: str = "noor@voorbeeld.example", now: datetime = NOW) -> None:
    mailbox.keep(confirmation().as_bytes(), recipients=[to], now=now)


def only(mailbox: Mailbox) -> str:
    (message,) = mailbox.messages()
    return message.id


def confirmation() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Gemeente Voorbeeld <balie@voorbeeld.example>"
    message["To"] = "noor@voorbeeld.example"
    message["Subject"] = "Wij hebben uw aanvraag ontvangen"
    message["Message-ID"] = "<delivery-1@balie>"
    message.set_content(
        "Beste Noor,\n\nBekijk uw zaak: http://127.0.0.1:8010/zaak/abc?x=1.\n\n<script>alert(1)</script>\n"
    )
    message.add_alternative("<p>Beste Noor</p><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="bevestiging.pdf")
    return message


def test_what_comes_to_the_box_is_shown_beside_the_mail_once_and_not_for_who_has_none(
    mailbox: Mailbox, client: FlaskClient
) -> None:
    keep(mailbox)
    told = {"afzender": "00000001003214345000", "ontvanger": "999970100", "onderwerp": "Besluit", "inhoud": "Lees het."}

    def put(**changes: str) -> int:
        return client.post(
            "/box/api/v1/berichten", json={**told, **changes}, headers={"Idempotency-Key": "1"}
        ).status_code

    assert put(ontvanger="999970409") == 422
    assert [put(), put()] == [201, 409]
    assert "Besluit" in client.get("/box").text
    assert "Wij hebben uw aanvraag ontvangen" not in client.get("/box").text
    assert "Besluit" not in client.get("/").text

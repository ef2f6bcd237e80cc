"""The provider of text messages passes on what people text and what became of ours; clients hear of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from services.notify.client_store import CallbackStore, ClientStore
from services.notify.clients import set_callback
from services.notify.domain.clients import Hears
from services.notify.web.v2.calls import ReturnedCall, TextCall
from shared.database import connect
from shared.ids import new_id
from shared.keyring import Keyring
from tests.conftest import Database
from tests.services.notify.conftest import open_door
from tests.services.notify.desk import BRAM, YARA, browser_of
from tests.services.notify.noor import KEY
from tests.services.notify.office import ADDRESS, LETTER, SMS, Office, open_office
from tests.services.notify.receiver import Receiver
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip

NUMBER = "+31970102030"
TEXT = {"id": "prov-1", "from": "06 12345678", "to": NUMBER, "text": "Ja, ik <b>kom</b>."}


@pytest.fixture
def phones(database: Database, trip: Trip, sink: Sink, tmp_path: Path) -> Iterator[Office]:
    settings: dict[str, Any] = {"sms_return_key": "sleutel"}
    with (
        open_door(database, smtp_url=sink.url, vault=tmp_path / "vault", **settings) as app,
        open_office(app, trip=trip, sink=sink) as office,
    ):
        yield office


def listen(office: Office, receiver: Receiver, *, kind: Hears) -> None:
    with connect(office.trip.url) as connection:
        client = ClientStore(connection).find(office.id)
        assert client is not None
        url = f"{receiver.base}/receipts"
        set_callback(CallbackStore(connection), client=client, url=url, bearer="geheim", ring=Keyring(KEY), kind=kind)


def tell(app: Flask, door: str, told: dict[str, Any], *, key: str = "sleutel") -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return app.test_client().post(f"/sms/{door}", json=told, headers=headers).status_code


def test_what_somebody_texts_is_read_by_the_client_whose_number_it_is_and_called_back_once(
    phones: Office, receiver: Receiver
) -> None:
    listen(phones, receiver, kind=Hears.TEXT)
    assert tell(phones.app, "ontvangen", TEXT) == 422, "the number is nobody's"
    with connect(phones.trip.url) as connection:
        ClientStore(connection).give_number(phones.id, number=NUMBER)
    links = browser_of(phones.app, BRAM).get("/berichten/koppelingen").text
    assert [each in links for each in (NUMBER, f"{receiver.base}/receipts", "Een sms die iemand stuurt")] == [True] * 3
    assert tell(phones.app, "ontvangen", TEXT, key="anders") == 403
    for wrong in ({"id": "prov-2"}, {**TEXT, "text": "half \ud83d"}, {**TEXT, "text": "\x00"}):
        assert tell(phones.app, "ontvangen", wrong) == 422
    assert [tell(phones.app, "ontvangen", TEXT) for _ in range(2)] == [204, 204]
    (text,) = phones.client().get_received_texts()["received_text_messages"]
    assert (text["user_number"], text["notify_number"], text["content"]) == ("+31612345678", NUMBER, TEXT["text"])
    assert phones.trip.work("callbacks") == 1
    [(headers, body)] = receiver.heard
    told = json.loads(body)
    assert told == {
        "id": text["id"],
        "source_number": "+31612345678",
        "destination_number": NUMBER,
        "message": TEXT["text"],
        "date_received": text["created_at"],
    }
    assert TextCall().validate(told) == {}
    assert (headers["authorization"], headers["webhook-id"]) == ("Bearer geheim", f"{text['id']}-text")
    assert headers["webhook-signature"].startswith("v1,")


def test_what_became_of_a_text_message_is_what_its_provider_says(phones: Office) -> None:
    client = phones.client()
    for status, becomes in {
        "delivered": "delivered",
        "failed": "permanent-failure",
        "expired": "temporary-failure",
    }.items():
        sent = client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "Noor"})["id"]
        for _ in range(2):
            assert tell(phones.app, "afloop", {"id": sent, "status": status, "said": "phone was off"}) == 204
        assert client.get_notification_by_id(sent)["status"] == becomes
    assert len(phones.trip.told("NotificationSettled")) == 3
    for status, becomes in {"pending": "pending", "sent": "sent"}.items():
        way = client.send_sms_notification("0612345678", str(SMS), personalisation={"name": "Noor"})["id"]
        assert tell(phones.app, "afloop", {"id": way, "status": status}) == 204
        assert client.get_notification_by_id(way)["status"] == becomes
        assert tell(phones.app, "afloop", {"id": way, "status": "delivered"}) == 204
        assert client.get_notification_by_id(way)["status"] == "delivered"
    known = "encode(sha256(convert_to(notification_id || action || said, 'UTF8')), 'hex')"
    kept = phones.trip.rows(f"select content, {known} as known from notify.reports")
    assert [row["content"] for row in kept] == [row["known"] for row in kept]
    assert len(kept) == 3 + 4, "what is said twice is kept once, also when the first was kept by an older version"
    page = browser_of(phones.app, YARA).get(f"/berichten/systemen/{sent}").text
    assert page.count("phone was off") == 1
    letter = client.send_letter_notification(str(LETTER), ADDRESS)["id"]
    for told in ({"id": str(new_id()), "status": "failed"}, {"id": letter, "status": "delivered"}, {"id": sent}):
        assert tell(phones.app, "afloop", told) == 422


def test_of_a_letter_that_came_back_a_client_hears_by_a_call_of_its_own(
    phones: Office, receiver: Receiver, tmp_path: Path
) -> None:
    phones.trip.print_folder = tmp_path / "print"
    listen(phones, receiver, kind=Hears.RETURNED)
    letter = phones.client().send_letter_notification(str(LETTER), ADDRESS, reference="brief 9")["id"]
    for lane in ("press", "callbacks"):
        phones.trip.work(lane)
    assert receiver.heard == [], "of what became of it this client wants to hear nothing"
    browser_of(phones.app, YARA).post(f"/berichten/systemen/{letter}/retour")
    phones.trip.work("callbacks")
    [(_, body)] = receiver.heard
    told = json.loads(body)
    assert (told["notification_id"], told["reference"], told["template_name"]) == (letter, "brief 9", "Bericht")
    assert ReturnedCall().validate(told) == {}
    assert len(told) == 10


def test_without_a_key_there_are_no_such_doors(app: Flask) -> None:
    assert tell(app, "ontvangen", TEXT) == tell(app, "afloop", {"id": str(new_id()), "status": "failed"}) == 404

"""Clients are called back when it is known what became of a notification: signed, again when needed, never inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import urllib3

from services.notify import client_store
from services.notify.callback_inbox import FAILURES
from services.notify.callbacks import Call, Callback, HttpCaller, InsideError, address_of, sign_call
from services.notify.client_store import CallbackStore, ClientStore
from services.notify.clients import can_be_called, set_callback
from services.notify.domain.clients import Hears
from services.notify.inbox import open_inbox
from services.notify.ports import RefusedError
from services.notify.web.v2.calls import CaseCall, DeliveryCall
from shared.bus.deliver import wait_after
from shared.database import connect
from shared.keyring import Keyring
from tests.counting import CountingCursor, counting_pool
from tests.services.notify.desk import BRAM, browser_of
from tests.services.notify.noor import AWAITED, KEY, LINKS, NOW, OPENED, TABLE
from tests.services.notify.office import EMAIL, VALUES, Office
from tests.services.notify.receiver import Receiver
from tests.services.notify.sink import free_port
from tests.shared.letters.samples import REFERENCE

DELIVERED = "simulate-delivered@notifications.service.gov.uk"


def listen(
    office: Office, receiver: Receiver, *, path: str = "/receipts?from=balie", kind: Hears = Hears.DELIVERY
) -> str:
    """Have the client listen; give the secret that signs."""
    with connect(office.trip.url) as connection:
        client = ClientStore(connection).find(office.id)
        assert client is not None
        url = f"{receiver.base}{path}"
        store = CallbackStore(connection)
        return set_callback(store, client=client, url=url, bearer="geheim", ring=Keyring(KEY), kind=kind)


def send(office: Office, to: str = DELIVERED) -> dict[str, Any]:
    sent: dict[str, Any] = office.client().send_email_notification(
        to, str(EMAIL), personalisation=VALUES, reference="afspraak 7"
    )
    office.trip.work("notify")
    return sent


def test_a_client_hears_what_became_of_it_and_can_see_that_it_is_us(office: Office, receiver: Receiver) -> None:
    secret = listen(office, receiver)
    sent = send(office)
    assert office.trip.work("callbacks") == 1
    [(headers, body)] = receiver.heard
    told = json.loads(body)
    assert (told["id"], told["status"], told["to"], told["reference"]) == (
        sent["id"],
        "delivered",
        DELIVERED,
        "afspraak 7",
    )
    assert DeliveryCall().validate(told) == {}
    assert len(told) == 10
    assert headers["authorization"] == "Bearer geheim"
    assert headers["webhook-id"] == f"{sent['id']}-delivered"
    assert abs(int(headers["webhook-timestamp"]) - NOW.timestamp()) < 60
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"


def test_a_system_that_asked_hears_of_cases_signed_and_nothing_of_whom_they_are_about(
    office: Office, receiver: Receiver
) -> None:
    secret = listen(office, receiver, kind=Hears.CASE)
    trip = office.trip
    for fact in (OPENED, AWAITED):  # the reminder is for the applicant alone
        trip.tell(fact)
    trip.work("notify")
    receiver.status = 500
    assert trip.work("callbacks") == 0
    receiver.status = 204
    assert trip.work("callbacks") == 1
    (first, body), (again, _) = receiver.heard
    assert CaseCall().validate(json.loads(body)) == {}
    assert json.loads(body) == {
        "event": "CaseOpened",
        "reference": REFERENCE,
        "at": "2026-11-24T09:30:00.000000Z",
        "link": f"http://workflow.example/zaken/{REFERENCE}",
    }
    assert again["webhook-id"] == first["webhook-id"]
    signed = sign_call(secret, call_id=first["webhook-id"], stamp=first["webhook-timestamp"], body=body)
    assert first["webhook-signature"] == signed


def test_a_case_that_no_system_hears_of_costs_no_statement_to_learn_so_and_who_asks_hears_of_the_next_ones(
    office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, costs = open_inbox(lambda: pytest.fail("nothing leaves here"), links=LINKS, table=TABLE), []

    def opens(number: str) -> None:
        before = CountingCursor.said
        inbox.handle(connection, replace(OPENED, reference=number), now=NOW)
        costs.append(CountingCursor.said - before)

    with counting_pool(office.trip.url) as pool, pool.connection() as connection:
        for number in ("Z-1", "Z-2", "Z-3"):
            opens(number)
        listen(office, receiver, kind=Hears.CASE)
        monkeypatch.setattr(client_store, "FRESH_S", 0.0)
        opens("Z-4")
    assert costs == [3, 2, 2, 4], "the message with its place, that it goes; and once in a while who hears of it"
    assert [each["reference"] for each in office.trip.told("CallOrdered")] == ["Z-4"]


def test_a_call_about_a_case_that_stopped_is_seen_with_its_address(office: Office, receiver: Receiver) -> None:
    listen(office, receiver, kind=Hears.CASE)
    office.trip.callbacks_inside = False
    office.trip.tell(OPENED)
    office.trip.work("notify")
    assert office.trip.work("callbacks") == 0
    page = browser_of(office.app, BRAM).get("/berichten/koppelingen").text
    assert "Afspraken" in page
    assert "Wat er met zaken gebeurt" in page
    assert receiver.base in page.partition("Wat systemen van ons horen")[0]


def test_the_signature_is_that_of_the_standard() -> None:
    # the example of the specification of Standard Webhooks
    secret, call = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signature = sign_call(secret, call_id=call, stamp="1614265330", body=b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_client_that_does_not_take_it_is_called_again_for_three_days(
    office: Office, receiver: Receiver, status: int
) -> None:
    listen(office, receiver)
    send(office)
    receiver.status = status
    assert office.trip.work("callbacks") == 0
    (row,) = office.trip.rows("select failures, reason, dead_at from bus.delivery where consumer = 'callbacks'")
    assert (row["failures"], row["dead_at"]) == (1, None)
    assert str(status) in row["reason"]
    receiver.status = 204
    assert office.trip.work("callbacks") == 1
    assert len(receiver.heard) == 2
    assert receiver.heard[0][0]["webhook-id"] == receiver.heard[1][0]["webhook-id"]
    assert sum(wait_after(number) for number in range(FAILURES - 1)) > timedelta(days=2.5).total_seconds()


def test_who_gets_no_calls_costs_none_and_after_the_last_try_it_lies_with_the_dead_messages(
    office: Office, receiver: Receiver
) -> None:
    send(office)
    assert office.trip.work("callbacks") == 1
    assert receiver.heard == []
    listen(office, receiver)
    receiver.status = 500
    send(office)
    with connect(office.trip.url) as connection:
        connection.execute("update bus.delivery set failures = %s where consumer = 'callbacks'", [FAILURES - 1])
    office.trip.work("callbacks")
    (dead,) = office.trip.rows("select reason from bus.delivery where consumer = 'callbacks' and dead_at is not null")
    assert "500" in dead["reason"]
    receiver.status = 204
    bram = browser_of(office.app, BRAM)
    page = bram.get("/berichten/koppelingen").text
    assert "the client answered 500" in page
    assert "1 poging<" in page
    assert DELIVERED not in page
    (call,) = re.findall(r'name="call" value="([^"]+)"', page)
    for _ in range(2):
        bram.post("/berichten/koppelingen", data={"call": call})
    page = bram.get("/berichten/koppelingen").text
    assert "Wij melden het opnieuw terug." in page
    assert "Dit was al gedaan." in page
    assert office.trip.work("callbacks") == 1
    assert len(receiver.heard) == 2
    acts = office.trip.rows("select who, act, details from notify.audit")
    assert acts == [{"who": "bram", "act": "callback.again", "details": {"event": call}}]


def test_each_attempt_is_kept_with_its_host_its_answer_and_how_long_it_took(office: Office, receiver: Receiver) -> None:
    listen(office, receiver)
    send(office)
    bram, host = browser_of(office.app, BRAM), receiver.base.removeprefix("http://")
    assert "Laatste pogingen" not in bram.get("/berichten/koppelingen").text
    receiver.status = 500
    office.trip.work("callbacks")
    base, receiver.base = receiver.base, f"http://127.0.0.1:{free_port()}"
    listen(office, receiver)
    office.trip.work("callbacks")
    receiver.base, receiver.status = base, 204
    listen(office, receiver)
    office.trip.work("callbacks")
    tried = office.trip.rows(
        "select outcome, answer, provider = %s as there from notify.call_attempts order by id", [host]
    )
    assert [tuple(row.values()) for row in tried] == [
        ("unreachable", "the client answered 500", True),
        ("unreachable", "NewConnectionError", False),
        ("accepted", "the client answered 204", True),
    ]
    (event,) = office.trip.rows("select distinct event_id from notify.call_attempts")
    latest = bram.get("/berichten/koppelingen").text
    page = bram.get(f"/berichten/koppelingen/{event['event_id']}").text
    assert f"/berichten/koppelingen/{event['event_id']}" in latest
    for shown in (latest, page):
        assert (shown.count("Niet gelukt"), shown.count("Aangekomen"), shown.count(" ms<")) == (2, 1, 3)
        assert (host in shown, "geheim" in shown, DELIVERED in shown) == (True, False, False)
    assert "3 pogingen" in page
    assert "/receipts" not in page
    kept = office.trip.rows("select row_to_json(a)::text as kept from notify.call_attempts a")
    assert [each for each in kept if DELIVERED in each["kept"] or "/receipts" in each["kept"]] == []


def test_a_client_that_says_yes_and_then_nothing_more_has_heard(office: Office, receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        receiver.base = f"http://127.0.0.1:{server.getsockname()[1]}"
        listen(office, receiver)
        send(office)
        with ThreadPoolExecutor(1) as other:
            said = other.submit(_say_yes, server)
            assert office.trip.work("callbacks") == 1
            said.result().close()


def _say_yes(server: socket.socket) -> socket.socket:
    line, _ = server.accept()
    line.recv(10_000)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
    return line


def test_a_call_during_which_the_process_ended_is_seen_as_one_without_an_answer(
    office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(office, receiver)
    send(office)

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("services.notify.callbacks.address_of", end)
    with pytest.raises(KeyboardInterrupt):
        office.trip.work("callbacks")
    assert "Geen antwoord bekend" in browser_of(office.app, BRAM).get("/berichten/koppelingen").text


def test_staff_see_which_keys_there_are_and_when_each_was_used_and_never_a_secret(office: Office) -> None:
    bram = browser_of(office.app, BRAM)
    assert bram.get("/berichten/koppelingen").text.count("Nog niet") == 3
    send(office)
    page = bram.get("/berichten/koppelingen").text
    assert page.count("Nog niet") == 2
    used = office.trip.rows("select name, used_at from notify.api_keys where used_at is not null")
    send(office)
    assert office.trip.rows("select name, used_at from notify.api_keys where used_at is not null") == used
    assert [row["name"] for row in used] == ["sleutel-live"]
    secrets = [key[-36:] for key in office.keys.values()]
    sealed = [row["sealed"] for row in office.trip.rows("select sealed from notify.api_keys")]
    assert [each for each in (*secrets, *sealed, *map(str, [office.id])) if each in page] == []


def test_nothing_is_sent_inside_our_own_walls(office: Office, receiver: Receiver) -> None:
    listen(office, receiver)
    office.trip.callbacks_inside = False
    send(office)
    assert office.trip.work("callbacks") == 0
    assert receiver.heard == []
    (dead,) = office.trip.rows("select reason from bus.delivery where consumer = 'callbacks' and dead_at is not null")
    assert "not a public one" in dead["reason"]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.0.0.7", "169.254.169.254", "192.168.1.1", "224.0.0.1", "0x7f000001", "2130706433"),
        *("::1", "fe80::1", "fec0::1", "fd00::1", "::127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::1"),
        *("64:ff9b::a00:1", "64:ff9b:1::a00:1"),
    ],
)
def test_private_addresses_are_known_however_they_are_written(host: str) -> None:
    with pytest.raises(InsideError):
        address_of(host, port=80, inside=False)
    assert address_of("93.184.216.34", port=80, inside=False) == "93.184.216.34"


def test_a_name_with_one_private_address_among_public_ones_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr("services.notify.callbacks.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InsideError):
        address_of("rebind.example", port=80, inside=False)


def test_a_name_that_points_inside_once_it_was_looked_at_leads_to_where_it_pointed_then(
    office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = ([(2, 1, 6, "", (each, 80))] for each in ("93.184.216.34", "127.0.0.1"))
    answers, real, called = iter([public, private, private]), socket.getaddrinfo, []
    monkeypatch.setattr(
        "services.notify.callbacks.socket.getaddrinfo",
        lambda host, *rest, **more: next(answers) if host == "rebind.example" else real(host, *rest, **more),
    )

    class Line(urllib3.HTTPConnectionPool):
        def urlopen(self, *_: Any, **__: Any) -> Any:
            called.append(self.host)
            raise urllib3.exceptions.ProtocolError("nobody is called from a test")

    monkeypatch.setattr("services.notify.callbacks.urllib3.HTTPConnectionPool", Line)
    receiver.base = "http://rebind.example"
    listen(office, receiver)
    office.trip.callbacks_inside = False
    send(office)
    office.trip.work("callbacks")
    assert called == ["93.184.216.34"]
    assert receiver.heard == []


def test_of_two_addresses_the_one_that_every_machine_can_call_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(10, 1, 6, "", ("2606:2800:220:1::1", 443)), (2, 1, 6, "", ("93.184.216.34", 443))]
    monkeypatch.setattr("services.notify.callbacks.socket.getaddrinfo", lambda *_, **__: found)
    assert address_of("both.example", port=443, inside=False) == "93.184.216.34"


@pytest.mark.parametrize(
    "url",
    [
        *("", "voorbeeld", "ftp://voorbeeld.example/", "https:///a", "https://voorbeeld.example:99999/"),
        *("https://voorbeeld.example:nul/", "https://voorbeeld.example:0/", "https://[::1/", "https://x.example/a b"),
        *("https://voorbeeld.example/\r\nX: y", "https://voörbeeld.example/"),
    ],
)
def test_an_address_that_nobody_can_call_is_not_taken(url: str) -> None:
    assert not can_be_called(url)
    assert can_be_called("https://[2606:2800:220:1::1]:8443/receipts?from=balie")


@pytest.mark.parametrize(("port", "bearer"), [(99_999, "geheim"), (80, "geheim\n"), (80, "€")])
def test_what_cannot_be_called_stops_at_once_and_its_reason_names_no_token(port: int, bearer: str) -> None:
    callback = Callback(url=f"http://127.0.0.1:{port}/", secret="whsec_AAAA", bearer=bearer)
    with pytest.raises(RefusedError, match="cannot be used") as refused:
        HttpCaller(inside=True).call(callback, call=Call(id="1", body={}), now=NOW)
    assert "geheim" not in f"{refused.value} {refused.value.said}"


def test_an_operator_says_where_a_client_hears(office: Office) -> None:
    environment = {**os.environ, "DATABASE_URL": office.trip.url, "SECRET_KEY": KEY}
    command = [sys.executable, "-m", "services.notify", "client", "callback", "Afspraken"]
    done = subprocess.run(
        [*command, "https://voorbeeld.example/a"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("whsec_")
    wrong = subprocess.run([*command, "voorbeeld"], env=environment, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "Give the whole address" in wrong.stderr
    spaced = [*command, "https://voorbeeld.example/a", "--bearer", "een token"]
    wrong = subprocess.run(spaced, env=environment, capture_output=True, text=True, check=False)
    assert (wrong.returncode, "A token has no spaces" in wrong.stderr) == (1, True)
    subprocess.run([*command, "--none"], env=environment, check=True, capture_output=True)
    assert office.trip.rows("select * from notify.callbacks") == []

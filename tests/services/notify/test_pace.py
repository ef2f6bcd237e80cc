"""How fast a client may go: told on each answer, held back in words, also while Valkey is away."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pytest
from notifications_python_client.errors import HTTPError

from services.notify import bulk_actions
from services.notify.domain.notifications import KeyType
from shared.database import connect
from tests.conftest import Database
from tests.services.notify.conftest import open_door
from tests.services.notify.desk import BRAM, browser_of
from tests.services.notify.office import EMAIL, SMS, VALUES, Office, open_office
from tests.services.notify.sink import Sink, free_port
from tests.services.notify.test_bulk import HEADS, line
from tests.services.notify.test_tables_of_staff import upload
from tests.services.notify.trip import Trip


@contextmanager
def limited(database: Database, *, trip: Trip, sink: Sink, vault: Path, **more: object) -> Iterator[Office]:
    door = open_door(database, smtp_url=sink.url, vault=vault, rate_limits=True, **more)
    with door as app, open_office(app, trip=trip, sink=sink) as office:
        yield office


def send(office: Office, key_type: KeyType) -> None:
    office.client(key_type).send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)


def checked(office: Office, *, rows: int) -> str:
    """A table of so many rows that may be sent; its id."""
    table = "phone number;name\n" + "".join(f"061234567{each};Noor\n" for each in range(rows))
    body = {"template_id": str(SMS), "name": "December", "content": base64.b64encode(table.encode()).decode()}
    return str(office.ask("POST", "/v2/bulk", json=body).json()["id"])


def until_waiting(trip: Trip, *, number: int) -> None:
    """Wait until so many wait for a lock in the database, at most ten seconds."""
    for _ in range(200):
        if trip.rows("select count(*) from pg_locks where not granted")[0]["count"] >= number:
            return
        sleep(0.05)
    raise AssertionError("nobody waits for the lock")


@pytest.fixture(params=["Valkey", "Valkey away"])
def hurried(
    request: pytest.FixtureRequest, database: Database, trip: Trip, sink: Sink, tmp_path: Path
) -> Iterator[Office]:
    away = {"valkey_url": f"redis://127.0.0.1:{free_port()}"} if request.param == "Valkey away" else {}
    with limited(database, trip=trip, sink=sink, vault=tmp_path / "vault", api_per_minute=3, **away) as office:
        yield office


def test_a_key_has_so_many_requests_in_a_minute_and_hears_how_many_are_left(hurried: Office) -> None:
    asked = [hurried.ask("GET", "/v2/notifications") for _ in range(4)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in asked] == ["2", "1", "0", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in asked} == {"3"}
    assert 0 < int(asked[-1].headers["Retry-After"]) <= 60
    assert asked[-1].json() == {
        "status_code": 429,
        "errors": [
            {
                "error": "RateLimitError",
                "message": "Exceeded rate limit for key type LIVE of 3 requests per 60 seconds",
            }
        ],
    }
    with pytest.raises(HTTPError, match="Exceeded rate limit") as held:
        hurried.client().get_all_templates()
    assert held.value.status_code == 429
    assert hurried.client(KeyType.TEST).get_all_templates()["templates"]  # another key has its own pace


def test_a_client_has_so_many_notifications_in_a_day(
    database: Database, trip: Trip, sink: Sink, tmp_path: Path
) -> None:
    with limited(database, trip=trip, sink=sink, vault=tmp_path / "vault", api_per_day=1) as office:
        for _ in range(2):  # those of a test key go nowhere
            send(office, KeyType.TEST)
        send(office, KeyType.LIVE)
        with pytest.raises(HTTPError, match=r"Exceeded send limits \(1\) for today") as held:
            send(office, KeyType.LIVE)
        assert held.value.message[0]["error"] == "TooManyRequestsError"
        assert len(office.client().get_all_notifications()["notifications"]) == 1  # reading is not sending


def test_what_goes_in_bulk_counts_too_and_one_that_does_not_fit_counts_for_nothing(
    database: Database, trip: Trip, sink: Sink, tmp_path: Path
) -> None:
    with limited(database, trip=trip, sink=sink, vault=tmp_path / "vault", api_per_day=3) as office:
        for rows, answers, status in ((4, [429], "checked"), (2, [200, 200], "sending")):  # again: counted once
            number = checked(office, rows=rows)
            sent = [office.ask("POST", f"/v2/bulk/{number}/send") for _ in answers]
            assert [answer.status_code for answer in sent] == answers
            assert office.ask("GET", f"/v2/bulk/{number}").json()["status"] == status
        send(office, KeyType.LIVE)
        with pytest.raises(HTTPError, match=r"Exceeded send limits \(3\) for today"):
            send(office, KeyType.LIVE)


def test_what_staff_send_to_many_counts_to_the_day_of_its_system_and_a_trial_does_not(
    database: Database, trip: Trip, sink: Sink, tmp_path: Path
) -> None:
    with limited(database, trip=trip, sink=sink, vault=tmp_path / "vault", api_per_day=3) as office:
        bram = browser_of(office.app, BRAM)
        begun = "select started_at is not null as begun from notify.bulks order by id desc limit 1"
        for rows, kind, begins in ((4, "test", True), (4, "live", False), (2, "live", True), (2, "live", False)):
            path = upload(bram, "\n".join([HEADS, *(line(f"n{at}@example.org") for at in range(rows))]), kind=kind)
            bram.post(path)
            assert ("Zo veel mag dit systeem vandaag niet meer sturen." in bram.get(path).text) is not begins
            assert trip.rows(begun) == [{"begun": begins}]
        assert len(trip.rows("select from notify.audit where act = 'bulk.send'")) == 2
        send(office, KeyType.LIVE)
        with pytest.raises(HTTPError, match=r"Exceeded send limits \(3\) for today"):
            send(office, KeyType.LIVE)


def test_a_bulk_counts_once_when_asked_twice_at_once_and_not_when_its_start_fails(
    database: Database, trip: Trip, sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with limited(database, trip=trip, sink=sink, vault=tmp_path / "vault", api_per_day=3) as office:
        number = checked(office, rows=2)

        def send_bulk(_: int) -> int:
            return office.ask("POST", f"/v2/bulk/{number}/send").status_code

        with monkeypatch.context() as broken:
            broken.setattr(bulk_actions, "start", lambda *_args, **_more: 1 / 0)
            assert send_bulk(0) == 500
        with ThreadPoolExecutor(2) as threads:
            with connect(trip.url) as connection:
                connection.execute("select from notify.bulks for update")
                asked = threads.map(send_bulk, range(2))
                until_waiting(trip, number=2)
            assert list(asked) == [200, 200]
        send(office, KeyType.LIVE)


def test_who_is_not_let_in_is_not_counted(hurried: Office) -> None:
    for _ in range(5):
        refused = hurried.ask("GET", "/v2/notifications", token="nonsense")
        assert refused.status_code == 403
        assert "RateLimit-Limit" not in refused.headers
    assert hurried.ask("GET", "/v2/notifications").status_code == 200

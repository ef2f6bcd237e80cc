"""A table goes to many: checked, sent on a lane of its own, followed and reported."""

from __future__ import annotations

import base64
import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.notify import bulk_keeping, bulk_store
from services.notify.bulk_actions import AT_ONCE
from services.notify.bulk_store import BulkStore
from services.notify.client_store import ClientStore
from services.notify.domain.bulk import Settled
from services.notify.domain.notifications import Channel, KeyType
from shared.clock import utc_now
from shared.database import connect
from shared.events import DayBegan
from shared.law.calendar import local_date
from tests.services.notify.office import EMAIL, LETTER, SMS, VALUES, Office

MIGRATIONS = Path(bulk_store.__file__).parent / "migrations"
EVIL = "=1+1<b>((day))</b>"
HEADS = "e-mailadres;name;day;link;reference"


def check(office: Office, text: str, *, template: object = EMAIL, **more: str) -> Any:
    content = base64.b64encode(text.encode()).decode()
    body = {"template_id": str(template), "name": "December", "content": content, **more}
    return office.ask("POST", "/v2/bulk", json=body)


def line(to: str, name: str = "Noor", reference: str = "") -> str:
    return f"{to};{name};1 december;https://voorbeeld.example/a;{reference}"


def send(office: Office, text: str, **more: Any) -> str:
    checked = check(office, text, **more).json()
    assert office.ask("POST", f"/v2/bulk/{checked['id']}/send").json()["status"] == "sending"
    return str(checked["id"])


def look(office: Office, number: str) -> Any:
    return office.ask("GET", f"/v2/bulk/{number}").json()


def test_a_table_is_checked_sent_followed_and_reported_and_hostile_cells_stay_text(office: Office) -> None:
    text = "\n".join(
        (HEADS, line("noor@example.org", EVIL, "=cmd"), line("samir@example.org"), line("noor@example.org"))
    )
    checked = check(office, text).json()
    assert (checked["rows"], checked["status"], checked["counts"]) == (3, "checked", {"waiting": 3})
    assert next((each["row"], each["recipient"]) for each in checked["preview"]) == (2, "noor@example.org")
    assert checked["preview"][0]["subject"] == f"Uw afspraak, {EVIL}"
    assert (checked["twice"], checked["twice_count"]) == ([{"row": 4, "first": 2}], 1)
    assert office.trip.work("bulk") == 0
    for _ in range(2):  # asked twice, sent once
        office.ask("POST", f"/v2/bulk/{checked['id']}/send")
    assert office.trip.work("bulk") == 1
    assert look(office, checked["id"])["counts"] == {"created": 3}
    assert office.trip.work("notify") == 0  # single messages have another lane
    assert office.trip.work("bulk") == 3
    assert look(office, checked["id"]) | {"checked_at": 0, "started_at": 0} == {
        **{name: checked[name] for name in ("id", "name", "template", "rows")},
        **{"status": "sent", "counts": {"sending": 3}, "checked_at": 0, "started_at": 0},
    }
    html = office.sink.taken[0].get_body(("html",))
    assert html
    assert "=1+1&lt;b&gt;((day))&lt;/b&gt;" in html.get_content()
    report = office.ask("GET", f"/v2/bulk/{checked['id']}/report")
    rows = list(csv.DictReader(io.StringIO(report.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["row"], row["recipient"], row["reference"], row["status"]) for row in rows] == [
        ("2", "noor@example.org", "'=cmd", "sending"),
        ("3", "samir@example.org", "", "sending"),
        ("4", "noor@example.org", "", "sending"),
    ]
    assert office.client().get_notification_by_id(rows[0]["notification_id"])["reference"] == "=cmd"
    assert office.client().get_all_notifications()["notifications"] == []
    assert len(office.client().get_all_notifications(include_jobs=True)["notifications"]) == 3
    kept = office.trip.rows('select distinct recipient, "values" from notify.bulk_rows')
    assert kept == [{"recipient": "", "values": None}]


def test_whom_a_row_of_before_went_to_stands_in_its_notification_alone_and_a_refused_row_keeps_it(
    office: Office,
) -> None:
    number = send(office, "\n".join((HEADS, *(line(f"{who}@example.org") for who in ("noor", "samir", "yara")))))
    office.trip.work("bulk")
    with connect(office.trip.url) as connection:
        connection.execute("update notify.bulk_rows set recipient = 'noor@example.org' where number = 2")
        connection.execute(
            "update notify.bulk_rows set recipient = 'samir@example.org', notification_id = null where number = 3"
        )
        BulkStore(connection).settle(UUID(number), rows=[Settled(3, None, "no longer allowed")])
        connection.execute((MIGRATIONS / "0036-recipients-of-bulks.sql").read_bytes())
    assert office.trip.rows("select number, recipient from notify.bulk_rows order by number") == [
        {"number": 2, "recipient": ""},
        {"number": 3, "recipient": "samir@example.org"},
        {"number": 4, "recipient": ""},
    ]
    report = office.ask("GET", f"/v2/bulk/{number}/report").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(report), delimiter=";")
    assert [row["recipient"].partition("@")[0] for row in rows] == ["noor", "samir", "yara"]


def test_a_single_message_goes_before_the_rest_of_a_bulk(office: Office) -> None:
    number = send(office, "\n".join((HEADS, *(line(f"n{each}@example.org") for each in range(AT_ONCE + 1)))))
    office.trip.work("bulk")
    assert look(office, number)["counts"] == {"created": AT_ONCE, "waiting": 1}
    sent = office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
    assert office.trip.work("notify") == 1
    assert [mail["To"] for mail in office.sink.taken] == ["noor@example.org"]
    assert office.client().get_notification_by_id(sent["id"])["status"] == "sending"
    while office.trip.work("bulk"):
        pass
    assert look(office, number)["counts"] == {"sending": AT_ONCE + 1}
    assert len(office.sink.taken) == AT_ONCE + 2


def test_a_table_with_faults_is_not_kept_and_each_fault_is_told(office: Office) -> None:
    wrong = check(office, "\n".join((HEADS, line("geen adres"), line("noor@example.org", ""), line("a@example.org"))))
    assert wrong.status_code == 400
    assert [each["message"] for each in wrong.json()["errors"]] == [
        "Row 2: Not a valid email address",
        "Row 3: name is empty",
    ]
    long = check(office, f"phone number;name\n0612345678;{'x' * 900}\n", template=SMS)
    assert long.json()["errors"][0]["message"] == "Row 2: The text message has 928 characters"
    assert "no rows" in check(office, HEADS).text
    assert (
        "base64" in office.ask("POST", "/v2/bulk", json={"template_id": str(EMAIL), "name": "x", "content": "é"}).text
    )
    for name, said in (("", "name is empty"), ("x" * 201, "name is too long")):
        assert check(office, HEADS, name=name).json()["errors"][0]["message"] == said
    assert "does not exist" in check(office, f"{HEADS}\n{line('a@example.org')}", sender_id=str(EMAIL)).text
    assert office.ask("GET", f"/v2/bulk/{EMAIL}").status_code == 404
    assert office.trip.rows("select * from notify.bulks") == []


def test_while_a_table_is_checked_no_connection_waits_for_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # counted as they are lent: of the figures of the pool itself one may be of a connection that is still made
    pool, check_table = office.app.extensions["balie_pool"], bulk_keeping.check
    out, ever, lent = [], [], []
    lend, take_back = pool.getconn, pool.putconn

    def lent_out(*args: Any, **more: Any) -> Any:
        connection = lend(*args, **more)
        out.append(connection)
        ever.append(connection)
        return connection

    def taken_back(connection: Any) -> None:
        out.remove(connection)
        take_back(connection)

    def watched(*args: Any, **more: Any) -> Any:
        lent.append(len(out))
        return check_table(*args, **more)

    monkeypatch.setattr(pool, "getconn", lent_out)
    monkeypatch.setattr(pool, "putconn", taken_back)
    monkeypatch.setattr(bulk_keeping, "check", watched)
    assert check(office, f"{HEADS}\n{line('noor@example.org')}").status_code == 201
    assert lent == [0]
    assert ever


def test_letters_and_chosen_senders_go_in_bulk_too(office: Office, tmp_path: Path) -> None:
    office.trip.print_folder = tmp_path / "print"
    with connect(office.trip.url) as connection:
        chosen = ClientStore(connection).add_sender(
            office.id, channel=Channel.EMAIL, address="parkeren@voorbeeld.example"
        )
    send(office, f"{HEADS}\n{line('noor@example.org')}", sender_id=str(chosen))
    address = "address line 1;address_line_2;Address-Line3\n"
    number = send(office, f"{address}N. de Vries;Voorbeeldstraat 14;3811 LX Amersfoort\n", template=LETTER)
    for _ in range(2):
        office.trip.work("bulk")
    assert [mail["Reply-To"] for mail in office.sink.taken] == ["parkeren@voorbeeld.example"]
    assert look(office, number)["counts"] == {"received": 1}
    short = check(office, f"{address}N. de Vries;Voorbeeldstraat 14;\n", template=LETTER)
    assert "Row 2: " in short.json()["errors"][0]["message"]


def test_another_key_sees_nothing_of_it_and_what_nobody_sends_is_thrown_away(office: Office) -> None:
    checked = check(office, f"{HEADS}\n{line('noor@example.org')}").json()
    other = office.token(secret=office.keys[KeyType.TEST][-36:])
    assert office.ask("GET", f"/v2/bulk/{checked['id']}/report", token=other).status_code == 404
    for days, left in ((6, 1), (8, 0)):
        office.trip.now = utc_now() + timedelta(days=days)
        office.trip.tell(DayBegan(on=local_date(office.trip.now)))
        office.trip.work("bulk")
        assert len(office.trip.rows("select * from notify.bulk_rows")) == left

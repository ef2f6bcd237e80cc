"""What other systems sent is forgotten after a term: nobody is found in it any more, and what became of it counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from notifications_python_client.errors import HTTPError

from services.notify.client_store import ClientStore
from services.notify.phone_store import take_text
from shared.clock import utc_now
from shared.database import connect
from shared.events import DayBegan
from shared.law.calendar import local_date
from shared.post import NotificationAccepted, NotificationSettled
from shared.vault import MissingFileError
from tests.services.notify.desk import YARA, browser_of
from tests.services.notify.office import ADDRESS, EMAIL, LETTER, VALUES, Office
from tests.services.notify.receiver import Receiver
from tests.services.notify.test_bulk import HEADS, line, look, send
from tests.services.notify.test_callbacks import listen

NUMBER = "+31970102030"
TRACES = """
select (select count(*) from notify.call_attempts) + (select count(*) from notify.notification_attempts)
    + (select count(*) from notify.reports) + (select count(*) from notify.received_texts)
    + (select count(*) from notify.file_openings) as rows,
    (select string_agg(n::text, '') from notify.notifications n where status <> 'created') as kept,
    (select string_agg(b::text, '') from notify.bulk_rows b) as of_tables
"""


def next_day(office: Office, *, after: int) -> None:
    office.trip.now = utc_now() + timedelta(days=after)
    office.trip.tell(DayBegan(on=local_date(office.trip.now)))
    for lane in ("press", "bulk"):
        office.trip.work(lane)


def test_after_its_term_nobody_is_found_in_what_was_sent_and_what_became_of_it_counts(
    office: Office, receiver: Receiver
) -> None:
    listen(office, receiver)
    client = office.client()
    letter = client.send_letter_notification(str(LETTER), ADDRESS, reference="brief 7")["id"]
    client.send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES, reference="afspraak 7")
    table = send(office, f"{HEADS}\n{line('samir@example.org', reference='rij 1')}")
    with connect(office.trip.url) as connection:
        ClientStore(connection).give_number(office.id, number=NUMBER)
        take_text(connection, provider_id="1", sender="0612345678", to=NUMBER, text="Ik kom.", now=utc_now())
    for lane in ("press", "bulk", "bulk", "notify", "callbacks"):
        office.trip.work(lane)
    assert office.trip.rows("select from notify.call_attempts") != []
    opened = """
    insert into notify.file_openings
    select id, now() from notify.notifications where recipient = 'noor@example.org' returning true
    """
    assert len(office.trip.rows(opened)) == 1
    client.send_email_notification("wacht@example.org", str(EMAIL), personalisation=VALUES)
    (made,) = office.trip.rows("select sha256 from notify.notifications where sha256 is not null")

    next_day(office, after=89)
    assert client.get_notification_by_id(letter)["line_1"] == "N. de Vries"
    assert office.trip.vault.get(made["sha256"]).startswith(b"%PDF-")

    next_day(office, after=91)
    (left,) = office.trip.rows(TRACES)
    traces = ("noor", "Noor", "Vries", "samir", "0612345678", "kom", "1 december", "brief 7", "afspraak 7", "rij 1")
    assert [trace for trace in traces if trace in left["kept"] + left["of_tables"]] == []
    assert left["rows"] == 0
    with pytest.raises(MissingFileError):
        office.trip.vault.get(made["sha256"])
    with pytest.raises(HTTPError, match="No result found"):
        client.get_notification_by_id(letter)
    assert [each["email_address"] for each in client.get_all_notifications()["notifications"]] == ["wacht@example.org"]
    assert client.get_received_texts()["received_text_messages"] == []
    assert look(office, table)["counts"] == {"sending": 1}
    counted = "select channel, status, count(*) from notify.notifications group by 1, 2 order by 1, 2"
    assert [tuple(row.values()) for row in office.trip.rows(counted)] == [
        ("email", "created", 1),
        ("email", "sending", 2),
        ("letter", "technical-failure", 1),
    ]
    for lane, again in (("callbacks", NotificationSettled), ("notify", NotificationAccepted)):
        office.trip.tell(again(notification_id=UUID(letter)))
        office.trip.work(lane)
        dead = office.trip.rows("select reason from bus.delivery where dead_at is not null and consumer = %s", [lane])
        assert [row["reason"].split()[0] for row in dead] == ["PermanentError:"], "no second try finds it"
    yara = browser_of(office.app, YARA)
    assert yara.get(f"/berichten/systemen/{letter}").status_code == 404
    assert letter not in yara.get("/berichten/systemen").text

"""Where mail came back from nothing goes any more, what the law asks takes another way, and news can be declined."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask

from services.notify.domain.messages import Kind
from services.notify.domain.troubles import CAME_BACK
from services.notify.links import SignedLinks
from services.notify.report_store import take_report
from services.notify.returning import ReturnAddress, read_report
from services.notify.stop_store import StopStore
from shared.clock import utc_now
from shared.database import connect
from shared.events import ReachedByPost
from tests.services.notify.desk import SAMIR, browser_of, somebody
from tests.services.notify.noor import AWAITED, DECIDED, KEY, NOW, OPENED, TABLE
from tests.services.notify.office import EMAIL, VALUES, Office
from tests.services.notify.sink import Sink
from tests.services.notify.test_returns import report_on
from tests.services.notify.trip import NIGHT, Trip
from tests.shared.letters.samples import GRANTED, REFERENCE

ADDRESS = ReturnAddress("retour@voorbeeld.example", key=KEY)
BRAM = somebody("bram", "functional-administrator")


def bounce(trip: Trip, **changes: str) -> None:
    """Have the last mail come back."""
    (last,) = trip.rows("select id from notify.messages order by id desc limit 1")
    report = read_report(report_on(last["id"], **changes), address=ADDRESS)
    with connect(trip.url) as connection:
        take_report(connection, report=report, table=TABLE, now=NOW)


def test_after_a_hard_bounce_nothing_is_mailed_there_and_the_decision_goes_by_post(trip: Trip, sink: Sink) -> None:
    trip.tell(OPENED)
    trip.work("notify")
    bounce(trip, action="failed", code="4.4.7")
    assert trip.rows("select from notify.stops") == []
    trip.tell(AWAITED)
    trip.work("notify")
    trip.work("notify")
    bounce(trip)
    assert len(sink.taken) == 2
    trip.tell(replace(AWAITED, contact=replace(AWAITED.contact, email="NOOR@example.org")))
    for _ in range(3):
        trip.work("notify")
    assert len(sink.taken) == 2
    (stopped,) = trip.rows("select a.provider, a.outcome, a.answer from notify.attempts a order by a.id desc limit 1")
    assert (stopped["provider"], stopped["outcome"]) == ("", "refused")
    assert "came back" in stopped["answer"]
    failed = trip.told("NoticeFailed")
    assert [each["by_post"] for each in failed] == [True, True, True]
    assert failed[-1]["because"] == "refused"
    trip.tell(ReachedByPost(reference=REFERENCE, party=replace(GRANTED.applicant, email="")))
    trip.work("notify")
    assert {row["by_post"] for row in trip.rows("select by_post from notify.messages")} == {True}


def test_an_address_that_a_server_refuses_at_once_is_stopped_too_and_a_full_mailbox_is_not(
    trip: Trip, sink: Sink
) -> None:
    sink.to_recipient = "552 5.2.2 mailbox full"
    trip.tell(OPENED)
    for _ in range(2):
        trip.work("notify")
    for about_us in ("550 relaying denied", "553 sorry", "550 5.1.8 sender domain unknown", "550 5.7.1 policy 5.1.1"):
        sink.to_recipient = about_us
        trip.tell(AWAITED)
        for _ in range(2):
            trip.work("notify")
    assert trip.rows("select from notify.stops") == []
    sink.to_recipient = "550 5.1.1 <noor@example.org> unknown"
    trip.tell(AWAITED)
    for _ in range(2):
        trip.work("notify")
    assert trip.rows("select address, because from notify.stops") == [
        {"address": "noor@example.org", "because": "bounced"}
    ]


def test_a_client_hears_that_its_mail_did_not_go_to_a_stopped_address(office: Office) -> None:
    for _ in range(2):
        sent = office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
        office.trip.work("notify")
        found = office.client().get_notification_by_id(sent["id"])
        if found["status"] == "sending":
            report = read_report(report_on(UUID(sent["id"])), address=ADDRESS)
            with connect(office.trip.url) as connection:
                take_report(connection, report=report, table=TABLE, now=utc_now())
    assert found["status"] == "permanent-failure"
    assert len(office.sink.taken) == 1
    tried = office.trip.rows("select provider, outcome, answer from notify.notification_attempts order by id desc")
    assert [*tried[0].values()] == ["", "refused", CAME_BACK]
    office.sink.to_recipient = "550 5.1.1 unknown"
    office.client().send_email_notification("mila@example.org", str(EMAIL), personalisation=VALUES)
    office.trip.work("notify")
    stopped = office.trip.rows("select address from notify.stops order by address")
    assert [each["address"] for each in stopped] == ["mila@example.org", "noor@example.org"]


def test_who_mends_messages_sees_stopped_addresses_and_lifts_one_for_a_reason_that_is_kept(
    app: Flask, trip: Trip
) -> None:
    trip.tell(OPENED)
    trip.work("notify")
    bounce(trip)
    assert browser_of(app, SAMIR).get("/berichten/gestopt").status_code == 403
    bram = browser_of(app, BRAM)
    page = bram.get("/berichten/gestopt").text
    assert "noor@" not in page
    assert "n…@example.org" in page
    both = browser_of(app, somebody("bo", "functional-administrator", "front-desk"))
    assert "noor@example.org" in both.get("/berichten/gestopt").text
    found = {each: bram.post("/berichten/gestopt", data={"zoek": each}).text for each in ("Noor@example.org", "noor")}
    assert ["n…@example.org" in each for each in found.values()] == [True, False]
    assert "Dit adres is niet gestopt." in found["noor"]
    (stop,) = re.findall(r'name="stop" value="([^"]+)"', page)
    assert bram.post("/berichten/gestopt", data={"stop": stop}).status_code == 422
    for _ in range(2):
        answer = bram.post("/berichten/gestopt", data={"stop": stop, f"reason-{stop}": "Noor belde: het werkt weer."})
        assert answer.status_code == 303
    assert "example.org" not in bram.get("/berichten/gestopt").text
    acts = trip.rows("select who, details from notify.audit where act = 'stop.lift'")
    assert acts == [{"who": "bram", "details": {"stop": stop, "reason": "Noor belde: het werkt weer."}}]
    with connect(trip.url) as connection:
        stops = StopStore(connection)
        stops.add("weg@example.org", because="bounced", now=NOW)
        stops.add("wil-niet@example.org", because="declined", now=NOW)
        stops.forget(before=NOW)
        assert len(stops.all_open()) == 2
        stops.forget(before=NOW + timedelta(seconds=1))
        assert [each.because for each in stops.all_open()] == ["declined"]
    kept = trip.rows("select lifted_by, lifted_because from notify.stops where lifted_at is not null")
    assert kept == [{"lifted_by": "bram", "lifted_because": "Noor belde: het werkt weer."}]


def test_news_can_be_declined_with_one_click_and_what_the_law_asks_still_comes(
    app: Flask, trip: Trip, sink: Sink
) -> None:
    for fact in (OPENED, AWAITED):
        trip.tell(fact)
    for _ in range(2):
        trip.work("notify")
    by_kind = {str(mail["Subject"]): mail for mail in sink.taken}
    assert len(by_kind) == 2
    (news,) = [mail for mail in sink.taken if mail["List-Unsubscribe"]]
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = news["List-Unsubscribe"].strip("<>")
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in sink.raw[sink.taken.index(news)]
    html = news.get_body(("html",))
    assert html
    assert link in html.get_content()
    assert "noor" not in link
    path = link.removeprefix("http://notify.example")
    client = app.test_client()
    assert "Meld mij af" in client.get(path).text
    assert trip.rows("select from notify.stops") == []
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path[:-1] + "x").status_code == client.get("/afmelden/x").status_code == 404
    with connect(trip.url) as connection:
        connection.execute("update notify.messages set recipient = 'ander@example.org' where kind = 'reminder'")
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 404
    with connect(trip.url) as connection:
        connection.execute("update notify.messages set recipient = 'NOOR@example.org' where kind = 'reminder'")
    older = SignedLinks("", key=KEY).leaving(UUID(path.split("/")[2].split(".")[0]), recipient=None)
    assert client.get(f"{path.split('.')[0]}.{older}").status_code == 200
    for fact in (AWAITED, DECIDED):
        trip.tell(fact)
    for consumer in ("notify", "press", "notify", "notify"):
        trip.work(consumer)
    assert [row["kind"] for row in trip.rows("select kind from notify.messages order by id")] == [
        "receipt",
        "reminder",
        "decision",
    ]
    assert "U bent afgemeld" in client.get(path).text
    assert client.post(path, data={"again": "1"}).status_code == 200
    trip.tell(AWAITED)
    trip.work("notify")
    assert len(trip.rows("select from notify.messages where kind = 'reminder'")) == 2
    trip.rows("update notify.messages set recipient = '' returning id")
    assert client.post(path).status_code == 404  # whose address is wiped cannot be taken for all without one


def test_reminders_and_news_can_be_declined_and_nothing_else() -> None:
    reminders = {Kind.REMINDER, Kind.COSIGN_REMINDER, Kind.ADVICE_REMINDER}
    assert TABLE.news == {*reminders, Kind.PROGRESS, Kind.PERMIT_EXPIRES, Kind.MORNING, Kind.PANEL}


def test_news_waits_while_mail_is_quiet_and_what_the_law_demands_does_not(trip: Trip, sink: Sink) -> None:
    trip.quiet_mail, trip.now = NIGHT, NOW.replace(hour=22, minute=30)
    for fact in (OPENED, AWAITED):
        trip.tell(fact)
    trip.work("notify")
    assert [mail["Subject"] for mail in sink.taken] == ["Wij hebben uw aanvraag ontvangen"]
    (waits,) = trip.rows("select due_at from bus.delivery where done_at is null and consumer = 'notify'")
    assert waits["due_at"] == datetime(2026, 11, 25, 6, tzinfo=UTC)
    trip.now = waits["due_at"]
    trip.work("notify")
    assert len(sink.taken) == 2

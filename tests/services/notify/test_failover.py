"""Mail servers stand in for each other; whatever they do, no message is lost and none that was taken leaves again."""

from __future__ import annotations

import socket
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dev.mailbox import Mailbox, make_mailbox
from services.notify.attempt_store import NotificationJournal
from services.notify.client_store import NotificationStore
from services.notify.domain.breaker import LONGEST_REST, RESTS_AFTER, SHORTEST_REST, Health
from services.notify.domain.states import Outcome
from services.notify.failover import Providers
from services.notify.health_store import KeptHealth
from services.notify.mailbox import SmtpSender
from services.notify.ports import BusyError, DownError, RefusedError, TextMessage, UnreachableError, UnsureError
from services.notify.sending import said_in
from services.notify.texting import HttpTexter
from shared.database import Connection, connect
from shared.ids import new_id
from tests.browser import served
from tests.conftest import Database
from tests.counting import CountingCursor, counting_pool
from tests.services.notify.noor import NOW, OPENED, FakeSender, FakeWard
from tests.services.notify.office import EMAIL, SMS, VALUES, Office
from tests.services.notify.sink import free_port
from tests.services.notify.test_mailbox import FROM, MAIL

MESSAGES = 24


class Tried:
    """Notes each attempt."""

    def __init__(self) -> None:
        self.providers: list[str] = []
        self.outcomes: list[Outcome] = []

    def begin(self, *, provider: str, content: str) -> UUID:
        assert len(content) == 64
        self.providers.append(provider)
        return new_id()

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        assert (attempt.version, bool(answer)) == (7, True)
        self.outcomes.append(outcome)


def named(name: str, *, trouble: Exception | None = None) -> FakeSender:
    sender = FakeSender(trouble=trouble)
    sender.name = name
    return sender


@given(st.lists(st.booleans(), max_size=30))
def test_a_provider_rests_after_failures_on_end_for_longer_each_time_and_is_well_after_one_mail(
    ups: list[bool],
) -> None:
    health, on_end = Health(), 0
    for up in ups:
        health, on_end = health.after(up=up, now=NOW), 0 if up else on_end + 1
        assert health.rests(NOW) == (on_end >= RESTS_AFTER)
        assert not health.rests(NOW + LONGEST_REST)
    if on_end == RESTS_AFTER:
        assert health.until == NOW + SHORTEST_REST


def test_the_next_takes_over_while_the_first_is_away_and_one_mail_finds_out_that_it_is_back() -> None:
    first, second, tried, now = named("first", trouble=DownError("away")), named("second"), Tried(), [NOW]
    providers = Providers([first, second], said=said_in, ward=FakeWard(), clock=lambda: now[0])
    for _ in range(RESTS_AFTER + 2):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert Counter(tried.providers) == {"first": RESTS_AFTER, "second": RESTS_AFTER + 2}
    now[0] += SHORTEST_REST
    first.trouble = None
    providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert tried.providers[-1] == "first"
    assert len(second.sent) == RESTS_AFTER + 2


def test_what_a_provider_may_have_goes_to_no_other_even_while_that_one_rests() -> None:
    first, second, tried = named("first", trouble=UnsureError("ReadTimeout")), named("second"), Tried()
    providers = Providers([first, second], said=said_in, ward=FakeWard(), clock=lambda: NOW)
    for _ in range(RESTS_AFTER):
        with pytest.raises(UnsureError):
            providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert (tried.providers, tried.outcomes) == (["first"] * RESTS_AFTER, []), "nobody knows how these ended"
    with pytest.raises(DownError, match="rests"):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end, only="first")
    assert second.sent == []
    providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    providers.hand_over(MAIL, begin=tried.begin, end=tried.end, only="gone since")
    assert len(second.sent) == 2


def test_a_text_message_waits_for_the_provider_that_was_handed_it_when_the_answer_never_came(office: Office) -> None:
    office.trip.sms_url = f"http://127.0.0.1:{free_port()}"
    sent = office.client().send_sms_notification("0612345678", str(SMS), personalisation={"name": "Noor"})["id"]
    office.trip.work("notify")
    with connect(office.trip.url) as connection:
        kept = NotificationStore(connection)
        assert kept.may_have(UUID(sent)) is None, "nobody was there to take it"
        NotificationJournal(connection).begin(kept.get(UUID(sent)), provider="elders", content="0" * 64, now=NOW)
        assert kept.may_have(UUID(sent)) == "elders"


@pytest.mark.machine
def test_a_provider_that_falls_silent_may_have_the_message_and_one_that_is_not_there_cannot() -> None:
    text = TextMessage(id=new_id(), sender="Gemeente", recipient="+31612345678", text="Uw afspraak is morgen.")
    ill = Flask("ill")
    ill.add_url_rule("/<int:code>", view_func=lambda code: ("", code), methods=["POST"])
    with socket.create_server(("127.0.0.1", 0)) as silent, served(ill) as base:
        with pytest.raises(UnsureError, match="ReadTimeout"):
            HttpTexter(f"http://127.0.0.1:{silent.getsockname()[1]}/", key=None, patience=0.2).send(text)
        for code, trouble in {500: UnsureError, 408: UnsureError, 503: DownError, 403: DownError}.items():
            with pytest.raises(trouble, match=str(code)):
                HttpTexter(f"{base}/{code}", key=None).send(text)
    for away in (f"http://127.0.0.1:{free_port()}/", "http://"):
        with pytest.raises(DownError):
            HttpTexter(away, key=None).send(text)


def test_a_refusal_is_final_and_a_busy_mailbox_is_no_illness_of_the_server() -> None:
    first, second, tried = named("first", trouble=RefusedError("550")), named("second"), Tried()
    providers = Providers([first, second], said=said_in, ward=FakeWard(), clock=lambda: NOW)
    with pytest.raises(RefusedError):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    assert second.sent == []
    first.trouble = second.trouble = UnreachableError("450 busy")
    for _ in range(RESTS_AFTER + 1):
        with pytest.raises(UnreachableError, match="busy"):
            providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    first.trouble = second.trouble = DownError("away")
    for _ in range(RESTS_AFTER):
        with pytest.raises(DownError, match="away"):
            providers.hand_over(MAIL, begin=tried.begin, end=tried.end)
    with pytest.raises(DownError, match="rests"):
        providers.hand_over(MAIL, begin=tried.begin, end=tried.end)


def test_whatever_a_server_does_nothing_is_lost_and_only_what_hung_up_after_it_took_a_mail_sees_it_again(
    office: Office,
) -> None:
    trip, sink = office.trip, office.sink
    away = SmtpSender(f"smtp://127.0.0.1:{free_port()}", sender=FROM)
    trip.sender = away
    for number in range(MESSAGES):
        trip.tell(replace(OPENED, reference=f"Z-2026-{number:04d}-AAAA"))
    for _ in range(MESSAGES // 2):
        office.client().send_email_notification("noor@example.org", str(EMAIL), personalisation=VALUES)
    trip.work("notify")
    tried = trip.rows(
        "select provider from notify.attempts union all select provider from notify.notification_attempts"
    )
    assert len(tried) == RESTS_AFTER  # the others heard from these that it is away
    assert {row["state"] for row in trip.rows("select state from notify.messages")} <= {"created", "sending"}
    trip.sender = SmtpSender(sink.url, sender=FROM, patience=0.3)
    moods = cycle(["451 later", "250 OK", "drop", "421 closing", "554 never", "250 OK", "250 OK"])
    sink.script = (next(moods) for _ in range(MESSAGES * 3))
    silences = cycle(["250 OK", "250 OK", "hang", "250 OK", "450 busy", "250 OK", "250 OK"])
    sink.recipients = (next(silences) for _ in range(MESSAGES * 2))
    for _ in range(10):
        trip.now += timedelta(minutes=10)
        trip.work("notify")
    kept = {
        f"<{row['id']}@voorbeeld.example>": row["state"]
        for row in trip.rows(
            "select id, state from notify.messages union all "
            "select id, replace(status, 'sending', 'sent') from notify.notifications"
        )
    }
    assert len(kept) == MESSAGES + MESSAGES // 2
    assert set(kept.values()) == {"sent", "permanent-failure"}
    answers = {name: [answer for number, answer in sink.said if number == name] for name in kept}
    for name, heard in answers.items():
        taken = heard.count("250 OK")
        assert taken == int(kept[name] == "sent")
        assert heard.count("554 never") == int(kept[name] == "permanent-failure")
        assert "drop" in heard or heard.count("250 OK") + heard.count("554 never") == 1
    assert any("drop" in heard for heard in answers.values())
    sent = [each["message_id"] for each in trip.told("NoticeSent")]
    failed = [each["message_id"] for each in trip.told("NoticeFailed")]
    assert len(set(sent)) + len(set(failed)) == len(sent) + len(failed) == MESSAGES


def test_what_one_process_finds_out_holds_for_all_and_after_the_rest_one_message_of_all_finds_out(
    database: Database,
) -> None:
    with (
        connect(database.dsn("notify"), autocommit=True) as one,
        connect(database.dsn("notify"), autocommit=True) as two,
    ):
        mine, other = (KeptHealth(partial(_same, each), per_minute={"slow": 60}) for each in (one, two))
        for _ in range(RESTS_AFTER):
            assert other.may_try("first", now=NOW)
            mine.note("first", up=False, now=NOW)
        assert not other.may_try("first", now=NOW)
        assert other.may_try("second", now=NOW)
        back = NOW + SHORTEST_REST
        assert [each.may_try("first", now=back) for each in (other, mine)] == [True, False]
        other.note("first", up=True, now=back)
        assert mine.health("first") == Health()
        assert mine.may_try("first", now=back)


def test_once_a_provider_is_well_again_a_message_costs_no_statement_to_learn_so(database: Database) -> None:
    with counting_pool(database.dsn("notify")) as pool, pool.connection() as connection:
        ward = KeptHealth(partial(_same, connection), per_minute={})
        ward.note("first", up=False, now=NOW)
        assert ward.may_try("first", now=NOW)
        ward.note("first", up=True, now=NOW)
        before = CountingCursor.said
        for _ in range(3):
            assert ward.may_try("first", now=NOW)
            ward.note("first", up=True, now=NOW)
        assert CountingCursor.said == before
        assert ward.health("first") == Health()
        ward.note("first", up=False, now=NOW)
        assert ward.health("first") == Health(failures=1)
        assert CountingCursor.said > before, "what it finds out is kept"


def test_a_provider_has_no_more_a_minute_than_it_takes_from_all_processes_together(database: Database) -> None:
    with (
        connect(database.dsn("notify"), autocommit=True) as one,
        connect(database.dsn("notify"), autocommit=True) as two,
    ):
        mine, other = (KeptHealth(partial(_same, each), per_minute={"slow": 124}) for each in (one, two))
        table = KeptHealth(partial(_same, two), per_minute={"slow": 124}, bulk=True)
        for ward in (mine, other, table):
            ward.take_turn("slow", now=NOW)
        dues = [due_of(table), due_of(table)]
        mine.take_turn("slow", now=NOW)
        other.take_turn("slow", now=NOW)
        dues += [due_of(other)]
        assert [(due - NOW).total_seconds() for due in dues] == [0.5, 1.0, 0.5], "a step is half a second"
        table.take_turn("slow", now=NOW + timedelta(minutes=1))
        mine.take_turn("fast", now=NOW)
        for _ in range(RESTS_AFTER):
            mine.note("slow", up=False, now=NOW)
        back = NOW + SHORTEST_REST
        assert mine.may_try("slow", now=back)
        for _ in range(9):
            mine.take_turn("slow", now=back)  # who finds out whether it is back waits for no turn


def due_of(ward: KeptHealth) -> datetime:
    """When what finds no turn is tried again."""
    with pytest.raises(BusyError) as busy:
        ward.take_turn("slow", now=NOW)
    return busy.value.due


def test_what_finds_no_turn_is_heard_again_at_its_turn_and_did_not_fail(office: Office) -> None:
    trip = office.trip
    trip.per_minute = {trip.sender.name: 20}
    for number in range(2):
        trip.tell(replace(OPENED, reference=f"Z-2026-{number:04d}-AAAA"))
    trip.work("notify")
    assert len(office.sink.taken) == 1
    (waits,) = trip.rows("select due_at, failures from bus.delivery where consumer = 'notify' and done_at is null")
    assert (NOW < waits["due_at"] < NOW + timedelta(seconds=4), waits["failures"]) == (True, 0)
    assert [row["state"] for row in trip.rows("select state from notify.messages order by state")] == [
        "created",
        "sent",
    ]
    trip.now = waits["due_at"]
    trip.work("notify")
    assert len(office.sink.taken) == 2


@pytest.mark.machine
def test_text_messages_have_a_second_provider_too_and_a_key_that_is_not_known_is_no_fault_of_the_message(
    tmp_path: Path,
) -> None:
    mailbox, tried = Mailbox(tmp_path / "texts"), Tried()
    text = TextMessage(id=new_id(), sender="Gemeente", recipient="+31612345678", text="Uw afspraak is morgen.")
    stranger = Flask("stranger")
    stranger.add_url_rule("/texts", view_func=lambda: ("", 401), methods=["POST"])
    with served(make_mailbox(mailbox, environment="test")) as base, served(stranger) as other:
        senders = [
            HttpTexter(f"http://127.0.0.1:{free_port()}/texts", key=None),
            HttpTexter(f"{other}/texts", key="old"),
            HttpTexter(f"{base}/texts", key="k"),
        ]
        ways = Providers(senders, said=lambda each: each.text, ward=FakeWard(), clock=lambda: NOW)
        for _ in range(RESTS_AFTER + 1):
            ways.hand_over(text, begin=tried.begin, end=tried.end)
        assert [each.answers() for each in senders[1:]] == [True, True]
    assert Counter(tried.providers).most_common() == [(senders[2].name, 4), (senders[0].name, 3), (senders[1].name, 3)]
    assert Counter(tried.outcomes) == {Outcome.ACCEPTED: 4, Outcome.UNREACHABLE: 6}
    assert {each.text.strip() for each in mailbox.messages()} == {text.text}


def _same(connection: Connection) -> Connection:
    return connection

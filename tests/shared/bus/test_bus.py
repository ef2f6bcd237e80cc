"""Facts get through exactly once, whatever is killed, wiped or wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from shared.bus import Courier, Inbox, PermanentError, list_dead, replay
from shared.bus.day import forget_heard, number_of, tell_day
from shared.bus.deliver import wait_after
from shared.bus.relay import ATTEMPTS_BEFORE_DEAD, ENVELOPE_SIZE, QUEUED_AT_MOST
from shared.database import Connection
from shared.events import DayBegan, InformationGiven, MessageComposed, NoticeSent
from shared.routes import FORMS, NOTIFY, WORKFLOW
from shared.wire import name_of, to_wire
from tests.contracts.samples import ID, SAMPLES
from tests.shared.bus.conftest import NOW, Bus

GIVEN = next(sample for sample in SAMPLES if isinstance(sample, InformationGiven))
SENT = next(sample for sample in SAMPLES if isinstance(sample, NoticeSent))


class Heard:
    """An inbox that writes down what it heard, in the database."""

    def __init__(self, consumer: str, *classes: type) -> None:
        self.inbox = Inbox(consumer)
        self.events: list[object] = []
        self.raises: Exception | None = None
        for event_class in classes:
            self.inbox.hears(event_class)(self._hear)

    def _hear(self, connection: Connection, happened: Any, /, *, now: datetime) -> None:
        connection.execute("insert into bus.heartbeat (part, at) values (%s, %s)", [self._effect(), now])
        self.events.append(happened)
        if self.raises:
            raise self.raises

    def _effect(self) -> str:
        return f"effect {self.inbox.consumer} {len(self.events)}"


def test_a_fact_reaches_its_hearer_once_with_effect_and_acknowledgement_together(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)

    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.work(heard.inbox)

    assert heard.events == [GIVEN]
    assert bus.state(WORKFLOW)["done_at"] is not None
    assert _effects(bus) == 1


def test_a_fact_told_in_a_transaction_that_fails_was_never_told(bus: Bus) -> None:
    with bus.connection.transaction(force_rollback=True):
        Courier(bus.connection, now=NOW).tell(GIVEN)

    assert bus.relay.relay() == 0


def test_a_job_that_comes_twice_has_one_effect(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.connection.execute("update bus.delivery set queued_at = null")
    bus.relay.relay()

    bus.work(heard.inbox)

    assert len(heard.events) == 1


def test_a_handler_that_fails_leaves_no_effect_and_is_tried_again_later(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    heard.raises = TimeoutError("the register is down")
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.work(heard.inbox)

    row = bus.state(WORKFLOW)
    assert (row["failures"], row["dead_at"], row["done_at"], row["queued_at"]) == (1, None, None, None)
    assert row["reason"] == "TimeoutError: the register is down"
    assert _effects(bus) == 0

    heard.raises = None
    bus.connection.execute("update bus.delivery set due_at = now()")
    bus.relay.relay()
    bus.work(heard.inbox)
    assert bus.state(WORKFLOW)["done_at"] is not None


def test_waits_double_up_to_an_hour() -> None:
    assert [round(wait_after(0)), round(wait_after(30)) // 1000] in ([1, 2], [1, 3], [1, 4])
    assert all(0.8 * 2**n <= wait_after(n) <= 1.2 * 2**n for n in range(11))


def test_a_message_that_can_never_be_handled_lands_in_the_list_and_can_be_replayed(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    heard.raises = PermanentError("no such case")
    event_id = Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.work(heard.inbox)

    (dead,) = list_dead(bus.connection)
    assert (dead.event_id, dead.consumer, dead.name) == (event_id, WORKFLOW, "InformationGiven")
    assert dead.reason == "PermanentError: no such case"
    assert bus.relay.relay() == 0

    heard.raises = None
    assert replay(bus.connection, event_id=event_id, consumer=WORKFLOW)
    assert not replay(bus.connection, event_id=event_id, consumer=WORKFLOW)
    bus.relay.relay()
    bus.work(heard.inbox)
    assert list_dead(bus.connection) == []
    assert bus.state(WORKFLOW)["done_at"] is not None


def test_giving_up_and_what_follows_from_it_are_kept_together(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    heard.raises = PermanentError("no such case")
    given_up: list[object] = []

    @heard.inbox.gives_up(InformationGiven)
    def follow(connection: Connection, happened: object, /, *, now: datetime) -> None:
        connection.execute("insert into bus.heartbeat (part, at) values ('effect of giving up', %s)", [now])
        given_up.append(happened)

    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.work(heard.inbox)

    assert given_up == [GIVEN]
    assert (bus.state(WORKFLOW)["dead_at"] is not None, _effects(bus)) == (True, 1)


def test_only_who_hears_an_event_can_give_up_on_it() -> None:
    with pytest.raises(ValueError, match="not heard"):
        Inbox(WORKFLOW).gives_up(InformationGiven)


def test_a_malformed_message_lands_in_the_list_too(bus: Bus) -> None:
    event_id = Courier(bus.connection, now=NOW).tell(GIVEN)
    with psycopg.connect(bus.database.dsn()) as owner:
        owner.execute("update bus.event set payload = '{}' where id = %s", [event_id])
    bus.relay.relay()
    bus.work(Heard(WORKFLOW, InformationGiven).inbox)

    (dead,) = list_dead(bus.connection)
    assert dead.reason.startswith("MalformedEventError")


def test_a_wiped_queue_costs_nothing(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.valkey.flushall()
    _let_time_pass(bus)

    assert bus.relay.sweep() == 1
    bus.relay.relay()
    bus.work(heard.inbox)
    assert heard.events == [GIVEN]


def test_the_sweeper_leaves_alone_what_waits_honestly_in_the_queue(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    _let_time_pass(bus)

    assert bus.relay.sweep() == 0
    assert bus.relay.sweep() == 0


def test_the_sweeper_leaves_alone_what_a_worker_has_in_hand(bus: Bus) -> None:
    event_id = Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.valkey.flushall()
    _let_time_pass(bus)

    with psycopg.connect(bus.database.dsn("workflow")) as worker:
        worker.execute("select from bus.delivery where event_id = %s for update", [event_id])
        assert bus.relay.sweep() == 0
    assert bus.relay.sweep() == 1


def test_work_of_a_worker_that_died_is_handed_out_again_at_the_second_sweep(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    (job,) = bus.valkey.lrange("rq:queue:workflow", 0, -1)
    bus.valkey.delete("rq:queue:workflow")
    bus.valkey.hset(b"rq:job:" + job, "status", "started")
    _let_time_pass(bus)

    assert bus.relay.sweep() == 0
    assert bus.relay.sweep() == 1


def test_a_message_that_kills_every_worker_is_given_up(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.valkey.flushall()
    _let_time_pass(bus)
    bus.connection.execute("update bus.delivery set attempt = %s", [ATTEMPTS_BEFORE_DEAD])

    bus.relay.sweep()

    (dead,) = list_dead(bus.connection)
    assert "worker ended" in dead.reason


def test_a_busy_queue_shares_jobs_and_the_rest_waits_in_the_database(bus: Bus) -> None:
    heard = Heard(WORKFLOW, InformationGiven)
    most = ENVELOPE_SIZE[WORKFLOW] * QUEUED_AT_MOST
    for _ in range(most + 5):
        Courier(bus.connection, now=NOW).tell(GIVEN)

    assert bus.relay.relay() == most
    assert bus.relay.relay() == 0
    assert bus.valkey.llen("rq:queue:workflow") == QUEUED_AT_MOST
    bus.work(heard.inbox)
    assert bus.relay.relay() == 5
    bus.work(heard.inbox)
    assert len(heard.events) == most + 5


def test_a_fact_for_the_teller_itself_is_handled_in_the_same_job(bus: Bus) -> None:
    inbox = Inbox(NOTIFY)
    heard: list[object] = []

    @inbox.hears(MessageComposed)
    def hear(connection: Connection, happened: Any, /, *, now: datetime) -> None:
        heard.append(happened)
        if len(heard) == 1:
            Courier(connection, now=now).tell(MessageComposed(message_id=ID))

    Courier(bus.connection, now=NOW).tell(MessageComposed(message_id=ID))
    bus.relay.relay()
    bus.work(inbox)

    assert len(heard) == 2
    assert bus.relay.relay() == 0


def test_two_hearers_each_get_the_fact(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(SENT)
    bus.relay.relay()
    for consumer in (WORKFLOW, FORMS):
        heard = Heard(consumer, NoticeSent)
        bus.work(heard.inbox)
        assert heard.events == [SENT]


def test_a_fact_with_a_moment_waits_for_it(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN, due=NOW + timedelta(days=36500))

    assert bus.relay.relay() == 0


def test_nothing_but_our_own_job_can_be_run_from_the_queue(bus: Bus, tmp_path: Path) -> None:
    intruder = Queue(WORKFLOW, connection=bus.valkey, serializer=JSONSerializer)
    job = intruder.enqueue("os.mkdir", str(tmp_path / "made"))

    bus.work(Heard(WORKFLOW, InformationGiven).inbox)

    assert not Job.exists(job.id, connection=bus.valkey)
    assert not (tmp_path / "made").exists()


def test_a_worker_that_loses_valkey_in_the_middle_of_a_job_goes_on_with_the_next(bus: Bus) -> None:
    inbox, heard = Inbox(WORKFLOW), []

    @inbox.hears(InformationGiven)
    def hear(_connection: Connection, happened: InformationGiven, /, *, now: datetime) -> None:
        bus.valkey.client_kill_filter(_type="normal", skipme=True)
        heard.append(happened)

    for _ in range(2):
        Courier(bus.connection, now=NOW).tell(GIVEN)
        bus.relay.relay()
    bus.work(inbox)

    assert heard == [GIVEN, GIVEN]
    assert bus.connection.execute("select from bus.delivery where done_at is null").rowcount == 0


def test_nothing_is_left_in_valkey_of_a_job_that_is_done(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    bus.work(Heard(WORKFLOW, InformationGiven).inbox)

    assert [key for key in bus.valkey.scan_iter() if b":job:" in key or b":queue:" in key] == []


def test_only_ids_travel_through_valkey(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()

    kept = b"".join(bus.valkey.dump(key) or b"" for key in bus.valkey.scan_iter())
    assert b"stoep" not in kept
    assert GIVEN.reference.encode() not in kept


def test_the_day_is_told_once_however_many_clocks_run(bus: Bus) -> None:
    with psycopg.connect(bus.database.dsn("clock"), row_factory=psycopg.rows.dict_row) as clock:
        first, second = tell_day(clock, now=NOW), tell_day(clock, now=NOW + timedelta(hours=2))

    told = bus.connection.execute("select name, payload from bus.event").fetchall()
    assert first == second == number_of(NOW.date())
    assert told == [{"name": name_of(DayBegan(on=NOW.date()))[0], "payload": to_wire(DayBegan(on=NOW.date()))}]


def test_facts_are_forgotten_only_when_old_and_heard_by_all(bus: Bus) -> None:
    old = Courier(bus.connection, now=NOW - timedelta(days=31)).tell(GIVEN)
    unheard = Courier(bus.connection, now=NOW - timedelta(days=31)).tell(GIVEN)
    recent = Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.connection.execute("update bus.delivery set done_at = now() where event_id <> %s", [unheard])

    with psycopg.connect(bus.database.dsn("clock"), row_factory=psycopg.rows.dict_row) as clock:
        assert forget_heard(clock, now=NOW) == 1

    left = {row["id"] for row in bus.connection.execute("select id from bus.event")}
    assert left == {unheard, recent}
    assert old not in left


def test_an_event_without_a_route_to_here_or_with_two_handlers_is_refused() -> None:
    with pytest.raises(ValueError, match="not routed"):
        Inbox(FORMS).hears(InformationGiven)
    inbox = Heard(WORKFLOW, InformationGiven).inbox
    with pytest.raises(ValueError, match="two handlers"):
        inbox.hears(InformationGiven)(lambda *_, **__: None)


def _let_time_pass(bus: Bus) -> None:
    bus.connection.execute("update bus.delivery set queued_at = queued_at - interval '10 seconds'")


def _effects(bus: Bus) -> int:
    row = bus.connection.execute("select count(*) as n from bus.heartbeat where part like 'effect%%'").fetchone()
    return row["n"] if row else 0

"""The one RQ job of the whole product: handle deliveries, each with its effect and acknowledgement in one commit."""

from __future__ import annotations

import os
import random
from collections import deque
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import psycopg
from rq import get_current_job

from shared.bus.courier import Desk, desk
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection, connect
from shared.log import logger
from shared.wire import MalformedEventError, UnknownEventError, from_wire

LONGEST_WAIT_S = 3600
REASON_LENGTH = 500
UNREADABLE = (UnknownEventError, MalformedEventError)

_TAKE = """
with open as (
    select event_id, consumer from bus.delivery
    where event_id = %s and consumer = %s and done_at is null and dead_at is null
    for update skip locked
)
update bus.delivery d set done_at = now(), reason = null
from open join bus.event e on e.id = open.event_id
where d.event_id = open.event_id and d.consumer = open.consumer
returning d.failures, e.name, e.version, e.payload
"""
"""Takes a delivery and acknowledges it at once: a handler that fails takes the acknowledgement back with its effect."""

_BURY = """
update bus.delivery d set dead_at = now(), queued_at = null, job = null, failures = failures + 1, reason = %s
from bus.event e
where e.id = d.event_id and d.event_id = %s and d.consumer = %s and d.done_at is null
returning e.name, e.version, e.payload
"""
_PUT_BACK = """
update bus.delivery
set queued_at = null, job = null, failures = failures + 1, reason = %s, due_at = now() + make_interval(secs => %s)
where event_id = %s and consumer = %s and done_at is null
"""


class Counter:
    """Where one consumer's deliveries are handled: its inbox and its connection to the database."""

    def __init__(self, inbox: Inbox, *, database_url: str, clock: Callable[[], datetime]) -> None:
        """Serve this inbox; the connection is opened at the first delivery and kept."""
        self._inbox = inbox
        self._url = database_url
        self._clock = clock
        self._kept: tuple[int, Connection] | None = None

    def handle(self, event_ids: list[str], *, job: str) -> int:
        """Handle these deliveries, then those they led to for the same consumer; tell how many took effect.

        Raises:
            psycopg.Error: the database is gone; the sweeper hands out again what was left.
        """
        waiting = deque(UUID(number) for number in event_ids)
        handled = 0
        while waiting:
            event_id = waiting.popleft()
            at_work = Desk(consumer=self._inbox.consumer, job=job, at_hand=event_id)
            token = desk.set(at_work)
            try:
                handled += self._handle_one(event_id, at_work=at_work)
                waiting.extend(at_work.next)
            finally:
                desk.reset(token)
        return handled

    def close(self) -> None:
        """Hang up."""
        if self._kept:
            self._kept[1].close()

    def _handle_one(self, event_id: UUID, *, at_work: Desk) -> bool:
        connection = self._connection()
        try:
            with connection.transaction():
                return self._take_effect(connection, event_id=event_id, at_work=at_work)
        except (PermanentError, *UNREADABLE) as error:
            self._bury(event_id, error=error)
        except Exception as error:  # whatever a handler raises, the message must not be lost
            if connection.closed:
                raise
            if at_work.failures + 1 < at_work.patience:
                self._put_back(event_id, failures=at_work.failures, error=error)
            else:
                self._bury(event_id, error=error)
        at_work.next.clear()
        return False

    def _take_effect(self, connection: Connection, *, event_id: UUID, at_work: Desk) -> bool:
        taken = connection.execute(_TAKE, [event_id, self._inbox.consumer]).fetchone()
        if taken is None:
            return False
        at_work.failures = taken["failures"]
        happened = from_wire(taken["name"], version=taken["version"], payload=taken["payload"])
        at_work.patience = self._inbox.patience(happened)
        self._inbox.handle(connection, happened, now=self._clock())
        return True

    def _bury(self, event_id: UUID, *, error: Exception) -> None:
        connection = self._connection()
        with connection.transaction():
            dead = connection.execute(_BURY, [_reason(error), event_id, self._inbox.consumer]).fetchone()
            if dead and not isinstance(error, UNREADABLE):
                happened = from_wire(dead["name"], version=dead["version"], payload=dead["payload"])
                self._inbox.give_up(connection, happened, now=self._clock())
        logger.error("message_dead", consumer=self._inbox.consumer, event_id=str(event_id), error=type(error).__name__)

    def _put_back(self, event_id: UUID, *, failures: int, error: Exception) -> None:
        parameters = [_reason(error), wait_after(failures), event_id, self._inbox.consumer]
        self._connection().execute(_PUT_BACK, parameters)
        logger.warning(
            "message_put_back", consumer=self._inbox.consumer, event_id=str(event_id), error=type(error).__name__
        )

    def _connection(self) -> Connection:
        """Give this process's connection; a fork must not speak over its parent's."""
        if self._kept is None or self._kept[0] != os.getpid() or self._kept[1].closed:
            self._kept = (os.getpid(), connect(self._url, autocommit=True))
        return self._kept[1]


def wait_after(failures: int) -> float:
    """Give the seconds to wait after this many failures: doubling from one second, jittered, an hour at most."""
    return float(min(2.0**failures, LONGEST_WAIT_S)) * random.uniform(0.8, 1.2)  # noqa: S311 jitter is no secret


_counters: dict[str, Counter] = {}


def open_counter(inbox: Inbox, *, database_url: str, clock: Callable[[], datetime]) -> Counter:
    """Say where this process handles the consumer's deliveries."""
    counter = Counter(inbox, database_url=database_url, clock=clock)
    _counters[inbox.consumer] = counter
    return counter


def deliver(consumer: str, event_ids: list[str], /) -> int:
    """Handle the deliveries that a job names. Safe to run twice, at once or again: the row decides.

    Raises:
        KeyError: this process serves another consumer.
        psycopg.OperationalError: the database is gone.
    """
    job = get_current_job()
    return _counters[consumer].handle(event_ids, job=job.id if job else "")


def _reason(error: Exception) -> str:
    if isinstance(error, psycopg.Error):
        return f"{type(error).__name__}: {error.diag.message_primary or ''}"[:REASON_LENGTH]
    return f"{type(error).__name__}: {error}"[:REASON_LENGTH]

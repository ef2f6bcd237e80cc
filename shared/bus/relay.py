"""The relay: hands open deliveries to RQ, and again when whoever had them is gone."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any, Final
from uuid import uuid4

import psycopg
import redis
from rq.job import Job

from shared.bus.courier import CHANNEL
from shared.bus.heartbeat import beat
from shared.bus.queue import envelope, open_queues, open_valkey
from shared.database import connect
from shared.log import logger
from shared.routes import BULK, CONSUMERS, PRESS

TAKE_AT_MOST: Final = 400
ENVELOPE_SIZE: Final = {consumer: 1 if consumer in {PRESS, BULK} else 20 for consumer in CONSUMERS}
"""Deliveries in one job: a busy queue shares what a job costs; a mail in a hurry waits for one letter or bulk mail."""
QUEUED_AT_MOST: Final = 4
"""Jobs that wait in one queue; the rest waits in PostgreSQL, where it can be counted and is never lost."""
HELD_BACK_S: Final = 0.02
LONGEST_HELD_BACK_S: Final = 0.16
"""How often full queues are looked at again: soon at first, then twice as long each time, while four jobs wait."""
IDLE_S: Final = 1.0
SWEEP_EVERY_S: Final = 2.0
ATTEMPTS_BEFORE_DEAD: Final = 50

_HAND_OUT = """
with due as materialized (
    select event_id, consumer, due_at from bus.delivery
    where done_at is null and dead_at is null and queued_at is null and due_at <= now() and consumer = any(%(open)s)
    order by due_at limit %(most)s for update skip locked
), packed as (
    select event_id, consumer, room.jobs,
           (row_number() over (partition by consumer order by due_at) - 1) / room.size as envelope
    from due join unnest(%(open)s::text[], %(sizes)s::integer[], %(jobs)s::integer[]) as room (consumer, size, jobs)
    using (consumer)
), handed as (
    update bus.delivery d
    set attempt = d.attempt + 1, queued_at = now(), job = concat_ws('-', d.consumer, %(batch)s::text, packed.envelope)
    from packed where d.event_id = packed.event_id and d.consumer = packed.consumer and packed.envelope < packed.jobs
    returning d.event_id, d.consumer, d.job
)
select event_id, consumer, job, (select count(*) from due) as due from handed
"""
"""Packs what is due into jobs, as many as each queue has room for; `due` also counts what found no room."""

_OUT = """
select event_id, consumer, job, attempt from bus.delivery
where done_at is null and dead_at is null and queued_at < now() - interval '2 seconds'
order by queued_at limit 500 for update skip locked
"""
_AGAIN = """
update bus.delivery d set queued_at = null, job = null, due_at = now(),
    dead_at = case when d.attempt >= %(limit)s then now() end,
    reason = case when d.attempt >= %(limit)s then 'the worker ended each time it tried' else d.reason end
from unnest(%(events)s::uuid[], %(consumers)s::text[]) as x (event_id, consumer)
where d.event_id = x.event_id and d.consumer = x.consumer
"""


class Relay:
    """One is enough; two at once share the work through row locks."""

    def __init__(self, *, database_url: str, valkey_url: str) -> None:
        """Connect to both stores.

        Raises:
            psycopg.OperationalError, redis.ConnectionError: a store cannot be reached.
        """
        self._database = connect(database_url, autocommit=True)
        self._ears = connect(database_url, autocommit=True)
        self._ears.execute(f"listen {CHANNEL}")
        self._valkey = open_valkey(valkey_url)
        self._queues = open_queues(self._valkey)
        self._suspects: set[tuple[str, str]] = set()
        self._held_back_s = 0.0
        logger.info("relay_started")

    def run(self) -> None:
        """Relay for ever.

        Raises:
            psycopg.Error, redis.RedisError: a store went away; start anew.
        """
        swept = 0.0
        while True:
            full = self.relay() == TAKE_AT_MOST
            if time.monotonic() - swept > SWEEP_EVERY_S:
                self.sweep()
                self._beat()
                swept = time.monotonic()
            wait = 0 if full else self._held_back_s or IDLE_S
            for _ in self._ears.notifies(timeout=wait, stop_after=1):
                pass

    def close(self) -> None:
        """Hang up."""
        self._database.close()
        self._ears.close()
        self._valkey.close()

    def relay(self) -> int:
        """Hand out what is due, as far as the queues have room; tell how many deliveries.

        The rows are committed first and the jobs queued after, so that a fast worker never finds them still locked. A
        crash in between leaves rows whose job does not exist, which the sweeper hands out again: late, never lost.
        """
        room = self._room()
        open_for = [consumer for consumer, free in room.items() if free]
        parameters = {
            "open": open_for,
            "sizes": [ENVELOPE_SIZE[consumer] for consumer in open_for],
            "jobs": [room[consumer] for consumer in open_for],
            "most": TAKE_AT_MOST,
            "batch": uuid4().hex,
        }
        handed = self._database.execute(_HAND_OUT, parameters).fetchall()
        held_back = len(open_for) < len(room) or any(row["due"] > len(handed) for row in handed[:1])
        longer = 0.0 if handed else min(2 * self._held_back_s, LONGEST_HELD_BACK_S)
        self._held_back_s = max(HELD_BACK_S, longer) if held_back else 0.0
        if handed:
            self._enqueue(handed)
        return len(handed)

    def sweep(self) -> int:
        """Make due again what was handed out and lies with nobody; tell how many.

        A delivery in work has its row locked and is skipped here. One whose job is gone or failed is due again at
        once; one whose job says started, or queued without being in the queue, when two sweeps running say so.
        """
        with self._database.transaction():
            out = self._database.execute(_OUT).fetchall()
            states = self._states(sorted({row["job"] for row in out if row["job"]}))
            lost = {(row["event_id"], row["consumer"]): states.get(row["job"]) for row in out}
            doubtful = {key for key, state in lost.items() if state == "doubtful"}
            again = [key for key, state in lost.items() if state == "gone" or state is None]
            again += [key for key in doubtful if key in self._suspects]
            self._suspects = doubtful - set(again)
            if again:
                events, consumers = zip(*again, strict=True)
                parameters = {"events": list(events), "consumers": list(consumers), "limit": ATTEMPTS_BEFORE_DEAD}
                self._database.execute(_AGAIN, parameters)
                logger.info("deliveries_again", count=len(again))
        return len(again)

    def _room(self) -> dict[str, int]:
        pipeline = self._valkey.pipeline(transaction=False)
        for consumer in CONSUMERS:
            pipeline.llen(self._queues[consumer].key)
        waiting = pipeline.execute()
        return {name: max(0, QUEUED_AT_MOST - count) for name, count in zip(CONSUMERS, waiting, strict=True)}

    def _enqueue(self, handed: Sequence[dict[str, Any]]) -> None:
        jobs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in handed:
            jobs[row["consumer"], row["job"]].append(str(row["event_id"]))
        for consumer in {consumer for consumer, _ in jobs}:
            envelopes = [
                envelope(consumer, event_ids=numbers, job=job)
                for (name, job), numbers in jobs.items()
                if name == consumer
            ]
            self._queues[consumer].enqueue_many(envelopes)

    def _states(self, jobs: Sequence[str]) -> dict[str, str]:
        """Say of each job whether it waits honestly, is in doubt, or is gone."""
        pipeline = self._valkey.pipeline(transaction=False)
        for job in jobs:
            pipeline.hget(Job.key_for(job), "status")
            pipeline.lpos(self._queues[job.partition("-")[0]].key, job)
        answers = pipeline.execute()
        return {
            job: _state(status, position=position)
            for job, status, position in zip(jobs, answers[::2], answers[1::2], strict=True)
        }

    def _beat(self) -> None:
        beat(self._database, part="relay")


def run_relay(*, database_url: str, valkey_url: str) -> None:
    """Relay for ever, connecting anew whenever a store goes away."""
    while True:
        try:
            with closing(Relay(database_url=database_url, valkey_url=valkey_url)) as relay:
                relay.run()
        except (psycopg.Error, redis.RedisError, OSError) as error:
            logger.warning("relay_reconnects", error=type(error).__name__)
            with suppress(KeyboardInterrupt):
                time.sleep(0.3)


def _state(status: bytes | None, *, position: int | None) -> str:
    if status is None or status in {b"failed", b"stopped", b"canceled", b"finished"}:
        return "gone"
    if status == b"queued" and position is not None:
        return "waiting"
    return "doubtful"

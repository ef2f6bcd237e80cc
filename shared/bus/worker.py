"""A worker: takes a consumer's jobs from its queue and handles the deliveries in them."""

from __future__ import annotations

import faulthandler
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from types import FrameType
from typing import Any

import redis
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.intermediate_queue import IntermediateQueue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException
from rq.worker import WorkerStatus

from shared.bus.deliver import open_counter
from shared.bus.inbox import Inbox
from shared.bus.queue import JOB_SECONDS, OurJob, open_queues, open_valkey
from shared.clock import utc_now
from shared.log import logger

BEAT_EVERY = timedelta(seconds=10)
LONGEST_RECONNECT_S = 2.0
RECONNECT_AFTER_S = 0.3
TTL_S = 60
GIVEN_UP_AFTER_S = JOB_SECONDS + 10
"""A little after RQ's own alarm, which ends only what runs in Python."""


class LightWorker(SimpleWorker):
    """Handles jobs in its own process, and leaves out the records that RQ keeps of each in Valkey.

    They would cost more than the work, and nobody reads them: a row's lock says who is at work, the sweeper finds
    what was lost. What is left of 57 commands a job is four: take it, read it, forget it in two. No process per job
    either: a fork lacks the threads of the library that makes letters, and would wait for them for ever.
    """

    max_connection_wait_time = LONGEST_RECONNECT_S
    given_up_after = GIVEN_UP_AFTER_S
    asked_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job at hand; any other end is known for what it is: Valkey went away."""
        self.asked_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run the job and forget it, whatever came of it: deliveries that were not handled are handed out again.

        A job that hangs where no alarm gets through ends the process: a watch outside Python's own lock writes where it
        hung (no values), the database frees the row.
        """
        self.set_state(WorkerStatus.BUSY)
        faulthandler.dump_traceback_later(self.given_up_after, exit=True)
        try:
            with self.death_penalty_class(job.timeout, JobTimeoutException, job_id=job.id):
                job.perform()
        except Exception as error:  # the worker outlives whatever a job does
            logger.error("job_failed", job=job.id, error=type(error).__name__)
        finally:
            faulthandler.cancel_dump_traceback_later()
        with suppress(redis.RedisError), self.connection.pipeline(transaction=False) as pipeline:
            pipeline.delete(job.key)
            pipeline.lrem(IntermediateQueue.get_intermediate_queue_key(queue.key), 1, job.id)
            pipeline.execute()
        self.set_state(WorkerStatus.IDLE)

    def set_state(self, state: str, pipeline: Any = None) -> None:  # noqa: ARG002 what the base class takes
        """Know in this process whether a job is at hand, which must end before the worker does."""
        self._state = state

    def check_for_suspension(self, burst: bool) -> None:
        """Go on: our workers are stopped, not suspended."""

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """Give a sign of life, at most every ten seconds."""
        if self.last_heartbeat and utc_now() - self.last_heartbeat < BEAT_EVERY:
            return
        with suppress(redis.RedisError):
            super().heartbeat(timeout, pipeline)


def run_worker(
    *inboxes: Inbox, database_url: str, valkey_url: str, warm_up: Callable[[], object] | None = None
) -> None:
    """Work until told to stop (SIGTERM, SIGINT); `warm_up` is done before the first job is taken.

    Of several inboxes the first goes before: no job of the next is taken while one of it waits.
    """
    for inbox in inboxes:
        open_counter(inbox, database_url=database_url, clock=utc_now)
    if warm_up:
        warm_up()
    valkey = open_valkey(valkey_url, patient=True)
    logging.getLogger("rq").setLevel(logging.CRITICAL)  # it tells each lost connection with its whole stack
    consumers = [inbox.consumer for inbox in inboxes]
    logger.info("worker_started", consumers=consumers)
    with suppress(StopRequested):  # told while Valkey is away, when no worker of RQ is there to catch it
        while not _work([open_queues(valkey)[consumer] for consumer in consumers]):
            logger.warning("worker_waits_for_valkey", consumers=consumers)
            _wait_for(valkey)


def _work(queues: Sequence[Queue]) -> bool:
    """Work until told to stop, or until Valkey goes away at a moment that RQ does not foresee: then False.

    Making the worker is such a moment: RQ asks Valkey for the machine's address.
    """
    with suppress(redis.RedisError):
        worker = LightWorker(
            queues,
            connection=queues[0].connection,
            serializer=JSONSerializer,
            job_class=OurJob,
            log_job_description=False,
            worker_ttl=TTL_S,
        )
        with suppress(redis.RedisError, StopRequested):
            worker.work(logging_level="CRITICAL")
        return worker.asked_to_stop
    return False


def _wait_for(valkey: redis.Redis) -> None:
    """Come back when Valkey answers."""
    while True:
        time.sleep(RECONNECT_AFTER_S)
        with suppress(redis.RedisError):
            valkey.ping()
            return

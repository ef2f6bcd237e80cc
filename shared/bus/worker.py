"""A worker: takes a consumer's jobs from its queue and handles the deliveries in them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from rq import SimpleWorker, Worker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from shared.bus.deliver import open_counter
from shared.bus.inbox import Inbox
from shared.bus.queue import OurJob, open_queues, open_valkey
from shared.clock import utc_now
from shared.log import logger

LONGEST_RECONNECT_S = 2.0
TTL_S = 60


class _Light(SimpleWorker):
    """Handles jobs in its own process."""

    max_connection_wait_time = LONGEST_RECONNECT_S


class _Forking(Worker):
    """Handles each job in a process of its own, so that one that hangs or grows harms no other."""

    max_connection_wait_time = LONGEST_RECONNECT_S


def run_worker(
    inbox: Inbox, *, database_url: str, valkey_url: str, warm_up: Callable[[], object] | None = None
) -> None:
    """Work until told to stop (SIGTERM, SIGINT). With `warm_up` each job runs in a fork of the warmed-up process."""
    open_counter(inbox, database_url=database_url, clock=utc_now)
    if warm_up:
        warm_up()
    valkey = open_valkey(valkey_url, patient=True)
    kind: type[BaseWorker] = _Forking if warm_up else _Light
    worker = kind(
        [open_queues(valkey)[inbox.consumer]],
        connection=valkey,
        serializer=JSONSerializer,
        job_class=OurJob,
        log_job_description=False,
        worker_ttl=TTL_S,
    )
    logging.getLogger("rq").setLevel(logging.ERROR)
    logger.info("worker_started", consumer=inbox.consumer)
    worker.work(logging_level="ERROR")

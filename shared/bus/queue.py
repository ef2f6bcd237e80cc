"""Speak with Valkey through RQ: only ids travel, as JSON, and only our own job can be run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from shared.routes import CONSUMERS

JOB_NAME = "shared.bus.deliver.deliver"
JOB_SECONDS = 300
KEPT_SECONDS = 60
PATIENCE_S = 1.0


class ForeignJobError(Exception):
    """A job that is not ours stands in the queue; it is not run."""


class OurJob(Job):
    """A job that runs `shared.bus.deliver.deliver` and nothing else, whatever stands in the queue."""

    @property
    def func(self) -> Callable[..., Any]:
        """Give the function to run.

        Raises:
            ForeignJobError: it is another one than ours.
        """
        if self.func_name != JOB_NAME:
            raise ForeignJobError(self.func_name)
        return super().func  # type: ignore[no-any-return]

    success_callback = property(lambda _self: None)
    failure_callback = property(lambda _self: None)
    stopped_callback = property(lambda _self: None)


def open_valkey(url: str, *, patient: bool = False) -> redis.Redis:
    """Open a connection; one that waits for work (`patient`) has no time limit, any other has one second."""
    limit = None if patient else PATIENCE_S
    return redis.Redis.from_url(url, socket_timeout=limit, socket_connect_timeout=PATIENCE_S)


@cache
def open_queues(valkey: redis.Redis) -> dict[str, Queue]:
    """Give the queue of each consumer."""
    return {name: Queue(name, connection=valkey, serializer=JSONSerializer, job_class=OurJob) for name in CONSUMERS}


def envelope(consumer: str, *, event_ids: list[str], job: str) -> Any:
    """Describe one job that carries these deliveries."""
    return Queue.prepare_data(
        JOB_NAME,
        args=(consumer, event_ids),
        job_id=job,
        timeout=JOB_SECONDS,
        result_ttl=0,
        failure_ttl=KEPT_SECONDS,
    )

"""A bus at work on real stores: connections, a relay, and workers that stop when the queue is empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from rq.serializers import JSONSerializer

from shared.bus import Inbox
from shared.bus.deliver import open_counter
from shared.bus.queue import OurJob, open_queues, open_valkey
from shared.bus.relay import Relay
from shared.bus.worker import LightWorker
from shared.database import Connection, connect
from tests.conftest import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Bus:
    """One consumer's side of the bus, worked by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.valkey = open_valkey(database.valkey_url)
        self.relay = Relay(database_url=database.dsn("relay"), valkey_url=database.valkey_url)
        self.connection = connect(database.dsn("workflow"), autocommit=True)

    def work(self, *inboxes: Inbox) -> None:
        """Run a worker until its queues are empty; the press is a role of notify."""
        roles = {inbox: inbox.consumer.replace("press", "notify") for inbox in inboxes}
        counters = [
            open_counter(inbox, database_url=self.database.dsn(role), clock=lambda: NOW)
            for inbox, role in roles.items()
        ]
        queues = [open_queues(self.valkey)[inbox.consumer] for inbox in inboxes]
        worker = LightWorker(queues, connection=self.valkey, serializer=JSONSerializer, job_class=OurJob)
        worker.log_job_description = False
        worker.work(burst=True, logging_level="CRITICAL")
        for counter in counters:
            counter.close()

    def state(self, consumer: str) -> dict[str, object]:
        """Give the only delivery of this consumer."""
        row = self.connection.execute("select * from bus.delivery where consumer = %s", [consumer]).fetchone()
        assert row is not None
        return row

    def close(self) -> None:
        self.relay.close()
        self.connection.close()
        self.valkey.close()


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    """The bus on a fresh database and an empty Valkey."""
    bus = Bus(database)
    yield bus
    bus.close()


@pytest.fixture
def connection(bus: Bus) -> Connection:
    """A connection as the workflow service, each statement its own transaction."""
    return bus.connection

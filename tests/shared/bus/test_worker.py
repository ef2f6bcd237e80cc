"""A worker that hangs ends itself, so that its message is free for another."""

from __future__ import annotations

import subprocess
import sys

from shared.bus import Courier
from shared.events import InformationGiven
from tests.contracts.samples import SAMPLES
from tests.shared.bus.conftest import NOW, Bus

GIVEN = next(sample for sample in SAMPLES if isinstance(sample, InformationGiven))

HANGS = """
import sys, ctypes
from shared.bus import Inbox
from shared.bus.worker import LightWorker, run_worker
from shared.events import InformationGiven

inbox = Inbox("workflow")

@inbox.hears(InformationGiven)
def hang(connection, happened, /, *, now):
    ctypes.PyDLL(None).sleep(600)  # in C, with Python's own lock held: no alarm and no thread gets through

LightWorker.given_up_after = 1
run_worker(inbox, database_url=sys.argv[1], valkey_url=sys.argv[2])
"""


def test_a_worker_that_hangs_ends_itself_and_another_may_take_its_message(bus: Bus) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()

    stores = [bus.database.dsn("workflow"), bus.database.valkey_url]
    ended = subprocess.run(
        [sys.executable, "-c", HANGS, *stores], capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert "in hang" in ended.stderr
    bus.connection.execute("set lock_timeout = '30s'")  # PostgreSQL may need a moment to see that nobody is there
    freed = "select 1 as free from bus.delivery where done_at is null and consumer = 'workflow' for update"
    assert bus.connection.execute(freed).fetchall() == [{"free": 1}]

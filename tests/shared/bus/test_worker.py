"""A worker that hangs ends itself, one without Valkey waits for it; processes that do two things at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shared.bus import Courier, Inbox
from shared.bus.heartbeat import is_alive
from shared.database import Connection, connect
from shared.events import InformationGiven, LetterOrdered, LetterPressed
from shared.ids import new_id
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

NOTES = """
import sys
from shared.bus import Inbox
from shared.bus.worker import run_worker
from shared.events import InformationGiven

inbox = Inbox("workflow")

@inbox.hears(InformationGiven)
def note(connection, happened, /, *, now):
    pass

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


def test_a_worker_that_starts_while_valkey_is_away_says_so_once_and_works_when_it_is_there(
    bus: Bus, tmp_path: Path
) -> None:
    Courier(bus.connection, now=NOW).tell(GIVEN)
    bus.relay.relay()
    socket, door = urlsplit(bus.database.valkey_url).path, tmp_path / "valkey.sock"
    stores = [bus.database.dsn("workflow"), bus.database.valkey_url.replace(socket, str(door))]

    starting = [sys.executable, "-c", NOTES, *stores]
    with subprocess.Popen(starting, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as worker:
        try:
            assert worker.stdout
            said = next(line for line in worker.stdout if "worker_waits_for_valkey" in line)
            time.sleep(1)  # a few attempts
            assert worker.poll() is None
            door.symlink_to(socket)
            until = time.monotonic() + 30
            while bus.state("workflow")["done_at"] is None:
                assert worker.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
        finally:
            worker.terminate()
        rest = worker.stdout.read()

    assert worker.returncode == 0
    assert "workflow" in said
    assert "worker_waits_for_valkey" not in rest
    assert "Traceback" not in rest


def test_a_worker_with_two_inboxes_takes_no_letter_while_a_mail_waits(bus: Bus) -> None:
    mails, letters, seen = Inbox("notify"), Inbox("press"), []

    @mails.hears(LetterPressed)
    @letters.hears(LetterOrdered)
    def note(_connection: Connection, happened: Any, /, *, now: datetime) -> None:
        seen.append(type(happened).__name__)

    with connect(bus.database.dsn("notify"), autocommit=True) as notify:
        for told in (LetterOrdered, LetterOrdered, LetterPressed):
            Courier(notify, now=NOW).tell(told(letter_id=new_id()))
    bus.relay.relay()
    bus.work(mails, letters)

    assert seen == ["LetterPressed", "LetterOrdered", "LetterOrdered"]


def test_the_relay_and_the_clock_live_in_one_process_where_that_is_asked(bus: Bus) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": bus.database.dsn("relay"),
        "CLOCK_DATABASE_URL": bus.database.dsn("clock"),
        "VALKEY_URL": bus.database.valkey_url,
    }
    with subprocess.Popen([sys.executable, "-m", "shared.bus", "both"], env=environment) as both:
        try:
            until = time.monotonic() + 30
            while not all(is_alive(bus.connection, part=part, seconds=30) for part in ("relay", "clock")):
                assert both.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
        finally:
            both.terminate()

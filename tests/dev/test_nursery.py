"""The process from which the parts of a house are forked."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.nursery import Forked, Nursery
from dev.part import alive, send

ENDLESS = ("timeit", "-n", "1", "-r", "1", "import time; time.sleep(600)")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def fork(nursery: Nursery, *arguments: str, log: Path) -> Forked:
    with log.open("ab") as lines:
        return nursery.fork(arguments, log=lines, environment={**os.environ, "SAID": "by the house"})


def test_a_fork_runs_as_a_program_of_its_own_and_tells_how_it_ended(nursery: Nursery, tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    saying = "import os; print(os.environ['SAID'], os.getpid(), os.getsid(0))"
    good = fork(nursery, "timeit", "-n", "1", "-r", "1", saying, log=log)
    assert good.wait() == 0
    assert log.read_text().startswith(f"by the house {good.pid} {good.pid}\n")
    wrong = fork(nursery, "tests.dev.no_such_module", log=log)
    assert wrong.wait() == 1
    assert "No module named tests.dev.no_such_module" in log.read_text()
    killed = fork(nursery, *ENDLESS, log=log)
    assert killed.poll() is None
    send(signal.SIGKILL, pid=killed.pid)
    assert killed.wait() == -signal.SIGKILL
    assert not alive(killed.pid)
    kept = [link.resolve() for link in Path(f"/proc/{nursery.pid}/fd").iterdir()]
    assert log.resolve() not in kept, "the nursery keeps no log of a part open"


def test_which_process_it_is_and_how_it_ended_are_two_numbers_though_both_lie_there_at_once() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"12345\n1\n")
    os.close(writing)
    forked = Forked(reading)
    assert (forked.pid, forked.poll()) == (12345, 1)


def test_what_was_forked_outlives_the_nursery_and_another_one_forks_on(nursery: Nursery, tmp_path: Path) -> None:
    older = fork(nursery, *ENDLESS, log=tmp_path / "part.log")
    former = nursery.pid
    send(signal.SIGKILL, pid=former)
    while alive(former):
        pass
    newer = fork(nursery, *ENDLESS, log=tmp_path / "part.log")
    assert nursery.pid != former
    assert older.poll() is None
    for part in (older, newer):
        send(signal.SIGKILL, pid=part.pid)
        assert part.wait() == -signal.SIGKILL

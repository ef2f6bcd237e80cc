"""The runner for real: what falls is started again, what is stopped leaves nothing, each refusal says what to do."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from dev.house import House, HouseError
from dev.lock import RunningAlreadyError
from dev.part import HOME, alive, answers_health, tells_started
from dev.plan import Ports
from dev.reset import reset
from dev.stores import StoreFailedError, temporary_folder
from tests.dev.small_house import small_house

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def house(said: list[str]) -> Iterator[House]:
    with small_house(say=said.append) as running:
        yield running


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


def test_a_part_that_is_killed_is_started_again_and_said_so(house: House, said: list[str]) -> None:
    before = house.pids("signin")
    house.kill("signin")
    assert eventually(lambda: house.pids("signin") not in ([], before))
    assert "signin was killed by SIGKILL; starts again in 0.2 s" in said


def test_a_part_that_keeps_falling_is_given_longer_pauses(house: House, said: list[str]) -> None:
    for _ in range(2):
        house.kill("worker")
        assert eventually(lambda: len(house.pids("worker")) == 2)
    assert [line for line in said if line.startswith("worker")][:2] == [
        "worker was killed by SIGKILL; starts again in 0.2 s",
        "worker was killed by SIGKILL; starts again in 0.4 s",
    ]


def test_a_child_does_not_outlive_its_worker(house: House) -> None:
    assert eventually(lambda: len(house.pids("worker")) == 2)
    before = house.pids("worker")
    house.kill("worker")
    assert eventually(lambda: not any(map(alive, before)))


def test_only_the_child_can_be_killed(house: House) -> None:
    assert eventually(lambda: len(house.pids("worker")) == 2)
    house.kill("worker", children=True)
    assert eventually(lambda: len(house.pids("worker")) == 1)


def test_the_database_keeps_what_it_promised_when_it_is_killed(house: House) -> None:
    with psycopg.connect(house.dsn("forms")) as forms:
        forms.execute("create schema forms create table promised (id int)")
        forms.execute("insert into forms.promised values (1)")
    house.kill("postgres")
    assert eventually(lambda: rows_of(house.dsn("forms")) == [(1,)])


def test_a_queue_that_lost_its_disk_comes_back_empty(house: House) -> None:
    with redis.from_url(house.valkey_url) as valkey:
        valkey.set("job", "1")
    house.kill("valkey", wipe=True)
    assert eventually(lambda: keys_of(house.valkey_url) == [])


def test_a_second_runner_is_told_where_the_first_one_is(house: House) -> None:
    with pytest.raises(RunningAlreadyError, match=rf"already runs in .* \(process {os.getpid()}\): stop it there"):
        small_house(house.var).__enter__()


def test_data_is_not_thrown_away_under_a_running_house(house: House) -> None:
    with pytest.raises(RunningAlreadyError):
        reset(house.var)


def test_a_port_in_use_is_named_before_anything_starts(folder: Path) -> None:
    with Ports.held() as ports, socket.create_server(("127.0.0.1", ports.mailbox)):
        refused = small_house(folder, ports=ports)
        with pytest.raises(HouseError, match=f"This port is in use: {ports.mailbox}"):
            refused.__enter__()
    assert refused.names == []


def test_a_port_that_is_held_is_given_to_nobody_else_and_its_own_server_can_listen() -> None:
    with Ports.held() as ports, socket.create_server(("127.0.0.1", ports.forms)):
        assert ports.taken(["forms", "workflow"]) == [ports.forms]
        with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
            stranger.bind(("127.0.0.1", ports.workflow))


def test_data_whose_password_is_gone_is_told_with_what_to_do(folder: Path) -> None:
    with small_house(folder):
        pass
    shutil.rmtree(folder / "secrets")
    with pytest.raises(StoreFailedError, match=r"balie\.password is gone: put that file back, or run `make reset`"):
        small_house(folder).__enter__()
    reset(folder)
    with small_house(folder) as begun:
        assert "postgres" in begun.names


def test_a_full_disk_is_told_before_anything_starts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dev.house.LEAST_FREE", 10**18)
    with pytest.raises(HouseError, match="free up at least"):
        small_house(folder).__enter__()


def test_nothing_outlives_a_runner_that_is_killed_and_the_data_stays(folder: Path) -> None:
    with started_runner(folder) as (runner, pids):
        assert len(pids) == 6
        runner.kill()
    with small_house(folder) as house:  # waits until the parts of the first have ended
        assert not any(map(alive, pids))
        assert house.names == ["postgres", "valkey", "signin", "mailbox", "worker"]
    reset(folder)
    assert [entry.name for entry in folder.iterdir()] == ["lock"]


def test_nothing_outlives_a_runner_that_is_asked_to_stop(folder: Path) -> None:
    with started_runner(folder) as (runner, pids):
        runner.send_signal(signal.SIGINT)
        runner.wait(timeout=120)
        assert not any(map(alive, pids))


@contextlib.contextmanager
def started_runner(var: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    command = [sys.executable, "-m", "tests.dev.small_house", str(var)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HOME) as runner:
        try:
            pids = json.loads(runner.stdout.readline() if runner.stdout else "")
            yield runner, [pid for part in pids.values() for pid in part]
        finally:
            runner.kill()


def rows_of(dsn: str) -> list[tuple[int]] | None:
    try:
        with psycopg.connect(dsn) as connection:
            return connection.execute("select id from forms.promised").fetchall()
    except psycopg.OperationalError:
        return None


def keys_of(url: str) -> list[str] | None:
    try:
        with redis.from_url(url) as valkey:
            return list(valkey.keys("*"))
    except redis.ConnectionError:
        return None


def eventually(holds: Callable[[], bool], *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def test_a_part_without_a_port_is_ready_when_it_says_so_in_this_run(tmp_path: Path) -> None:
    log = tmp_path / "forms-work.log"
    log.write_text('{"event": "worker_started"}\n')
    ready = tells_started(log)
    assert not ready()

    with log.open("a") as lines:
        lines.write('{"consumer": "forms", "event": "worker_started"}\n')
    assert ready()


def test_a_port_that_only_echoes_is_no_service_that_is_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        echoing = threading.Thread(target=_echo_once, args=[server])
        echoing.start()
        assert not answers_health(f"http://127.0.0.1:{server.getsockname()[1]}")()
        echoing.join()


def _echo_once(server: socket.socket) -> None:
    caller, _ = server.accept()
    with caller:
        caller.sendall(caller.recv(1 << 16))

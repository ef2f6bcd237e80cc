"""One program of the house: started in a session of its own and ended with everything it started itself."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, Protocol

import psutil

HOME = Path(__file__).resolve().parent.parent
"""The checkout; every module of the house is found from here."""

PATIENCE = 20.0
"""Seconds a program gets to end by itself before it is killed."""


class Account(NamedTuple):
    """The user and group a program runs as."""

    user: int
    group: int


class Ending(NamedTuple):
    """What is needed to end a running program: its session and the signal it takes as a request to stop."""

    session: int
    stop_signal: int


class Running(Protocol):
    """A program that was started, as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int:
        """Its process id."""

    @property
    def returncode(self) -> int | None:
        """With what it ended, as far as that was asked."""

    def poll(self) -> int | None:
        """With what it ended; None while it runs."""

    def wait(self) -> int:
        """With what it ended, as soon as it did."""


class Start(Protocol):
    """Another way to start a program that runs Python than from nothing."""

    def __call__(self, arguments: Sequence[str], *, log: IO[bytes], environment: Mapping[str, str]) -> Running:
        """Run `python -m` with these arguments in a session of its own, its output appended to the log."""


@dataclass(kw_only=True)
class Part:
    """One program: what to run, how to see that it is ready, how to ask it to stop."""

    name: str
    argv: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = lambda: True
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    fork: Start | None = None
    process: Running | None = None

    def start(self) -> Ending:
        """Start the program in a new session, its output appended to the log file."""
        environment = {**os.environ, **self.environment}
        with self.log.open("ab") as log:
            if self.fork:
                self.process = self.fork(self.argv[2:], log=log, environment=environment)
                return self.ending
            self.process = subprocess.Popen(
                list(self.argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/" if self.account else HOME,
                env=environment,
                start_new_session=True,
                user=self.account and self.account.user,
                group=self.account and self.account.group,
                extra_groups=[] if self.account else None,
            )
        return self.ending

    @property
    def ending(self) -> Ending:
        return Ending(self.pid, self.stop_signal)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def reap(self) -> None:
        """Take note that the program has ended, so that no zombie stays."""
        if self.process:
            self.process.wait()

    def cause_of_end(self) -> str:
        """How the program ended, in words."""
        code = (self.process.returncode if self.process else None) or 0
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    @property
    def pid(self) -> int:
        """The process id; 0 when the part was never started."""
        return self.process.pid if self.process else 0


def session_members(session: int) -> list[int]:
    """Process ids of everything alive in a session: the program, its workers, their children (not zombies)."""
    return [pid for pid in psutil.pids() if _session_of(pid) == session and alive(pid)]


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie has ended."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def end(endings: Iterable[Ending], *, patience: float = PATIENCE) -> None:
    """Ask these programs to stop, wait for them, and kill what is left; the slow ones after `patience` seconds."""
    endings = list(endings)
    for ending in endings:
        send(ending.stop_signal, pid=ending.session)
    deadline = time.monotonic() + patience
    while any(alive(ending.session) for ending in endings) and time.monotonic() < deadline:
        time.sleep(0.03)
    for ending in endings:
        kill_session(ending.session)


def kill_session(session: int) -> None:
    """Kill at once everything that is alive in a session."""
    for pid in session_members(session):
        send(signal.SIGKILL, pid=pid)


def send(stop_signal: int, *, pid: int) -> None:
    """Send a signal; a process that is gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop_signal)


def answers_health(url: str) -> Callable[[], bool]:
    """Readiness of a web part: `url`/health answers 200."""

    def ready() -> bool:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - our own address
                return int(answer.status) == 200
        except (OSError, http.client.HTTPException):  # a free port may even be met by our own call, and echo it
            return False

    return ready


def accepts_on(path: Path) -> Callable[[], bool]:
    """Readiness of a part on a unix socket: it accepts a connection."""

    def ready() -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(path)) == 0

    return ready


def accepts_on_ports(*ports: int) -> Callable[[], bool]:
    """Readiness of a part on this machine: each of its ports accepts a connection."""

    def ready() -> bool:
        return all(_accepts(port) for port in ports)

    return ready


def tells_started(log: Path) -> Callable[[], bool]:
    """Readiness of a part without a port: it says in its log that it started, after this moment."""
    before = log.stat().st_size if log.exists() else 0

    def ready() -> bool:
        with log.open("rb") as lines:
            lines.seek(before)
            return b'_started"' in lines.read()

    return ready


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return 0


def _accepts(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0

"""Forks the parts that run Python from one process that has loaded what most of them load: the machine keeps it once.

A process of its own without threads, since a fork of a process with threads may stand still for ever. It ends when
whoever asked it to fork is gone; the parts themselves are then ended by the warden.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, NamedTuple

from dev.part import HOME, alive

COMMON: Final = (
    "flask_limiter",
    "gunicorn.workers.gthread",
    "phonenumbers",
    "requests",
    "shared.bus.worker",
    "shared.catalogue.reader",
    "shared.letters.letters",
    "shared.look.look",
    "shared.oidc",
    "weasyprint",
)
"""What several parts load, and nothing that starts a thread or reads the environment when it is loaded."""

_LENGTH: Final = 4
_LOOK_AGAIN_S: Final = 0.01


class Forked:
    """A part that was forked; answers as `subprocess.Popen` does."""

    def __init__(self, told: int) -> None:
        """Read from `told`, a pipe, which process it is and in the end with what it ended."""
        self._told = told
        self._reading = threading.Lock()
        self.returncode: int | None = None
        self.pid = int(_read_line(told) or 0)
        if not self.pid:
            raise BrokenPipeError("the nursery ended")

    def poll(self) -> int | None:
        """Its return code when it ended; that of a kill when the nursery ended before and nobody knows."""
        with self._reading:
            if self.returncode is None and _readable(self._told):
                words = _read_line(self._told)
                if words or not alive(self.pid):
                    self.returncode = int(words or -signal.SIGKILL)
                    os.close(self._told)
            return self.returncode

    def wait(self) -> int:
        """Its return code, as soon as it ended."""
        while (code := self.poll()) is None:
            time.sleep(_LOOK_AGAIN_S)
        return code


class Nursery:
    """The runner's end: asks for forks, and starts another nursery when this one was killed."""

    def __init__(self) -> None:
        """Fork nothing yet."""
        self._asking = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def pid(self) -> int:
        """The process from which all others were forked; 0 before the first."""
        return self._process.pid if self._process else 0

    def fork(self, arguments: Sequence[str], *, log: IO[bytes], environment: Mapping[str, str]) -> Forked:
        """Run `python -m` with these arguments in a session of its own, its output appended to the log."""
        asked = json.dumps({"arguments": list(arguments), "environment": dict(environment)}).encode()
        with self._asking:
            control = self._open()
            reading, writing = os.pipe()
            try:
                socket.send_fds(control, [len(asked).to_bytes(_LENGTH, "big")], [log.fileno(), writing])
                control.sendall(asked)
            finally:
                os.close(writing)
            return Forked(reading)

    def open(self) -> None:
        """Let it load what is common meanwhile."""
        with self._asking:
            self._open()

    def close(self) -> None:
        """Let the nursery end; what it forked goes on."""
        if self._control and self._process:
            self._control.close()
            self._process.wait()

    def _open(self) -> socket.socket:
        if self._control and self._process and self._process.poll() is None:
            return self._control
        if self._control:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dev.nursery", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                cwd=HOME,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        return self._control


class _Child(NamedTuple):
    """What a fork is to become."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: int


@dataclass
class _Cradle:
    """The nursery's own end: forks what is asked, and tells how each ended."""

    control: socket.socket
    ended: socket.socket
    telling: dict[int, int]

    def tend(self) -> _Child | None:
        """Fork as asked until whoever asks is gone: then None. In a fork, what it is to become."""
        with selectors.DefaultSelector() as looking:
            looking.register(self.control, selectors.EVENT_READ)
            looking.register(self.ended, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in looking.select()}
                if self.ended in ready:
                    self.ended.recv(4096)
                    self._reap()
                if self.control in ready:
                    asked = self._receive()
                    if asked is None or self._fork(log=asked[0].log, tell=asked[1]) == 0:
                        return asked and asked[0]

    def forget(self) -> None:
        """In a fork: let go of all that is the nursery's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.control.close()
        self.ended.close()
        for pipe in self.telling.values():
            os.close(pipe)

    def _receive(self) -> tuple[_Child, int] | None:
        head, descriptors, _, _ = socket.recv_fds(self.control, _LENGTH, 2)
        if not head:
            return None
        asked: dict[str, Any] = json.loads(self.control.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL))
        return _Child(**asked, log=descriptors[0]), descriptors[1]

    def _fork(self, *, log: int, tell: int) -> int:
        pid = os.fork()
        if pid:
            os.close(log)
            self.telling[pid] = tell
            os.write(tell, b"%d\n" % pid)
        else:
            os.close(tell)
        return pid

    def _reap(self) -> None:
        while self.telling:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            pipe = self.telling.pop(pid)
            os.write(pipe, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(pipe)


def run(control: socket.socket) -> None:
    """Load what is common and fork as asked; a fork goes on from here as its part."""
    for name in COMMON:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # the collector would write in every page and so take a copy of it
    ended, waking = socket.socketpair()
    ended.setblocking(False)
    waking.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking.fileno())
    for asked in (signal.SIGINT, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)
    cradle = _Cradle(control=control, ended=ended, telling={})
    child = cradle.tend()
    if child:
        cradle.forget()
        waking.close()
        _become(child)


def _become(child: _Child) -> None:
    for asked, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        signal.signal(asked, usual)
    os.setsid()
    for descriptor in (1, 2):
        os.dup2(child.log, descriptor)
    os.close(child.log)
    os.environ.clear()
    os.environ.update(child.environment)
    module, *sys.argv[1:] = child.arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _read_line(descriptor: int) -> bytes:
    """What stands before the next newline: two numbers may lie in the pipe before the first is read."""
    read = b""
    while (byte := os.read(descriptor, 1)) and byte != b"\n":
        read += byte
    return read


def _readable(descriptor: int) -> bool:
    with selectors.DefaultSelector() as looking:
        looking.register(descriptor, selectors.EVENT_READ)
        return bool(looking.select(0))


if __name__ == "__main__":
    run(socket.socket(fileno=int(sys.argv[1])))

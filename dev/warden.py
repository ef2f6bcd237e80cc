"""Sees to it that no process stays behind: when whoever holds its pipe is gone, it ends every program still noted.

A process of its own in a session of its own, so that `kill -9` of the runner, alone or with its group, leaves
somebody to clean up. Chosen above Linux's parent-death signal, which is lost at a change of user, does not reach the
children of a part, and does not exist elsewhere.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterable

from dev.part import HOME, Ending, end


class Warden:
    """The runner's end of the pipe: note each program that starts, strike it when it has ended."""

    def __init__(self, *, holding: int | None = None) -> None:
        """Start the warden; it keeps the file descriptor `holding` (the lock) open for as long as anything may run."""
        self._holding = () if holding is None else (holding,)
        self._noted: dict[int, tuple[Ending, int]] = {}
        self._process = self._start()

    def note(self, ending: Ending, *, rank: int) -> None:
        """Remember a running program; at the end those of the highest rank are stopped first."""
        self._noted[ending.session] = (ending, rank)
        self._tell(rank, ending)

    def strike(self, ending: Ending) -> None:
        """Forget a program that has ended, so that its number is free for others."""
        if self._noted.pop(ending.session, None):
            self._tell(-1, ending)

    def renew(self) -> None:
        """Start another warden when this one was killed."""
        if self._process.poll() is None:
            return
        self._process = self._start()
        for ending, rank in self._noted.values():
            self._tell(rank, ending)

    def dismiss(self) -> None:
        """End what is still noted, in order, and wait for it."""
        self._process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "dev.warden"],
            stdin=subprocess.PIPE,
            text=True,
            cwd=HOME,
            start_new_session=True,
            pass_fds=self._holding,
        )

    def _tell(self, rank: int, ending: Ending) -> None:
        if self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps([rank, ending.session, int(ending.stop_signal)]) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self.renew()


def watch(lines: Iterable[str]) -> None:
    """Read what starts and ends until the pipe closes, then end what is left, the highest rank first."""
    noted: dict[int, tuple[int, Ending]] = {}
    for line in lines:
        rank, session, stop_signal = json.loads(line)
        noted.pop(session, None)
        if rank >= 0:
            noted[session] = (rank, Ending(session, stop_signal))
    for rank in sorted({rank for rank, _ in noted.values()}, reverse=True):
        end(ending for found, ending in noted.values() if found == rank)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    watch(sys.stdin)

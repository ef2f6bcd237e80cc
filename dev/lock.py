"""One house at a time in a folder: a lock that is free again exactly when no part of the house is left."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from dev.part import PATIENCE


class RunningAlreadyError(Exception):
    """Another run uses this folder."""


def take_lock(var: Path, *, say: Callable[[str], None]) -> IO[str]:
    """Take a folder for this process; waits when the parts of a run that was killed are still being ended.

    Raises:
        RunningAlreadyError: another run is alive there.
    """
    var.mkdir(parents=True, exist_ok=True)
    lock = (var / "lock").open("a+")
    deadline = time.monotonic() + 3 * PATIENCE  # users, Valkey and PostgreSQL each get their patience
    while not _locked(lock):
        lock.seek(0)
        runner = lock.read().strip()
        if _alive(runner) or time.monotonic() > deadline:
            lock.close()
            raise RunningAlreadyError(
                f"Balie already runs in {var} (process {runner}): stop it there with Ctrl-C first."
            )
        say("the parts of an earlier run are still ending")
        time.sleep(0.5)
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True

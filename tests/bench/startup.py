"""Times `make up` from the command to the moment that every service answers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from dev.part import HOME, answers_health
from dev.plan import Ports
from dev.stores import SERVICES

READY_WITHIN_S = 120.0


class NotReadyError(Exception):
    """`make up` ended, or its services did not answer within two minutes."""


def seconds_to_ready(var: Path) -> float:
    """Run `make up` on this folder until all services are healthy, then stop it with Ctrl-C."""
    base = _free_base()
    ports = Ports.from_base(base)
    began = time.monotonic()
    runner = subprocess.Popen(
        ["make", "--silent", "up"],
        cwd=HOME,
        env={**os.environ, "PORTS": str(base), "BALIE_VAR": str(var)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not all(answers_health(ports.address(service))() for service in SERVICES):
            if runner.poll() is not None or time.monotonic() - began > READY_WITHIN_S:
                raise NotReadyError
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        os.killpg(runner.pid, signal.SIGINT)
        runner.wait(timeout=60)


def _free_base() -> int:
    """A base of ports of which none is in use."""
    parts = (*SERVICES, "mailbox", "signin")
    while Ports.from_base(base := random.randrange(20_000, 60_000, 100)).taken(parts):
        pass
    return base

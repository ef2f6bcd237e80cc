"""A house that starts in a second: the stores, the tools and a part that behaves as a worker with a child of its own.

`python -m tests.dev.small_house FOLDER` runs one in front, so that a test can kill the runner itself.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dev.house import House
from dev.plan import PARTS, Blueprint, Ports

WORKER = """
import os, signal, time
if not os.fork():
    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)
"""
"""Its child leaves the process group and ignores the request to stop, as one in the middle of its work does."""

SMALL = (*(part for part in PARTS if part.name in ("mailbox", "signin")), Blueprint("worker", ("-c", WORKER)))


def small_house(
    var: Path | None = None, *, ports: Ports | None = None, say: Callable[[str], None] = lambda _line: None
) -> House:
    """Not started yet."""
    return House(var=var, parts=SMALL, ports=ports, say=say)


def main() -> None:
    """Print every process of the house as JSON, then keep it running; Ctrl-C stops it whoever started it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its background jobs ignore it
    with small_house(Path(sys.argv[1])) as house:
        while len(house.pids("worker")) < 2:
            time.sleep(0.05)
        sys.stdout.write(json.dumps({name: house.pids(name) for name in house.names}) + "\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    main()

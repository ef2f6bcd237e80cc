"""Run the bus: `python -m shared.bus migrate|relay|clock|both`, or ask whether a part lives: `alive relay`."""

# ruff: noqa: PLC0415 - what a process does not load costs it no memory and no start

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from shared import catalogue
from shared.bus.heartbeat import is_alive
from shared.database import connect, migrate
from shared.log import logger, start_log
from shared.settings import read


@dataclass(frozen=True, kw_only=True)
class BusSettings:
    """Where the stores are; the clock and the migration need no queue. Beside the relay the clock has its own role."""

    database_url: str
    valkey_url: str = ""
    clock_database_url: str = ""


ALIVE_WITHIN_S = 30


def main(verb: str, *, part: str = "") -> None:
    """Do what the verb says; `alive` ends with status 1 when the part gave no sign of life for 30 seconds."""
    start_log(f"bus.{verb}")
    settings = read(BusSettings)
    if verb == "migrate":
        _migrate(settings.database_url)
    elif verb == "relay":
        from shared.bus.relay import run_relay

        run_relay(database_url=settings.database_url, valkey_url=settings.valkey_url)
    elif verb == "clock":
        from shared.bus.day import run_clock

        run_clock(database_url=settings.database_url)
    elif verb == "both":
        _run_both(settings)
    elif verb == "alive":
        sys.exit(not _is_alive(settings.database_url, part=part))
    else:
        sys.exit(__doc__)


def _run_both(settings: BusSettings) -> None:
    """Relay, and tell the day from a thread of its own: on a small machine it saves a process of 27 MB.

    Should the clock fall over something it does not know, the relay ends too: whoever keeps the house starts both.
    """
    from shared.bus.day import run_clock
    from shared.bus.relay import run_relay

    def tell_days() -> None:
        try:
            run_clock(database_url=settings.clock_database_url)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=tell_days, name="clock", daemon=True).start()
    run_relay(database_url=settings.database_url, valkey_url=settings.valkey_url)


def _is_alive(database_url: str, *, part: str) -> bool:
    with connect(database_url) as connection:
        return is_alive(connection, part=part, seconds=ALIVE_WITHIN_S)


def _migrate(database_url: str) -> None:
    here = Path(__file__).parent
    done = migrate(database_url, folder=here / "migrations", schema="bus")
    done += migrate(database_url, folder=Path(catalogue.__file__).parent / "migrations", schema="catalogue")
    logger.info("migrated", files=done)


if __name__ == "__main__":
    main(*sys.argv[1:2] or [""], part="".join(sys.argv[2:3]))

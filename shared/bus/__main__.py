"""Run the bus: `python -m shared.bus migrate|relay|clock`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from shared import catalogue
from shared.bus.day import run_clock
from shared.bus.relay import run_relay
from shared.database import migrate
from shared.log import logger, start_log
from shared.settings import read


@dataclass(frozen=True, kw_only=True)
class BusSettings:
    """Where the stores are; the clock and the migration need no queue."""

    database_url: str
    valkey_url: str = ""


def main(verb: str) -> None:
    """Do what the verb says."""
    start_log(f"bus.{verb}")
    settings = read(BusSettings)
    if verb == "migrate":
        _migrate(settings.database_url)
    elif verb == "relay":
        run_relay(database_url=settings.database_url, valkey_url=settings.valkey_url)
    elif verb == "clock":
        run_clock(database_url=settings.database_url)
    else:
        sys.exit(__doc__)


def _migrate(database_url: str) -> None:
    here = Path(__file__).parent
    done = migrate(database_url, folder=here / "migrations", schema="bus")
    done += migrate(database_url, folder=Path(catalogue.__file__).parent / "migrations", schema="catalogue")
    logger.info("migrated", files=done)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

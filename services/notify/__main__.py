"""Run notify: `python -m services.notify serve|work|press|migrate`."""

from __future__ import annotations

import sys
from pathlib import Path

from services.notify import work
from services.notify.settings import Migration
from shared.database import migrate
from shared.log import logger, start_log
from shared.serve import serve
from shared.settings import read


def main(verb: str) -> None:
    """Do what the verb says."""
    start_log(f"notify.{verb}")
    if verb == "serve":
        serve("services.notify.main:web_app()")
    elif verb == "migrate":
        _migrate()
    elif verb == "work":
        work.work()
    elif verb == "press":
        work.press()
    else:
        sys.exit(__doc__)


def _migrate() -> None:
    folder = Path(__file__).parent / "migrations"
    done = migrate(read(Migration).database_url, folder=folder, schema="notify")
    logger.info("migrated", files=done)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

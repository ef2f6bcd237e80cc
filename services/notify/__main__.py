"""Run notify: `python -m services.notify serve|work|press|migrate`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from services.notify.main import make_inbox, make_press_inbox, read_municipality
from services.notify.settings import Migration, Settings
from shared.bus.inbox import Inbox
from shared.bus.worker import run_worker
from shared.database import migrate
from shared.letters.pdf import warm_up
from shared.log import logger, start_log
from shared.serve import serve
from shared.settings import read


def main(verb: str) -> None:
    """Do what the verb says."""
    if verb == "serve":
        serve("services.notify.main:web_app()")
    elif verb == "migrate":
        _migrate()
    elif verb == "work":
        settings = _start(verb)
        _run(make_inbox(settings, municipality=read_municipality(settings)), settings=settings)
    elif verb == "press":
        settings = _start(verb)
        inbox = make_press_inbox(settings, municipality=read_municipality(settings))
        _run(inbox, settings=settings, warm_up=warm_up)
    else:
        sys.exit(__doc__)


def _migrate() -> None:
    start_log("notify.migrate")
    folder = Path(__file__).parent / "migrations"
    done = migrate(read(Migration).database_url, folder=folder, schema="notify")
    logger.info("migrated", files=done)


def _start(verb: str) -> Settings:
    start_log(f"notify.{verb}")
    return read(Settings)


def _run(inbox: Inbox, *, settings: Settings, warm_up: Callable[[], object] | None = None) -> None:
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url, warm_up=warm_up)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

"""Puts the worker together, without what only the web door needs."""

from __future__ import annotations

from services.forms.inbox import inbox
from services.forms.settings import Work
from shared.bus.worker import run_worker
from shared.settings import read


def work() -> None:
    """Handle facts until told to stop."""
    settings = read(Work)
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url)

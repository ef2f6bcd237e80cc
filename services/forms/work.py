"""Puts the worker together, without what only the web door needs."""

from __future__ import annotations

from services.forms.actions.scanning import Watch
from services.forms.clamd import scanner_at
from services.forms.inbox import open_inbox
from services.forms.settings import Work
from shared.bus.worker import run_worker
from shared.settings import read
from shared.vault import DiskVault


def work() -> None:
    """Handle facts until told to stop."""
    settings = read(Work)
    watch = Watch(vault=DiskVault(settings.files, key=settings.files_key), scanner=scanner_at(settings.clamd_url))
    run_worker(open_inbox(watch), database_url=settings.database_url, valkey_url=settings.valkey_url)

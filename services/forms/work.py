"""Puts the worker together, without what only the web door needs."""

from __future__ import annotations

from services.forms.actions.scanning import Watch
from services.forms.inbox import open_inbox
from services.forms.links import SiteLinks
from services.forms.mollie import provider_at
from services.forms.scanning import scanner_at
from services.forms.settings import Work
from shared.bus.worker import run_worker
from shared.settings import read
from shared.shelves import shelf_at
from shared.vault import Vault


def work() -> None:
    """Handle facts until told to stop."""
    settings = read(Work)
    watch = Watch(vault=Vault(shelf_at(settings.files), key=settings.files_key), scanner=scanner_at(settings.clamd_url))
    links = SiteLinks(site=settings.forms_url.rstrip("/"), key=settings.secret_key)
    provider = provider_at(settings.payment_url, key=settings.payment_key)
    inbox = open_inbox(watch, links=links, provider=provider, unpaid_days=settings.unpaid_days)
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url)

"""Opens the way out for mail as the settings have it."""

from __future__ import annotations

from services.notify.failover import Providers
from services.notify.mailbox import SmtpSender
from services.notify.returning import ReturnAddress
from services.notify.settings import Settings


def open_providers(settings: Settings) -> Providers:
    """Give the mail servers, the preferred one first."""
    returns = open_return_address(settings)
    urls = [url for url in (settings.smtp_url, settings.smtp_url_2) if url]
    return Providers([SmtpSender(url, sender=settings.mail_from, returns=returns) for url in urls])


def open_return_address(settings: Settings) -> ReturnAddress | None:
    """Give where mails come back that did not arrive; None: where they come from."""
    return ReturnAddress(settings.return_address, key=settings.secret_key) if settings.return_address else None

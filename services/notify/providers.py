"""Opens the way out for mail as the settings have it."""

from __future__ import annotations

from services.notify.mailbox import SmtpSender
from services.notify.returning import ReturnAddress
from services.notify.settings import Settings


def open_sender(settings: Settings) -> SmtpSender:
    """Give the mail server."""
    return SmtpSender(settings.smtp_url, sender=settings.mail_from, returns=open_return_address(settings))


def open_return_address(settings: Settings) -> ReturnAddress | None:
    """Give where mails come back that did not arrive; None: where they come from."""
    return ReturnAddress(settings.return_address, key=settings.secret_key) if settings.return_address else None

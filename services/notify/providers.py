"""Opens the ways out as the settings have them."""

from __future__ import annotations

from collections.abc import Callable

from services.notify.failover import Providers
from services.notify.health_store import KeptHealth
from services.notify.mailbox import SmtpSender
from services.notify.ports import Mail, TextMessage
from services.notify.returning import ReturnAddress
from services.notify.sending import said_in
from services.notify.settings import Settings
from services.notify.signing import DkimSigner
from services.notify.texting import HttpTexter
from shared.database import Connection


def mail_servers(settings: Settings, *, lasting: bool = False) -> list[SmtpSender]:
    """Give the mail servers, the preferred one first; `lasting` ones keep a line open for the next mail."""
    returns = open_return_address(settings)
    urls = [url for url in (settings.smtp_url, settings.smtp_url_2) if url]
    signer = DkimSigner(settings.dkim_key, selector=settings.dkim_selector) if settings.dkim_key else None
    return [SmtpSender(url, sender=settings.mail_from, returns=returns, signer=signer, lasting=lasting) for url in urls]


def texters(settings: Settings) -> list[HttpTexter]:
    """Give the providers of text messages, the preferred one first; without any, one that refuses them all."""
    first = HttpTexter(settings.sms_url, key=settings.sms_key)
    return [first, HttpTexter(settings.sms_url_2, key=settings.sms_key_2)] if settings.sms_url_2 else [first]


def open_mails(settings: Settings, *, connect: Callable[[], Connection], bulk: bool = False) -> Providers[Mail]:
    """Give the way out for mail; how the servers do is kept over this connection."""
    servers = mail_servers(settings, lasting=bulk)
    limits = dict.fromkeys([each.name for each in servers], settings.mail_per_minute)
    return Providers(servers, said=said_in, ward=KeptHealth(connect, per_minute=limits, bulk=bulk))


def open_texts(settings: Settings, *, connect: Callable[[], Connection], bulk: bool = False) -> Providers[TextMessage]:
    """Give the way out for text messages."""
    senders = texters(settings)
    limits = dict.fromkeys([each.name for each in senders], settings.sms_per_minute)
    return Providers(senders, said=lambda message: message.text, ward=KeptHealth(connect, per_minute=limits, bulk=bulk))


def open_return_address(settings: Settings) -> ReturnAddress | None:
    """Give where mails come back that did not arrive; None: where they come from."""
    return ReturnAddress(settings.return_address, key=settings.secret_key) if settings.return_address else None

"""Puts the two workers together: the one that composes and sends, and the press."""

from __future__ import annotations

import os
from collections.abc import Callable

from services.notify.actions import Post
from services.notify.inbox import open_inbox, open_press_inbox
from services.notify.links import SignedLinks
from services.notify.mailbox import SmtpSender
from services.notify.press import LetterPress
from services.notify.settings import Settings
from services.notify.store import AttemptJournal
from services.notify.vault import LetterVault
from services.notify.writer import MailWriter
from shared.bus.inbox import Inbox
from shared.bus.worker import run_worker
from shared.catalogue.municipality import standing_municipality
from shared.database import Connection, connect
from shared.letters.pdf import warm_up
from shared.settings import read
from shared.vault import DiskVault


def work() -> None:
    """Compose messages and send them until told to stop."""
    settings = read(Settings)
    run_worker(_inbox(settings), database_url=settings.database_url, valkey_url=settings.valkey_url)


def press() -> None:
    """Press letters until told to stop, each in a fork of this process."""
    settings = read(Settings)
    vault = LetterVault(DiskVault(settings.vault, key=settings.vault_key))
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    inbox = open_press_inbox(LetterPress(municipality), vault=vault)
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url, warm_up=warm_up)


def _inbox(settings: Settings) -> Inbox:
    """Make the door for facts, with the way out."""
    links = SignedLinks(settings.notify_url, key=settings.secret_key)
    writer = MailWriter(standing_municipality(settings.catalogue, database_url=settings.database_url))
    sender = SmtpSender(settings.smtp_url, sender=settings.mail_from)
    journal = _lasting_connection(settings.database_url)

    def post() -> Post:
        return Post(writer=writer, sender=sender, journal=AttemptJournal(journal()), links=links)

    return open_inbox(post, links=links)


def _lasting_connection(url: str) -> Callable[[], Connection]:
    """Give one connection per process, opened when first asked for and again when it broke."""
    kept: dict[int, Connection] = {}

    def give() -> Connection:
        connection = kept.get(os.getpid())
        if connection is None or connection.closed:
            connection = kept[os.getpid()] = connect(url, autocommit=True)
        return connection

    return give

"""Puts the worker together: it composes and sends, presses letters, or does both in one process."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

from services.notify import ports
from services.notify.attempt_store import AttemptJournal, CallJournal, NotificationJournal
from services.notify.box_inbox import hear_boxes
from services.notify.boxing import open_boxes
from services.notify.bulk_inbox import open_bulk_inbox
from services.notify.callback_inbox import open_callback_inbox
from services.notify.callbacks import HttpCaller
from services.notify.calling_back import Line
from services.notify.client_inbox import hear_client_letters, hear_clients
from services.notify.client_ports import Printing, WayOut
from services.notify.client_writer import TemplateWriter
from services.notify.domain.notifications import Channel
from services.notify.domain.quiet import read_quiet
from services.notify.inbox import open_inbox
from services.notify.links import links_of
from services.notify.mailing import Post
from services.notify.ports import AddressBook, Mail
from services.notify.press import LetterPress, NoteLetterPress
from services.notify.press_inbox import open_press_inbox
from services.notify.print_server import print_room_at
from services.notify.printing import PrintShop
from services.notify.providers import open_mails, open_texts
from services.notify.scanning import malware_with
from services.notify.sealing import seal_with
from services.notify.settings import Settings
from services.notify.table import standing_table
from services.notify.tray import PrintRoom
from services.notify.vault import LetterVault
from services.notify.wiping import hear_day
from services.notify.wording_store import StandingWordings
from services.notify.wordings import standing_wordings
from services.notify.writer import MailWriter
from shared.bus.inbox import Inbox
from shared.bus.worker import run_worker
from shared.catalogue.municipality import standing_municipality
from shared.database import Connection, connect
from shared.keyring import Keyring
from shared.letters.pdf import warm_up
from shared.settings import read
from shared.shelves import shelf_at
from shared.vault import Vault


def work(*tasks: str) -> None:
    """Compose and send messages ("work"), press letters ("press"), call clients back ("callbacks") or send in bulk.

    On a small machine one process for all saves some 40 MB; messages go first, so a mail waits for one letter at most,
    or for one message of a bulk.
    """
    settings = read(Settings)
    inboxes = {"work": _inbox, "press": _press_inbox, "callbacks": _callback_inbox, "bulk": _bulk_inbox}
    run_worker(
        *(inboxes[task](settings) for task in inboxes if task in tasks),
        database_url=settings.database_url,
        valkey_url=settings.valkey_url,
        warm_up=warm_up if "press" in tasks else None,
    )


def _inbox(settings: Settings) -> Inbox:
    """Make the door for facts, with the way out."""
    links = links_of(settings)
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    journal = _lasting_connection(settings.database_url)
    wordings = StandingWordings(standing_wordings(settings.catalogue), connect=journal)
    writer = MailWriter(municipality, wordings=wordings)
    mails = open_mails(settings, connect=journal)
    boxes = open_boxes(settings, connect=journal)
    table, quiet = standing_table(settings.catalogue), read_quiet(settings.quiet_mail)

    def post() -> Post:
        return Post(
            writer=writer,
            mails=mails,
            boxes=boxes,
            journal=AttemptJournal(journal()),
            links=links,
            news=table.news,
            quiet=quiet,
        )

    inbox = open_inbox(post, links=links, table=table)
    hear_boxes(inbox)
    templates = TemplateWriter(municipality, check_page=links.check_page)
    hear_clients(inbox, out=_way_out(settings, writer=templates, mails=mails, journal=journal))
    return inbox


def _bulk_inbox(settings: Settings) -> Inbox:
    """Make the door for what clients send in bulk."""
    vault = LetterVault(Vault(shelf_at(settings.vault), key=settings.vault_key))
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    links = links_of(settings)
    seal = seal_with(settings.seal_file, password=settings.seal_password)
    writer = TemplateWriter(municipality, check_page=links.check_page, seal=seal)
    journal = _lasting_connection(settings.database_url)
    mails = open_mails(settings, connect=journal, bulk=True)
    out = _way_out(settings, writer=writer, mails=mails, journal=journal, bulk=True)
    tray = _tray(settings)
    return open_bulk_inbox(out=out, printing=Printing(writer=writer, vault=vault, tray=tray))


def _way_out(
    settings: Settings,
    *,
    writer: TemplateWriter,
    mails: ports.WayOut[Mail],
    journal: Callable[[], Connection],
    bulk: bool = False,
) -> Callable[[], WayOut]:
    texts = open_texts(settings, connect=journal, bulk=bulk)
    hours = {Channel.SMS: read_quiet(settings.quiet_sms), Channel.EMAIL: read_quiet(settings.quiet_mail)}
    quiet = {channel: each for channel, each in hours.items() if each}
    return lambda: WayOut(
        writer=writer,
        mails=mails,
        texts=texts,
        attempts=NotificationJournal(journal()),
        quiet=quiet,
        texts_report=bool(settings.sms_return_key),
    )


def _press_inbox(settings: Settings) -> Inbox:
    """Make the door for orders of letters."""
    vault = LetterVault(Vault(shelf_at(settings.vault), key=settings.vault_key))
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    links = links_of(settings)
    journal = _lasting_connection(settings.database_url)
    wordings = StandingWordings(standing_wordings(settings.catalogue), connect=journal)
    writer = MailWriter(municipality, wordings=wordings)
    press = NoteLetterPress(municipality, check_page=links.check_page, writer=writer)
    tray = _tray(settings)

    def shop(book: AddressBook) -> PrintShop:
        return PrintShop(press=press, vault=vault, book=book, tray=tray, links=links)

    seal = seal_with(settings.seal_file, password=settings.seal_password)
    letters = LetterPress(municipality, check_page=links.check_page, seal=seal)
    inbox = open_press_inbox(letters, vault=vault, shop=shop, table=standing_table(settings.catalogue))
    templates = TemplateWriter(municipality, check_page=links.check_page, seal=seal)
    find_malware = malware_with(settings.clamd_url)
    printing = Printing(writer=templates, vault=vault, tray=tray, find_malware=find_malware)
    hear_client_letters(inbox, printing=printing)
    hear_day(inbox, vault=vault, kept_for=timedelta(days=settings.client_days))
    return inbox


def _tray(settings: Settings) -> PrintRoom:
    return print_room_at(settings.print_folder, key=settings.print_key, host_key=settings.print_host_key)


def _callback_inbox(settings: Settings) -> Inbox:
    """Make the door for calls back to clients."""
    cases = f"{settings.workflow_url.rstrip('/')}/zaken"
    caller = HttpCaller(inside=settings.callbacks_inside)
    journal = _lasting_connection(settings.database_url)
    line = Line(caller=caller, ring=Keyring(settings.secret_key), journal=lambda: CallJournal(journal()))
    return open_callback_inbox(line, cases=cases)


def _lasting_connection(url: str) -> Callable[[], Connection]:
    """Give one connection per process, opened when first asked for and again when it broke."""
    kept: dict[int, Connection] = {}

    def give() -> Connection:
        connection = kept.get(os.getpid())
        if connection is None or connection.closed:
            connection = kept[os.getpid()] = connect(url, autocommit=True)
        return connection

    return give

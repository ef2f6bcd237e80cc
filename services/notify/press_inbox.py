"""The door of the press: the orders to make letters and to print, and that to destroy them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.notify.destroying import hear_destruction
from services.notify.domain.tellings import Table
from services.notify.failing import give_up
from services.notify.outbox import TRIES_OF_A_DAY, open_outbox, permanent
from services.notify.ports import AddressBook, Press, Vault
from services.notify.printing import PrintShop, press_letter, print_message
from services.notify.store import PostalStore
from shared.bus import Inbox
from shared.database import Connection
from shared.events import LetterOrdered, PrintOrdered
from shared.routes import PRESS

OpenShop = Callable[[AddressBook], PrintShop]
"""Gives the way out by post, over the addresses of one transaction."""


def open_press_inbox(press: Press, *, vault: Vault, shop: OpenShop, table: Table) -> Inbox:
    """Open the door of the press, which prints too."""
    inbox = Inbox(PRESS)

    @inbox.hears(LetterOrdered)
    @permanent
    def make_letter(connection: Connection, ordered: LetterOrdered, *, now: datetime) -> None:
        outbox = open_outbox(connection, now=now)
        press_letter(ordered.letter_id, now=now, outbox=outbox, press=press, vault=vault)

    @inbox.hears(PrintOrdered, failures=TRIES_OF_A_DAY)
    @permanent
    def lay_ready(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        print_message(ordered, now=now, outbox=open_outbox(connection, now=now), shop=shop(PostalStore(connection)))

    @inbox.gives_up(PrintOrdered)
    def stop_printing(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        give_up(ordered.message_id, table=table, now=now, outbox=open_outbox(connection, now=now))

    hear_destruction(inbox, vault=vault)
    return inbox

"""The door of the press: the orders to make letters and to print, and that to destroy them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.notify.destroying import destroy_case
from services.notify.mailing import give_up
from services.notify.outbox import open_outbox, permanent
from services.notify.ports import AddressBook, Press, Vault
from services.notify.printing import PrintShop, press_letter, print_message
from services.notify.store import PostalStore
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import LetterOrdered, PrintOrdered
from shared.record_events import CaseDestructionOrdered
from shared.routes import PRESS

OpenShop = Callable[[AddressBook], PrintShop]
"""Gives the way out by post, over the addresses of one transaction."""


def open_press_inbox(press: Press, *, vault: Vault, shop: OpenShop) -> Inbox:
    """Open the door of the press, which prints too."""
    inbox = Inbox(PRESS)

    @inbox.hears(LetterOrdered)
    @permanent
    def make_letter(connection: Connection, ordered: LetterOrdered, *, now: datetime) -> None:
        outbox = open_outbox(connection, now=now)
        press_letter(ordered.letter_id, now=now, outbox=outbox, press=press, vault=vault)

    @inbox.hears(PrintOrdered)
    @permanent
    def lay_ready(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        print_message(ordered, now=now, outbox=open_outbox(connection, now=now), shop=shop(PostalStore(connection)))

    @inbox.gives_up(PrintOrdered)
    def stop_printing(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        give_up(ordered.message_id, outbox=open_outbox(connection, now=now))

    @inbox.hears(CaseDestructionOrdered)
    def destroy(connection: Connection, ordered: CaseDestructionOrdered, *, now: datetime) -> None:
        destroy_case(connection, ordered=ordered, now=now, vault=vault, tell=Courier(connection, now=now).tell)

    return inbox

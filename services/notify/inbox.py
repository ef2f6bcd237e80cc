"""The doors for facts: those that become messages, and the orders for the press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from services.notify import actions
from services.notify.actions import Outbox, Post
from services.notify.destroying import destroy_case
from services.notify.domain.tellings import Table
from services.notify.ports import (
    AddressBook,
    Links,
    Press,
    RefusedError,
    UnknownLetterError,
    UnknownMessageError,
    Vault,
)
from services.notify.printing import PrintShop, press_letter, print_message
from services.notify.store import LetterStore, MadeRegister, MessageStore, PostalStore
from shared.bus import Courier, Inbox, PermanentError
from shared.database import Connection
from shared.events import LetterOrdered, LetterPressed, MessageComposed, PrintOrdered, ReachedByPost
from shared.record_events import CaseDestructionOrdered
from shared.routes import NOTIFY, PRESS

OpenShop = Callable[[AddressBook], PrintShop]
"""Gives the way out by post, over the addresses of one transaction."""

PERMANENT = (RefusedError, UnknownLetterError, UnknownMessageError)


def open_inbox(post: Callable[[], Post], *, links: Links, table: Table) -> Inbox:
    """Open the door of notify; `post` gives the way out, made in the process that sends, `table` what goes when."""
    inbox = Inbox(NOTIFY)

    def tell(connection: Connection, fact: object, *, now: datetime) -> None:
        outbox = _outbox(connection, now=now)
        if isinstance(fact, actions.WithLetter):
            actions.order_letter(fact, now=now, outbox=outbox, links=links)
        actions.tell_of(fact, table=table, now=now, outbox=outbox)

    for fact in table.heard:
        inbox.hears(fact)(tell)
    inbox.hears(ReachedByPost)(_of_address)

    @inbox.hears(LetterPressed)
    @_permanent
    def announce(connection: Connection, pressed: LetterPressed, *, now: datetime) -> None:
        actions.announce_letter(pressed.letter_id, table=table, now=now, outbox=_outbox(connection, now=now))

    @inbox.hears(MessageComposed)
    @_permanent
    def send(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        actions.send_message(composed.message_id, now=now, outbox=_outbox(connection, now=now), post=post())

    @inbox.gives_up(MessageComposed)
    def give_up(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        actions.give_up(composed.message_id, outbox=_outbox(connection, now=now))

    return inbox


def open_press_inbox(press: Press, *, vault: Vault, shop: OpenShop) -> Inbox:
    """Open the door of the press, which prints too."""
    inbox = Inbox(PRESS)

    @inbox.hears(LetterOrdered)
    @_permanent
    def make_letter(connection: Connection, ordered: LetterOrdered, *, now: datetime) -> None:
        outbox = _outbox(connection, now=now)
        press_letter(ordered.letter_id, now=now, outbox=outbox, press=press, vault=vault)

    @inbox.hears(PrintOrdered)
    @_permanent
    def lay_ready(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        print_message(ordered, now=now, outbox=_outbox(connection, now=now), shop=shop(PostalStore(connection)))

    @inbox.gives_up(PrintOrdered)
    def stop_printing(connection: Connection, ordered: PrintOrdered, *, now: datetime) -> None:
        actions.give_up(ordered.message_id, outbox=_outbox(connection, now=now))

    @inbox.hears(CaseDestructionOrdered)
    def destroy(connection: Connection, ordered: CaseDestructionOrdered, *, now: datetime) -> None:
        destroy_case(connection, ordered=ordered, now=now, vault=vault, tell=Courier(connection, now=now).tell)

    return inbox


def _of_address(connection: Connection, reached: ReachedByPost, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    PostalStore(connection).add(reached.reference, party=reached.party)


def _outbox(connection: Connection, *, now: datetime) -> Outbox:
    courier = Courier(connection, now=now)
    return Outbox(
        messages=MessageStore(connection),
        letters=LetterStore(connection),
        register=MadeRegister(connection),
        tell=courier.tell,
    )


def _permanent(handler: Callable[..., None]) -> Callable[..., None]:
    """Say which errors of ours no second attempt will mend."""

    @wraps(handler)
    def guarded(connection: Connection, happened: Any, /, *, now: datetime) -> None:
        try:
            handler(connection, happened, now=now)
        except PERMANENT as error:
            raise PermanentError(f"{type(error).__name__}: {error}") from error

    return guarded

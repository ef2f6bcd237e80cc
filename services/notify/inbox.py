"""The doors for facts: those that become messages, and the orders for the press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, get_args

from services.notify import actions
from services.notify.actions import Outbox, Post
from services.notify.destroying import destroy_case
from services.notify.participation_inbox import hear_participation
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
from shared.events import (
    AdviceAsked,
    CosignAsked,
    DraftExpires,
    DraftKept,
    LetterOrdered,
    LetterPressed,
    MessageComposed,
    MorningCounted,
    PaymentNoted,
    PrintOrdered,
    ReachedByPost,
    UnpaidExpires,
)
from shared.record_events import CaseDestructionOrdered
from shared.routes import NOTIFY, PRESS

OpenShop = Callable[[AddressBook], PrintShop]
"""Gives the way out by post, over the addresses of one transaction."""

PERMANENT = (RefusedError, UnknownLetterError, UnknownMessageError)


def open_inbox(post: Callable[[], Post], *, links: Links) -> Inbox:
    """Open the door of notify; `post` gives the way out, made in the process that sends."""
    inbox = Inbox(NOTIFY)

    def of_case(connection: Connection, fact: actions.OfCase, *, now: datetime) -> None:
        actions.tell_of_case(fact, outbox=_outbox(connection, now=now))

    for fact in get_args(actions.OfCase):
        inbox.hears(fact)(of_case)

    def of_draft(connection: Connection, kept: DraftKept | DraftExpires, *, now: datetime) -> None:
        actions.tell_of_draft(kept, now=now, outbox=_outbox(connection, now=now))

    for about in (DraftKept, DraftExpires):
        inbox.hears(about)(of_draft)

    @inbox.hears(PaymentNoted)
    def of_payment(connection: Connection, noted: PaymentNoted, *, now: datetime) -> None:
        actions.tell_of_payment(noted, outbox=_outbox(connection, now=now))

    for happened, handler in _PLAIN.items():
        inbox.hears(happened)(handler)
    hear_participation(inbox)

    for told in get_args(actions.WithLetter):
        inbox.hears(told)(_orders(links))

    @inbox.hears(LetterPressed)
    @_permanent
    def announce(connection: Connection, pressed: LetterPressed, *, now: datetime) -> None:
        actions.announce_letter(pressed.letter_id, now=now, outbox=_outbox(connection, now=now))

    @inbox.hears(MessageComposed)
    @_permanent
    def send(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        actions.send_message(composed.message_id, now=now, outbox=_outbox(connection, now=now), post=post())

    @inbox.gives_up(MessageComposed)
    def give_up(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        actions.give_up(composed.message_id, outbox=_outbox(connection, now=now))

    return inbox


def _orders(links: Links) -> Callable[..., None]:
    """The handler of facts that bring a letter."""

    def order(connection: Connection, told: actions.WithLetter, *, now: datetime) -> None:
        actions.order_letter(told, now=now, outbox=_outbox(connection, now=now), links=links)

    return order


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


def _of_unpaid(connection: Connection, expires: UnpaidExpires, /, *, now: datetime) -> None:
    actions.tell_of_unpaid(expires, now=now, outbox=_outbox(connection, now=now))


def _of_address(connection: Connection, reached: ReachedByPost, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    PostalStore(connection).add(reached.reference, party=reached.party)


def _of_morning(connection: Connection, counted: MorningCounted, *, now: datetime) -> None:
    actions.tell_of_morning(counted, outbox=_outbox(connection, now=now))


def _of_cosign(connection: Connection, asked: CosignAsked, /, *, now: datetime) -> None:
    actions.tell_of_cosign(asked, outbox=_outbox(connection, now=now))


def _of_advice(connection: Connection, asked: AdviceAsked, /, *, now: datetime) -> None:
    actions.tell_of_advice(asked, outbox=_outbox(connection, now=now))


_PLAIN: Mapping[type, Callable[..., None]] = {
    CosignAsked: _of_cosign,
    AdviceAsked: _of_advice,
    UnpaidExpires: _of_unpaid,
    ReachedByPost: _of_address,
    MorningCounted: _of_morning,
}


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

"""Sends a message that did not arrive once more when a person says so: as it was, to another address, or by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from services.notify.actions import Outbox, send_on
from services.notify.domain.messages import Message
from services.notify.domain.states import FAILED
from services.notify.domain.tellings import Table
from shared.access import Person

Way = Literal["again", "address", "post"]


class NothingToMendError(Exception):
    """The message arrived, or is on its way again already."""


class NoHomeError(Exception):
    """This kind of message does not go by post, or nobody knows where its reader lives."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a person asks: the `number` counts what was asked of this message, `address` is for that way alone."""

    message_id: UUID
    number: int
    way: Way
    person: Person
    address: str = ""


class Resendings(Protocol):
    """Keeps what people had sent again, within the caller's transaction."""

    def lock(self, message_id: UUID) -> Message:
        """Give a message, for this transaction alone. Raises UnknownMessageError."""

    def note(self, order: Order, *, now: datetime) -> bool:
        """Keep the order; False when one with this number was kept before."""

    def is_ordered(self, message_id: UUID) -> bool:
        """Tell whether somebody is at it to send or print this message."""

    def knows_home(self, reference: str) -> bool:
        """Tell whether it is known where who applied lives."""

    def readdress(self, message_id: UUID, *, address: str) -> None:
        """Let the message go by mail to this address from now on."""

    def lift(self, address: str, *, order: Order, now: datetime) -> None:
        """Let mail go to this address again, though it came back before, since a person orders it."""

    def settle(self, message_id: UUID) -> None:
        """Take what stopped for this message from the list of what waits for a person."""


def send_again(order: Order, *, table: Table, now: datetime, outbox: Outbox, resendings: Resendings) -> bool:
    """Order a message that did not arrive once more; False when a click before this one did.

    Raises:
        NothingToMendError, NoHomeError.
    """
    message = resendings.lock(order.message_id)
    if not resendings.note(order, now=now):
        return False
    if message.state not in FAILED or resendings.is_ordered(message.id):
        raise NothingToMendError
    if order.way == "post":
        if not may_go_by_post(message, table=table, resendings=resendings):
            raise NoHomeError
        outbox.messages.turn_to_post(message.id)
    else:
        if order.way == "address":
            resendings.readdress(message.id, address=order.address)
        resendings.lift(order.address or message.recipient, order=order, now=now)
        resendings.settle(message.id)
    send_on(message.id, outbox=outbox)
    return True


def may_go_by_post(message: Message, *, table: Table, resendings: Resendings) -> bool:
    """Tell whether a message can still be a letter."""
    return table.goes_by_post(message.kind) and resendings.knows_home(message.reference or "")

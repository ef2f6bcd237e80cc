"""What people had sent again, kept in PostgreSQL (the port `Resendings`)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.domain.messages import Message
from services.notify.ports import UnknownMessageError
from services.notify.resending import Order
from services.notify.stop_store import StopStore
from services.notify.store import SETTLE, MessageStore
from shared.database import Connection

_OPEN: Final = """
select from bus.delivery d join bus.event e on e.id = d.event_id
where d.done_at is null and d.dead_at is null and e.name in ('MessageComposed', 'PrintOrdered')
  and e.payload ->> 'message_id' = %s limit 1
"""


class ResendStore:
    """Orders of people, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def lock(self, message_id: UUID) -> Message:
        """Give a message, for this transaction alone. Raises UnknownMessageError."""
        found = self._connection.execute("select from notify.messages where id = %s for update", [message_id])
        if found.fetchone() is None:
            raise UnknownMessageError(str(message_id))
        return MessageStore(self._connection).get(message_id)

    def note(self, order: Order, *, now: datetime) -> bool:
        """Keep the order; False when one with this number was kept before."""
        kept = self._connection.execute(
            "insert into notify.resendings (message_id, number, way, at, who, name) values (%s, %s, %s, %s, %s, %s) "
            "on conflict do nothing",
            [order.message_id, order.number, order.way, now, order.person.subject, order.person.name],
        )
        return bool(kept.rowcount)

    def is_ordered(self, message_id: UUID) -> bool:
        """Tell whether somebody is at it to send or print this message."""
        return self._connection.execute(_OPEN, [str(message_id)]).fetchone() is not None

    def knows_home(self, reference: str) -> bool:
        """Tell whether it is known where who applied lives."""
        found = self._connection.execute("select from notify.postal where reference = %s", [reference])
        return found.fetchone() is not None

    def readdress(self, message_id: UUID, *, address: str) -> None:
        """Let the message go by mail to this address from now on."""
        statement = "update notify.messages set recipient = %s, by_post = false where id = %s"
        self._connection.execute(statement, [address, message_id])

    def lift(self, address: str, *, order: Order, now: datetime) -> None:
        """Let mail go to this address again, though it came back before, since a person orders it."""
        who, reason = order.person.subject, f"resend.{order.way}"
        StopStore(self._connection).lift_from(address, because="bounced", who=who, reason=reason, now=now)

    def settle(self, message_id: UUID) -> None:
        """Take what stopped for this message from the list of what waits for a person."""
        self._connection.execute(SETTLE, [str(message_id)])

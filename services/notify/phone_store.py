"""What people text to clients of the API, kept in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.client_queries import ReceivedText
from services.notify.domain.recipients import phone_of
from services.notify.ports import UnknownNotificationError
from shared.bus import Courier
from shared.database import Connection
from shared.ids import new_id
from shared.post import TextReceived


class UnknownNumberError(Exception):
    """No client has this number."""


def take_text(connection: Connection, *, provider_id: str, sender: str, to: str, text: str, now: datetime) -> None:
    """Keep a text that somebody sent, once, for the client whose number it came to, and tell of it.

    Raises:
        UnknownNumberError: no client has the number.
    """
    number = phone_of(to) or to
    owner = connection.execute("select client_id from notify.inbound_numbers where number = %s", [number]).fetchone()
    if owner is None:
        raise UnknownNumberError
    text_id = new_id()
    kept = connection.execute(
        "insert into notify.received_texts "
        "(id, client_id, user_number, notify_number, content, created_at, provider_id) "
        "values (%(id)s, %(client_id)s, %(user_number)s, %(notify_number)s, %(content)s, %(created_at)s, "
        "%(provider_id)s) on conflict (provider_id) do nothing",
        {
            "id": text_id,
            "client_id": owner["client_id"],
            "user_number": phone_of(sender) or sender,
            "notify_number": number,
            "content": text,
            "created_at": now,
            "provider_id": provider_id,
        },
    )
    if kept.rowcount:
        Courier(connection, now=now).tell(TextReceived(text_id=text_id))


def find_text(connection: Connection, *, text_id: UUID) -> tuple[UUID, ReceivedText]:
    """Give the client that a text is for, and the text. Raises UnknownNotificationError."""
    row = connection.execute(
        "select client_id, id, user_number, notify_number, content, created_at from notify.received_texts "
        "where id = %s",
        [text_id],
    ).fetchone()
    if row is None:
        raise UnknownNotificationError
    return row.pop("client_id"), ReceivedText(**row)

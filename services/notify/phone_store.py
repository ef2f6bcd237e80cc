"""What people text to clients of the API, kept in PostgreSQL, and what became of texts that were sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.client_actions import settle
from services.notify.client_inbox import open_intake
from services.notify.client_queries import ReceivedText
from services.notify.client_store import NotificationStore
from services.notify.domain.notifications import Channel
from services.notify.domain.states import Status
from services.notify.ports import UnknownNotificationError
from shared.bus import Courier
from shared.database import Connection
from shared.post import TextReceived


class UnknownNumberError(Exception):
    """No client has this number."""


def take_text(connection: Connection, *, text: ReceivedText, provider_id: str, now: datetime) -> None:
    """Keep a text that somebody sent, once, for the client whose number it came to, and tell of it.

    Raises:
        UnknownNumberError: no client has the number.
    """
    owner = connection.execute(
        "select client_id from notify.inbound_numbers where number = %s", [text.notify_number]
    ).fetchone()
    if owner is None:
        raise UnknownNumberError
    kept = connection.execute(
        "insert into notify.received_texts "
        "(id, client_id, user_number, notify_number, content, created_at, provider_id) "
        "values (%(id)s, %(client_id)s, %(user_number)s, %(notify_number)s, %(content)s, %(created_at)s, "
        "%(provider_id)s) on conflict (provider_id) do nothing",
        {**vars(text), "client_id": owner["client_id"], "provider_id": provider_id},
    )
    if kept.rowcount:
        Courier(connection, now=now).tell(TextReceived(text_id=text.id))


def find_text(connection: Connection, *, text_id: UUID) -> tuple[UUID, ReceivedText] | None:
    """Give the client that a text is for, and the text."""
    row = connection.execute(
        "select client_id, id, user_number, notify_number, content, created_at from notify.received_texts "
        "where id = %s",
        [text_id],
    ).fetchone()
    return (row.pop("client_id"), ReceivedText(**row)) if row else None


def give_number(connection: Connection, *, number: str, client_id: UUID) -> None:
    """Let what is texted to a number be for this client, and for no other any more."""
    connection.execute(
        "insert into notify.inbound_numbers (number, client_id) values (%s, %s) "
        "on conflict (number) do update set client_id = excluded.client_id",
        [number, client_id],
    )


def note_end(connection: Connection, *, notification_id: UUID, to: Status, said: str, now: datetime) -> None:
    """Keep what the provider says became of a text message, and let it move on.

    Raises:
        UnknownNotificationError: it is none of ours.
    """
    notification = NotificationStore(connection).get(notification_id)
    if notification.channel is not Channel.SMS:
        raise UnknownNotificationError
    connection.execute(
        "insert into notify.reports (content, notification_id, at, action, code, said) "
        "values (encode(sha256(convert_to(%(id)s || %(action)s || %(said)s, 'UTF8')), 'hex'), %(id)s::uuid, %(now)s, "
        "%(action)s, '', %(said)s) on conflict (content) do nothing",
        {
            "id": str(notification_id),
            "action": "delivered" if to is Status.DELIVERED else "failed",
            "said": said,
            "now": now,
        },
    )
    settle(notification, to=to, now=now, intake=open_intake(connection, now=now))


_ACTIONS = {Status.DELIVERED: "delivered", Status.PERMANENT_FAILURE: "failed", Status.TEMPORARY_FAILURE: "failed"}

"""Keeps what the provider of text messages says became of one, and lets it move on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.client_actions import settle
from services.notify.client_inbox import open_intake
from services.notify.client_store import NotificationStore
from services.notify.domain.notifications import Channel
from services.notify.domain.states import Status
from services.notify.ports import UnknownNotificationError
from shared.database import Connection


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

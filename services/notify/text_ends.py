"""Keeps what the provider of text messages says became of one, and lets it move on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.client_actions import settle
from services.notify.client_inbox import open_intake
from services.notify.client_store import NotificationStore
from services.notify.domain.notifications import Channel
from services.notify.domain.states import Status
from services.notify.ports import UnknownNotificationError
from services.notify.report_store import add_report
from services.notify.returning import Report
from shared.database import Connection

_ACTIONS: Final[Mapping[Status, str]] = {
    Status.DELIVERED: "delivered",
    Status.PENDING: "delayed",
    Status.SENT: "relayed",
}
"""As RFC 3464 (2.3.3) calls them; what is relayed went to a network that tells no more."""


def note_end(connection: Connection, *, notification_id: UUID, to: Status, said: str, now: datetime) -> None:
    """Keep what the provider says became of a text message, and let it move on.

    Raises:
        UnknownNotificationError: it is none of ours.
    """
    notification = NotificationStore(connection).get(notification_id)
    if notification.channel is not Channel.SMS:
        raise UnknownNotificationError
    action = _ACTIONS.get(to, "failed")
    content = hashlib.sha256(f"{notification_id}{action}{said}".encode()).hexdigest()
    report = Report(id=notification_id, action=action, code="", said=said, content=content)
    add_report(connection, report=report, about="notification_id", now=now)
    settle(notification, to=to, now=now, intake=open_intake(connection, now=now))

"""Lists for clients of the API, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.client_store import NOTIFICATION, notification_from
from services.notify.domain.notifications import Channel, KeyType, Notification
from services.notify.domain.states import Status
from shared.database import Connection

PAGE: Final = 250


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which notifications a client wants to see; nothing chosen is all of its own."""

    client_id: UUID
    key_type: KeyType
    statuses: Sequence[Status] = ()
    channels: Sequence[Channel] = ()
    reference: str | None = None
    older_than: UUID | None = None
    bulk: bool = False
    """With those of bulks too."""


@dataclass(frozen=True, kw_only=True)
class ReceivedText:
    """A text message that somebody sent to a client."""

    id: UUID
    user_number: str
    notify_number: str
    content: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class MadeFrom:
    """The name of the template that a notification was made from, and of the bulk with its row, if there was one."""

    template: str | None
    bulk: str | None
    row: int | None


def made_from(connection: Connection, *, notification_id: UUID) -> MadeFrom:
    """Give what a notification was made from."""
    row = connection.execute(
        """
        select v.name as template, b.name as bulk, r.number as row from notify.notifications n
        left join notify.template_versions v on v.template_id = n.template_id and v.version = n.template_version
        left join notify.bulk_rows r on r.notification_id = n.id left join notify.bulks b on b.id = r.bulk_id
        where n.id = %s
        """,
        [notification_id],
    ).fetchone()
    return MadeFrom(**row) if row else MadeFrom(template=None, bulk=None, row=None)


def notifications_of(connection: Connection, *, wanted: Wanted) -> Sequence[Notification]:
    """Give a page of at most 250 notifications."""
    rows = connection.execute(
        f"""
        select {NOTIFICATION} from notify.notifications
        where client_id = %(client_id)s and key_type = %(key_type)s and wiped_at is null
          and (%(statuses)s::text[] = '{{}}' or status = any(%(statuses)s))
          and (%(channels)s::text[] = '{{}}' or channel = any(%(channels)s))
          and (%(reference)s::text is null or reference = %(reference)s)
          and (%(older_than)s::uuid is null or id < %(older_than)s)
          and (%(bulk)s or not exists (select from notify.bulk_rows where notification_id = notifications.id))
        order by id desc limit {PAGE}
        """,
        {**vars(wanted), "statuses": list(wanted.statuses), "channels": list(wanted.channels)},
    )
    return [notification_from(row) for row in rows]


def find_notification(
    connection: Connection, *, notification_id: UUID, client_id: UUID, key_type: KeyType
) -> Notification | None:
    """Give one notification of a client."""
    row = connection.execute(
        f"select {NOTIFICATION} from notify.notifications "
        "where id = %s and client_id = %s and key_type = %s and wiped_at is null",
        [notification_id, client_id, key_type],
    ).fetchone()
    return notification_from(row) if row else None


def received_texts_of(connection: Connection, *, client_id: UUID, older_than: UUID | None) -> Sequence[ReceivedText]:
    """Give a page of at most 250 text messages that people sent to a client."""
    rows = connection.execute(
        f"""
        select id, user_number, notify_number, content, created_at from notify.received_texts
        where client_id = %(client_id)s and (%(older_than)s::uuid is null or id < %(older_than)s)
        order by id desc limit {PAGE}
        """,
        {"client_id": client_id, "older_than": older_than},
    )
    return [ReceivedText(**row) for row in rows]

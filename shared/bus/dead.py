"""Messages that could not be handled: listed with their reason, and handed out again when a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.bus.courier import CHANNEL
from shared.database import Connection

LONGEST_LIST = 500


@dataclass(frozen=True, kw_only=True)
class DeadMessage:
    """A delivery that waits for a person."""

    event_id: UUID
    consumer: str
    name: str
    reason: str
    attempts: int
    told_at: datetime
    dead_at: datetime


def list_dead(connection: Connection) -> list[DeadMessage]:
    """List what could not be handled, newest first, at most 500."""
    rows = connection.execute(
        """
        select d.event_id, d.consumer, e.name, coalesce(d.reason, '') as reason, d.attempt as attempts,
               e.at as told_at, d.dead_at
        from bus.delivery d join bus.event e on e.id = d.event_id
        where d.dead_at is not null order by d.dead_at desc limit %s
        """,
        [LONGEST_LIST],
    )
    return [DeadMessage(**row) for row in rows]


def replay(connection: Connection, *, event_id: UUID, consumer: str) -> bool:
    """Hand a dead message out again; False when there is no such dead message (any more)."""
    revived = connection.execute(
        """
        update bus.delivery set dead_at = null, queued_at = null, job = null, due_at = now(), failures = 0, attempt = 0
        where event_id = %s and consumer = %s and dead_at is not null
        """,
        [event_id, consumer],
    ).rowcount
    connection.execute("select pg_notify(%s, '')", [CHANNEL])
    return bool(revived)

"""Links with other systems, for the page of staff: their keys, without what these hold, and calls back that stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.database import Connection
from shared.routes import CALLBACKS

LONGEST_LIST: Final = 200
LATEST: Final = 50

_KEYS: Final = """
select c.name as client, k.name, k.type, k.created_at, k.used_at, k.revoked_at
from notify.api_keys k join notify.clients c on c.id = k.client_id order by c.name, k.created_at, k.name
"""
_HEARINGS: Final = """
select c.name as client, b.kind, b.url as where from notify.callbacks b join notify.clients c on c.id = b.client_id
union all
select c.name, 'number', n.number from notify.inbound_numbers n join notify.clients c on c.id = n.client_id
order by 1, 2, 3
"""
_STOPPED: Final = """
select d.event_id, c.name as client, b.url, n.status, coalesce(d.reason, '') as reason, d.failures, d.dead_at,
       (select count(*) from notify.call_attempts a where a.event_id = d.event_id) as attempts
from bus.delivery d join bus.event e on e.id = d.event_id
left join notify.notifications n on n.id = (e.payload ->> 'notification_id')::uuid
left join notify.received_texts t on t.id = (e.payload ->> 'text_id')::uuid
left join notify.clients c on c.id = coalesce(n.client_id, t.client_id, (e.payload ->> 'client_id')::uuid)
left join notify.callbacks b on b.client_id = c.id and b.kind = case when t.id is not null then 'text'
    when e.name = 'CallOrdered' then 'case' when n.status = 'returned-letter' then 'returned' else 'delivery' end
where d.consumer = %s and d.dead_at is not null order by d.dead_at desc limit %s
"""
_ATTEMPTS: Final = """
select a.event_id, c.name as client, a.kind, a.provider as host, a.began_at, a.ended_at - a.began_at as lasted,
       a.outcome, a.answer
from notify.call_attempts a join notify.clients c on c.id = a.client_id
"""


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of a client as people know it."""

    client: str
    name: str
    type: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Where a client hears of something, or the number that people text to for it."""

    client: str
    kind: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A call back that nobody tries any more; without `client` what it told of is gone, without `url` nobody hears."""

    event_id: UUID
    client: str | None
    url: str | None
    status: str | None
    reason: str
    failures: int
    dead_at: datetime
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt to call a client back; without `outcome` nobody knows whether it heard."""

    event_id: UUID
    client: str
    kind: str
    host: str
    began_at: datetime
    lasted: timedelta | None
    outcome: str | None
    answer: str | None

    @property
    def milliseconds(self) -> int | None:
        """How long the answer took; None while there is none."""
        return None if self.lasted is None else round(self.lasted / timedelta(milliseconds=1))


def keys_of_all(connection: Connection) -> Sequence[Key]:
    """Give all keys, by client."""
    return [Key(**row) for row in connection.execute(_KEYS)]


def hearings_of_all(connection: Connection) -> Sequence[Hearing]:
    """Give where each client hears of what, and its numbers, by client."""
    return [Hearing(**row) for row in connection.execute(_HEARINGS)]


def stopped_calls(connection: Connection) -> Sequence[Stopped]:
    """Give the calls back that stopped, the newest first, at most 200."""
    return [Stopped(**row) for row in connection.execute(_STOPPED, [CALLBACKS, LONGEST_LIST])]


def latest_attempts(connection: Connection) -> Sequence[Attempt]:
    """Give the newest attempts to call any client back, the newest first, at most 50."""
    return [Attempt(**row) for row in connection.execute(f"{_ATTEMPTS} order by a.id desc limit %s", [LATEST])]


def attempts_to_call(connection: Connection, *, event_id: UUID) -> Sequence[Attempt]:
    """Give every attempt to call a client back about one fact, the newest first; 84 at most each time that it stops."""
    rows = connection.execute(f"{_ATTEMPTS} where a.event_id = %s order by a.id desc", [event_id])
    return [Attempt(**row) for row in rows]

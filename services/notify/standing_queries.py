"""How sending goes now, for the page of staff: what waits in each lane, what each system outside took, what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.notify.domain.messages import made_at
from services.notify.domain.states import FAILED
from shared.database import Connection
from shared.routes import BULK, CALLBACKS, NOTIFY, PRESS

LANES: Final = (NOTIFY, PRESS, BULK, CALLBACKS)

_WAITING: Final = """
select lane as name, count(d.event_id) filter (where d.dead_at is null) as waiting,
       count(d.event_id) filter (where d.dead_at is null and d.due_at > %(now)s) as later,
       min(d.due_at) filter (where d.dead_at is null and d.due_at <= %(now)s) as oldest,
       count(d.event_id) filter (where d.dead_at is not null) as stopped
from unnest(%(lanes)s::text[]) with ordinality as asked (lane, place)
left join bus.delivery d on d.consumer = lane and d.done_at is null
group by lane, place order by place
"""
_TRIED: Final = """
select provider, channel, count(*) filter (where outcome = 'accepted') as accepted,
       count(*) filter (where outcome = 'refused') as refused,
       count(*) filter (where outcome = 'unreachable') as unreachable,
       count(*) filter (where outcome is null) as unsure, max(ended_at) filter (where outcome = 'accepted') as last
from (
    select provider, channel, outcome, ended_at from notify.attempts where id > %(first)s
    union all
    select t.provider, n.channel, t.outcome, t.ended_at
    from notify.notification_attempts t join notify.notifications n on n.id = t.notification_id where t.id > %(first)s
) tried
where provider <> '' group by provider, channel order by provider
"""
_FAILED: Final = """
select (
    select count(distinct m.id) from notify.attempts a join notify.messages m on m.id = a.message_id
    where a.id > %(first)s and m.state = any(%(failed)s)
) as own, (
    select count(distinct n.id)
    from notify.notification_attempts a join notify.notifications n on n.id = a.notification_id
    where a.id > %(first)s and n.status = any(%(failed)s)
) as others
"""

_UNHEARD: Final = """
select count(*) as messages, min(id::text)::uuid as oldest
from notify.messages where state in ('created', 'sending') and reference is not null and id < %s
"""
RING_AFTER: Final = timedelta(hours=36)
"""A message about a case must leave within 48 hours (Awb 2:10 lid 1): a quarter of that is left to mend what holds it.

What is tried for a day and fails is told to the case (`NoticeFailed`); this is what nothing else tells.
"""


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """How many messages about cases have waited so long that their 48 hours run out, and since when the oldest does."""

    messages: int
    oldest: datetime | None


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A queue: how much waits, `later` of it for its moment; `oldest` is due the longest, `stopped` waits for us."""

    name: str
    waiting: int
    later: int
    oldest: datetime | None
    stopped: int


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A system outside: what came of the attempts to hand something to it, and when it last took something."""

    provider: str
    channel: str
    accepted: int
    refused: int
    unreachable: int
    unsure: int
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class Failed:
    """How many messages did not arrive: those of the house, and those of other systems."""

    own: int
    others: int


def lanes(connection: Connection, *, now: datetime) -> Sequence[Lane]:
    """Give each lane, also those in which nothing waits."""
    rows = connection.execute(_WAITING, {"now": now, "lanes": list(LANES)})
    return [Lane(**row) for row in rows]


def providers(connection: Connection, *, since: datetime) -> Sequence[Provider]:
    """Give each system outside that something was handed to since then."""
    return [Provider(**row) for row in connection.execute(_TRIED, {"first": _first_id(since)})]


def failed_since(connection: Connection, *, since: datetime) -> Failed:
    """Count what did not arrive and was tried since then."""
    row = connection.execute(_FAILED, {"first": _first_id(since), "failed": list(FAILED)}).fetchone()
    assert row is not None  # noqa: S101 it counts
    return Failed(**row)


def unheard(connection: Connection, *, now: datetime) -> Unheard:
    """Count the messages about cases that wait for more than 36 hours and did not fail."""
    row = connection.execute(_UNHEARD, [_first_id(now - RING_AFTER)]).fetchone()
    assert row is not None  # noqa: S101 it counts
    oldest: UUID | None = row["oldest"]
    return Unheard(messages=row["messages"], oldest=made_at(oldest) if oldest else None)


def _first_id(since: datetime) -> UUID:
    """Give the smallest id that is made from this moment on: ids tell their time (RFC 9562, 5.7)."""
    return UUID(int=int(since.timestamp() * 1000) << 80)

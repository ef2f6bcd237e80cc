"""Tell facts inside the caller's own transaction, so that state and fact are kept together or not at all."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.database import Connection
from shared.ids import new_id
from shared.routes import hearers_of
from shared.wire import name_of, to_wire

CHANNEL = "bus"
"""PostgreSQL's notification channel on which the relay hears that something is due."""

_TELL = """
with told as (
    insert into bus.event (id, name, version, payload, at)
    values (%(id)s, %(name)s, %(version)s, %(payload)s, %(now)s)
    on conflict (id) do nothing
    returning id
), handed as (
    insert into bus.delivery (event_id, consumer, due_at, attempt, queued_at, job)
    select told.id, hearer, coalesce(%(due)s, now()), (hearer is not distinct from %(own)s::text)::integer,
           case when hearer = %(own)s::text then now() end, case when hearer = %(own)s::text then %(job)s end
    from told, unnest(%(hearers)s::text[]) as hearer
)
select pg_notify(%(channel)s, '') from told where %(wake)s
"""


@dataclass
class Desk:
    """The job at work: facts that its own consumer hears are handled next in the same job, not sent round."""

    consumer: str
    job: str
    at_hand: UUID | None = None
    """The event that is being handled."""
    failures: int = 0
    """How often the delivery at hand failed before."""
    patience: int = 1
    """After how many failures it is a dead message."""
    next: list[UUID] = field(default_factory=list)


desk: ContextVar[Desk | None] = ContextVar("desk", default=None)


def event_at_hand() -> UUID:
    """Give the number of the event that is being handled. Raises LookupError: none is."""
    at_work = desk.get()
    if at_work is None or at_work.at_hand is None:
        raise LookupError("no event is being handled")
    return at_work.at_hand


class Courier:
    """Hands facts to their hearers within one transaction."""

    def __init__(self, connection: Connection, *, now: datetime) -> None:
        """Tell over this connection, at this instant (UTC)."""
        self._connection = connection
        self._now = now

    def tell(self, happened: object, *, due: datetime | None = None, event_id: UUID | None = None) -> UUID:
        """Keep the event with a delivery per hearer, handed out from `due` on; a known `event_id` is kept once.

        Raises:
            KeyError: the event has no route.
        """
        at_work = desk.get()
        hearers = hearers_of(happened)
        own = at_work.consumer if at_work and due is None and at_work.consumer in hearers else None
        name, version = name_of(happened)
        number = event_id or new_id()
        self._connection.execute(
            _TELL,
            {
                "id": number,
                "name": name,
                "version": version,
                "payload": Jsonb(to_wire(happened)),
                "now": self._now,
                "due": due,
                "own": own,
                "job": at_work.job if at_work else None,
                "hearers": list(hearers),
                "channel": CHANNEL,
                "wake": hearers != (own,),
            },
        )
        if at_work and own:
            at_work.next.append(number)
        return number

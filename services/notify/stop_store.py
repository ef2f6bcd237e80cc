"""Addresses to which nothing goes, kept in PostgreSQL: mail came back for good, or who has it wants no news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.notify.domain.states import Outcome
from services.notify.domain.troubles import proves_nobody
from services.notify.ports import Because
from shared.database import Connection
from shared.ids import new_id

MOST: Final = 200
"""Stops on one page; the newest."""
KEPT_FOR: Final = timedelta(days=365)
"""So long mail that came back stops an address."""
LONGEST_REASON: Final = 500

_ADD = """
insert into notify.stops (id, address, because, since, said) values (%s, lower(%s), %s, %s, %s)
on conflict (address, because) where lifted_at is null do nothing
"""
HOLDS: Final = "select from notify.stops where address = lower({}) and because = {} and lifted_at is null"
"""Whether an address is stopped, and because of what."""
_HOLDS = HOLDS.format("%s", "%s")
_LIFT = """
update notify.stops set lifted_at = %(now)s, lifted_by = %(who)s, lifted_because = %(reason)s
where lifted_at is null and {which}
"""
_FORGET = """
delete from notify.stops
where lifted_at < %(before)s or (lifted_at is null and because = 'bounced' and since < %(before)s)
"""
_LAST = """
(select m.recipient, a.outcome, a.answer, a.provider, a.began_at, a.id
 from notify.messages m join notify.attempts a on a.message_id = m.id where m.id = %(id)s)
union all
(select n.recipient, a.outcome, a.answer, a.provider, a.began_at, a.id
 from notify.notifications n join notify.notification_attempts a on a.notification_id = n.id
 where n.id = %(id)s and n.channel = 'email')
order by began_at desc, id desc limit 1
"""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """An address to which nothing goes since a moment; `said` are the words of the other system."""

    id: UUID
    address: str
    because: Because
    since: datetime
    said: str


class StopStore:
    """The stops, within one transaction (the port `Stops`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, address: str, *, because: Because, said: str = "", now: datetime) -> None:
        """Stop an address from now on, unless it was stopped already."""
        self._connection.execute(_ADD, [new_id(), address, because, now, said])

    def add_refused(self, message_id: UUID, *, now: datetime) -> None:
        """Stop the address of a message, of ours or of a client, if a server proved at once that there is none."""
        row = self._connection.execute(_LAST, {"id": message_id}).fetchone()
        refused = row and row["provider"] and row["outcome"] == Outcome.REFUSED
        if row and refused and proves_nobody(row["answer"]):
            self.add(row["recipient"], because="bounced", said=row["answer"], now=now)

    def bounces(self, address: str) -> bool:
        """Tell whether mail to it came back for good."""
        return self._holds(address, because="bounced")

    def declines(self, address: str) -> bool:
        """Tell whether who has it wants no news."""
        return self._holds(address, because="declined")

    def lift(self, stop_id: UUID, *, who: str, reason: str, now: datetime) -> bool:
        """Let mail go there again, because somebody says why; False when it was lifted before."""
        values = {"id": stop_id, "who": who, "reason": reason, "now": now}
        return bool(self._connection.execute(_LIFT.format(which="id = %(id)s"), values).rowcount)

    def lift_from(self, address: str, *, because: Because, who: str, reason: str, now: datetime) -> None:
        """Let mail go to this address again, if it was stopped."""
        values = {"address": address, "because": because, "who": who, "reason": reason, "now": now}
        which = "address = lower(%(address)s) and because = %(because)s"
        self._connection.execute(_LIFT.format(which=which), values)

    def all_open(self, *, address: str | None = None) -> Sequence[Stop]:
        """Give the addresses to which nothing goes now, the newest first; or those of one address."""
        rows = self._connection.execute(
            "select id, address, because, since, said from notify.stops where lifted_at is null "
            "and (%(address)s::text is null or address = lower(%(address)s)) "
            "order by since desc, id desc limit %(most)s",
            {"address": address, "most": MOST},
        )
        return [Stop(**row) for row in rows]

    def forget(self, *, before: datetime) -> None:
        """Throw away what was lifted or came back before then: the address may be somebody's again. A wish stays."""
        self._connection.execute(_FORGET, {"before": before})

    def _holds(self, address: str, *, because: Because) -> bool:
        return self._connection.execute(_HOLDS, [address, because]).fetchone() is not None


def forget_asked(connection: Connection, *, today: date) -> int:
    """Wipe whom a questionnaire or a link to sign went to once its last day is over, and give how many.

    The message counts on.
    """
    statement = """
        update notify.messages set recipient = '' where kind in ('panel', 'support') and day < %s and recipient <> ''
    """
    return connection.execute(statement, [today]).rowcount

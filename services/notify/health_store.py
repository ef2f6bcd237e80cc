"""How each system outside does, kept in PostgreSQL, so that what one process finds out holds for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from services.notify.domain.breaker import SHORTEST_REST, Health
from services.notify.ports import BusyError
from shared.database import Connection

BURST: Final = timedelta(seconds=2)
"""So many seconds' worth of messages may go at once: what is due together leaves without waiting for each other."""
FRESH: Final = timedelta(seconds=1)
"""So long after it took a message from this process a provider is tried again without asking how it does."""
_A_MINUTE: Final = timedelta(minutes=1)

_FIND = "select failures, rests_until from notify.providers where name = %s"
_TRY = """
update notify.providers set rests_until = %(lease)s
where name = %(name)s and rests_until <= %(now)s returning name
"""
_TURN = """
insert into notify.providers as kept (name, next_turn) values (%(name)s, %(now)s + %(step)s)
on conflict (name) do update set next_turn = greatest(kept.next_turn, %(now)s) + %(step)s
where kept.next_turn is null or kept.next_turn <= %(now)s + %(burst)s
returning name
"""
_PROMISE = """
insert into notify.promised_turns as kept (provider, bulk, next_turn)
select name, %(bulk)s, greatest(next_turn - %(burst)s, %(now)s) + %(step)s from notify.providers where name = %(name)s
on conflict (provider, bulk) do update set next_turn = greatest(kept.next_turn + %(step)s, excluded.next_turn)
returning next_turn - %(step)s as due
"""
_LOCK = """
insert into notify.providers as kept (name) values (%s)
on conflict (name) do update set name = excluded.name returning failures, rests_until
"""
_KEEP = "update notify.providers set failures = %s, rests_until = %s where name = %s"


class KeptHealth:
    """The health of all providers (the port `Ward`), over a connection in autocommit; no queue has a part in it."""

    def __init__(self, connect: Callable[[], Connection], *, per_minute: Mapping[str, int], bulk: bool = False) -> None:
        """Let a provider have so many messages a minute, from all processes together; one that is not named: any.

        What is sent in `bulk` takes half of a burst at most, so that a single message finds a turn among it.
        """
        self._connect = connect
        self._per_minute = per_minute
        self._bulk = bulk
        self._seen: dict[str, Health] = {}
        self._took: dict[str, datetime] = {}

    def health(self, provider: str) -> Health:
        """Give what is known of it."""
        return _health_of(self._connect().execute(_FIND, [provider]).fetchone())

    def may_try(self, provider: str, *, now: datetime) -> bool:
        """Tell whether it is to be tried: after its rest one message of all processes finds out how it does."""
        if provider in self._took and now - self._took[provider] < FRESH:
            return True
        health = self._seen[provider] = self.health(provider)
        if health.until is None:
            return True
        if health.rests(now):
            return False
        values = {"name": provider, "now": now, "lease": now + SHORTEST_REST}
        return bool(self._connect().execute(_TRY, values).rowcount)

    def take_turn(self, provider: str, *, now: datetime) -> None:
        """Take a turn for a message; the one that finds out how a provider does after its rest needs none.

        Raises:
            BusyError: it has had as much as it takes for now; each that hears so gets a moment of its own.
        """
        most = self._per_minute.get(provider)
        if not most or self._seen.get(provider, Health()).until:
            return
        # a burst on top of an even step would be more than `most` in its minute
        step, burst = (_A_MINUTE + BURST) / most, BURST / 2 if self._bulk else BURST
        values = {"name": provider, "now": now, "step": step, "burst": burst, "bulk": self._bulk}
        connection = self._connect()
        if connection.execute(_TURN, values).fetchone() is None:
            promised = connection.execute(_PROMISE, values).fetchone()
            due = promised["due"] if promised else now + step
            raise BusyError(f"{provider} has had as much as it takes for now", due=due)

    def note(self, provider: str, *, up: bool, now: datetime) -> None:
        """Keep what one more try found out."""
        if up:
            self._took[provider] = now
            if self._seen.get(provider) == Health():
                return
        else:
            self._took.pop(provider, None)
        self._seen.pop(provider, None)
        connection = self._connect()
        with connection.transaction():
            before = _health_of(connection.execute(_LOCK, [provider]).fetchone())
            after = before.after(up=up, now=now)
            connection.execute(_KEEP, [after.failures, after.until, provider])
        if up:
            self._seen[provider] = after


def kept_healths(connection: Connection, *, names: Sequence[str]) -> dict[str, Health]:
    """Give what is known of each of these."""
    rows = connection.execute(
        "select name, failures, rests_until from notify.providers where name = any(%s)", [list(names)]
    )
    known = {row["name"]: row for row in rows}
    return {name: _health_of(known.get(name)) for name in names}


def _health_of(row: Mapping[str, Any] | None) -> Health:
    """A provider of which nothing is kept is well."""
    return Health(failures=row["failures"], until=row["rests_until"]) if row else Health()

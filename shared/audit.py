"""The log of what staff did and looked at: chained, so that no row changes unseen. Each service keeps its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from psycopg.types.json import Jsonb

from shared.database import Connection

LOOK: Final = "look."
"""Before the kind of what somebody looked at."""

_BATCH: Final = 5_000
_START: Final = "0" * 64
_COLUMNS: Final = "number, at, who, act, reference, details, hash"


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody did: `act` is the name of the door, or `look.` with what was looked at. Nothing of its content."""

    at: datetime
    who: str
    act: str
    reference: str | None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check found: how many rows hold, the hash of the last of them, the number of the first that does not."""

    rows: int
    head: str
    broken: int | None = None


@dataclass(frozen=True, kw_only=True)
class AuditLog:
    """The table `audit` of one schema; `lock` is the number by which its writers wait for each other."""

    schema: str
    lock: int

    def record(self, connection: Connection, *, act: Act) -> None:
        """Add an act in this transaction, as the last thing it does: until it ends no other act can be added."""
        connection.execute("select pg_advisory_xact_lock(%s)", [self.lock])
        newest = f"select number, hash from {self.schema}.audit order by number desc limit 1"
        last = connection.execute(newest).fetchone()
        number, before = (last["number"] + 1, last["hash"]) if last else (1, _START)
        row = {**vars(act), "details": dict(act.details), "number": number}
        connection.execute(
            f"insert into {self.schema}.audit ({_COLUMNS}) values (%s, %s, %s, %s, %s, %s, %s)",
            [number, act.at, act.who, act.act, act.reference, Jsonb(row["details"]), _hash(row, before=before)],
        )

    def verify(self, connection: Connection, *, head: str | None = None) -> Verdict:
        """Check every row against the one before it; `head`, written down earlier, must still be the hash of some row.

        A change, a row put in between and one taken out break the chain there; rows cut off at the end only `head`
        tells.
        """
        number, before, seen = 0, _START, head is None
        while rows := self._rows_after(connection, number=number):
            for row in rows:
                if row["number"] != number + 1 or row["hash"] != _hash(row, before=before):
                    return Verdict(rows=number, head=before, broken=number + 1)
                number, before = row["number"], row["hash"]
                seen = seen or before == head
        return Verdict(rows=number, head=before, broken=None if seen else number + 1)

    def _rows_after(self, connection: Connection, *, number: int) -> Sequence[Mapping[str, Any]]:
        return connection.execute(
            f"select {_COLUMNS} from {self.schema}.audit where number > %s order by number limit {_BATCH}", [number]
        ).fetchall()


def _hash(row: Mapping[str, Any], *, before: str) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    said = [before, row["number"], at, row["who"], row["act"], row["reference"], row["details"]]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

"""The log of what staff did and looked at: chained, so that no row changes unseen. Each service keeps its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from psycopg.types.json import Jsonb

from shared.database import Connection

LOOK: Final = "look."
"""Before the kind of what somebody looked at."""

START: Final = "0" * 64
COLUMNS: Final = "number, at, who, act, reference, details, hash"

_BATCH: Final = 5_000
_ADD: Final = f"""
insert into {{schema}}.audit ({COLUMNS})
select number, %(at)s, %(who)s, %(act)s, %(reference)s, %(details)s,
       encode(sha256(convert_to('["' || before || '", ' || number || ', ' || %(said)s::text, 'UTF8')), 'hex')
from (select coalesce(max(number), 0) + 1 as number, coalesce(max(hash), '{START}') as before
      from {{schema}}.audit_head) next
"""
"""Works out number and hash as `hash_of` does, where the head lies, so that rows that were cut off leave a gap."""


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
        with nullcontext() if connection.pgconn.pipeline_status else connection.pipeline():
            connection.execute("select pg_advisory_xact_lock(%s)", [self.lock])
            told = {"details": Jsonb(dict(act.details)), "said": _said(vars(act))}
            connection.execute(_ADD.format(schema=self.schema), vars(act) | told)

    def verify(self, connection: Connection, *, head: str | None = None) -> Verdict:
        """Check every row against the one before it; `head`, written down earlier, must still be the hash of some row.

        A change, a row put in between or taken out breaks the chain there; rows cut off at the end `audit_head` tells.
        """
        number, before, wanted = 0, START, {head} if head else set[str]()
        wanted |= {row["hash"] for row in connection.execute(f"select hash from {self.schema}.audit_head")}
        after = f"select {COLUMNS} from {self.schema}.audit where number > %s order by number limit {_BATCH}"
        while rows := connection.execute(after, [number]).fetchall():
            for row in rows:
                if row["number"] != number + 1 or row["hash"] != hash_of(row, before=before):
                    return Verdict(rows=number, head=before, broken=number + 1)
                number, before = row["number"], row["hash"]
                wanted.discard(before)
        return Verdict(rows=number, head=before, broken=number + 1 if wanted else None)


def hash_of(row: Mapping[str, Any], *, before: str) -> str:
    """Give the hash of a row, chained to that of the row before it."""
    return hashlib.sha256(f'["{before}", {row["number"]}, {_said(row)}'.encode()).hexdigest()


def _said(row: Mapping[str, Any]) -> str:
    said = [row["at"].astimezone(UTC).isoformat(timespec="microseconds"), row["who"], row["act"], row["reference"]]
    return json.dumps([*said, row["details"]], sort_keys=True, ensure_ascii=False)[1:]

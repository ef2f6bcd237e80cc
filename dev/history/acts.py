"""The audit log of invented cases: what staff did in them, each row chained to the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from psycopg.types.json import Jsonb

from services.workflow.audit import LOG
from shared.audit import COLUMNS, START, hash_of
from shared.database import Connection, connect

_AT_ONCE: Final = 10_000
_LAST: Final = "select number, hash from workflow.audit order by number desc limit 1"
_DOORS: Final = {
    "claimed": "case.claim",
    "asked": "asking.ask",
    "advice_asked": "advice.ask",
    "decided": "deciding.decide",
}
"""The door through which staff do what a line of the timeline tells."""
_DONE: Final = """
select t.at, t.who, t.kind, c.reference from workflow.timeline t join workflow.cases c on c.id = t.case_id
where t.id > %s and t.kind = any(%s) and t.who like 'staff-%%' order by t.at, t.id
"""


def last_line(connection: Connection) -> int:
    """The number of the last line of the timeline, 0 when there is none."""
    row = connection.execute("select coalesce(max(id), 0) as last from workflow.timeline").fetchone()
    return int(row["last"]) if row else 0


def write_acts(database_url: str, *, after: int) -> None:
    """Add what staff did by the lines of the timeline after this one, in order of time, to the end of the log."""
    with connect(database_url) as reader, connect(database_url) as writer:
        writer.execute("select pg_advisory_xact_lock(%s)", [LOG.lock])
        with writer.cursor() as cursor:
            rows = _chained(reader, last=cursor.execute(_LAST).fetchone(), after=after)
            with cursor.copy(f"copy workflow.audit ({COLUMNS}) from stdin".encode()) as copy:
                for row in rows:
                    copy.write_row(tuple(row.values()))


def _chained(reader: Connection, *, last: dict[str, Any] | None, after: int) -> Iterator[dict[str, Any]]:
    first, before = (last["number"] + 1, last["hash"]) if last else (1, START)
    with reader.cursor("done") as done:
        done.itersize = _AT_ONCE
        for number, line in enumerate(done.execute(_DONE, [after, list(_DOORS)]), start=first):
            act = {"at": line["at"], "who": line["who"], "act": _DOORS[line["kind"]], "reference": line["reference"]}
            row = {"number": number, **act, "details": {}}
            before = hash_of(row, before=before)
            yield {**row, "details": Jsonb({}), "hash": before}

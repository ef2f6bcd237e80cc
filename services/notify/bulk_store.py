"""Bulks and their rows, kept in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.notify.domain.bulk import Bulk, Row, Settled
from services.notify.domain.notifications import KeyType
from shared.database import Connection

WAITS: Final = timedelta(days=7)
"""A table that nobody sends is thrown away after this."""

_BULK: Final = (
    "id, client_id, key_type, template_id, template_version, name, sender, rows, checked_at, started_at, by_staff"
)


class BulkStore:
    """The bulks, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, bulk: Bulk, *, rows: Sequence[Row]) -> None:
        """Keep a bulk with its rows."""
        marks = ", ".join(f"%({name.strip()})s" for name in _BULK.split(","))
        self._connection.execute(f"insert into notify.bulks ({_BULK}) values ({marks})", vars(bulk))
        columns = 'bulk_id, number, recipient, reference, "values"'
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"copy notify.bulk_rows ({columns}) from stdin") as copy,
        ):
            for row in rows:
                copy.write_row((bulk.id, row.number, row.recipient, row.reference, Jsonb(row.values)))

    def find(self, bulk_id: UUID, *, client_id: UUID, key_type: KeyType) -> Bulk | None:
        """Give a bulk of a client."""
        row = self._connection.execute(
            f"select {_BULK} from notify.bulks where id = %s and client_id = %s and key_type = %s",
            [bulk_id, client_id, key_type],
        ).fetchone()
        return _bulk_from(row) if row else None

    def get(self, bulk_id: UUID) -> Bulk | None:
        """Give a bulk, of whichever client."""
        row = self._connection.execute(f"select {_BULK} from notify.bulks where id = %s", [bulk_id]).fetchone()
        return _bulk_from(row) if row else None

    def start(self, bulk_id: UUID, *, now: datetime) -> bool:
        """Note that it is being sent; False when it already was."""
        started = self._connection.execute(
            "update notify.bulks set started_at = %s where id = %s and started_at is null", [now, bulk_id]
        )
        return bool(started.rowcount)

    def next_rows(self, bulk_id: UUID, *, most: int) -> Sequence[Row]:
        """Give the first rows of which no notification was made yet."""
        rows = self._connection.execute(
            'select number, recipient, reference, "values" from notify.bulk_rows '
            "where bulk_id = %s and notification_id is null and fault is null order by number limit %s",
            [bulk_id, most],
        )
        return [Row(**row) for row in rows]

    def settle(self, bulk_id: UUID, *, rows: Sequence[Settled]) -> None:
        """Note what came of these; recipient and values are in the notification from now on, if there is one."""
        self._connection.execute(
            """
            update notify.bulk_rows r set notification_id = settled.made, fault = settled.fault, "values" = null,
                recipient = case when settled.made is null then r.recipient else '' end
            from unnest(%(numbers)s::integer[], %(made)s::uuid[], %(faults)s::text[]) as settled (number, made, fault)
            where r.bulk_id = %(bulk)s and r.number = settled.number
            """,
            {
                "bulk": bulk_id,
                "numbers": [each.number for each in rows],
                "made": [each.notification_id for each in rows],
                "faults": [each.fault for each in rows],
            },
        )

    def progress(self, bulk_id: UUID) -> Mapping[str, int]:
        """Count the rows by the status of their notification; `waiting` have none yet, `refused` never will."""
        rows = self._connection.execute(
            """
            select coalesce(n.status, case when r.fault is null then 'waiting' else 'refused' end) as status, count(*)
            from notify.bulk_rows r left join notify.notifications n on n.id = r.notification_id
            where r.bulk_id = %s group by 1 order by 1
            """,
            [bulk_id],
        )
        return {row["status"]: row["count"] for row in rows}

    def report(self, bulk_id: UUID) -> Iterator[dict[str, Any]]:
        """Give each row with what became of it."""
        yield from self._connection.execute(
            """
            select r.number, coalesce(nullif(r.recipient, ''), n.recipient, '') as recipient, r.reference,
                   coalesce(n.status, case when r.fault is null then 'waiting' else 'refused' end) as status,
                   r.fault, r.notification_id, n.sent_at, n.completed_at
            from notify.bulk_rows r left join notify.notifications n on n.id = r.notification_id
            where r.bulk_id = %s order by r.number
            """,
            [bulk_id],
        )

    def throw_away(self, *, now: datetime) -> None:
        """Throw away what nobody sent within seven days."""
        self._connection.execute("delete from notify.bulks where started_at is null and checked_at < %s", [now - WAITS])


def _bulk_from(row: dict[str, Any]) -> Bulk:
    return Bulk(**{**row, "key_type": KeyType(row["key_type"])})

"""Who chose the Berichtenbox for what we tell, kept in PostgreSQL with the number sealed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.database import Connection

LEFT_FOR: Final = timedelta(days=90)
"""So long an earlier choice that is heard late finds that it was taken back: the bus tries for hours."""

_KEEP = """
insert into notify.boxes as kept (reference, sealed, fact) values (%s, %s, %s)
on conflict (reference) do update set sealed = excluded.sealed, fact = excluded.fact, kept_at = now()
where kept.fact < excluded.fact
"""


class BoxStore:
    """Sealed numbers by reference, within one transaction (the port `Boxes`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def keep(self, reference: str, *, sealed: str | None, fact: UUID) -> None:
        """Keep the sealed number of who did, or None: they do not want it any more; a later fact stays as it is.

        Numbers of facts sort by the moment that they were told.
        """
        self._connection.execute(_KEEP, [reference, sealed, fact])

    def find(self, reference: str) -> str | None:
        """Give the sealed number."""
        row = self._connection.execute("select sealed from notify.boxes where reference = %s", [reference]).fetchone()
        return row["sealed"] if row else None

    def forget_left(self, *, before: datetime) -> None:
        """Forget for what it was taken back before then."""
        self._connection.execute("delete from notify.boxes where sealed is null and kept_at < %s", [before])

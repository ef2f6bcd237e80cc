"""Who chose the Berichtenbox for what we tell, kept in PostgreSQL with the number sealed."""

from __future__ import annotations

from shared.database import Connection

_KEEP = """
insert into notify.boxes (reference, sealed) values (%s, %s)
on conflict (reference) do update set sealed = excluded.sealed
"""


class BoxStore:
    """Sealed numbers by reference, within one transaction (the port `Boxes`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def keep(self, reference: str, *, sealed: str | None) -> None:
        """Keep the sealed number of who did; None: they do not want it any more."""
        if sealed is None:
            self._connection.execute("delete from notify.boxes where reference = %s", [reference])
        else:
            self._connection.execute(_KEEP, [reference, sealed])

    def find(self, reference: str) -> str | None:
        """Give the sealed number."""
        row = self._connection.execute("select sealed from notify.boxes where reference = %s", [reference]).fetchone()
        return row["sealed"] if row else None

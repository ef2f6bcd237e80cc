"""Keeps who signed online along with an initiative, sealed as it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.database import Connection
from shared.participation import SupportGathered


def keep_support(connection: Connection, *, gathered: SupportGathered) -> None:
    """Keep it once; it may come before the case that it belongs to."""
    connection.execute(
        """
        insert into workflow.supporters (reference, at, signed, sealed)
        values (%(reference)s, %(at)s, %(signed)s, %(sealed)s) on conflict do nothing
        """,
        vars(gathered),
    )


def count_signed(connection: Connection, *, reference: str) -> int | None:
    """Give how many signed, for a case that the person was found to see; None: nobody could."""
    row = connection.execute("select signed from workflow.supporters where reference = %s", [reference]).fetchone()
    return row["signed"] if row else None


def support_of(connection: Connection, *, reference: str) -> Mapping[str, Any] | None:
    """Give how many signed and the sealed list, for a case that the person was found to see; None: nobody did."""
    statement = "select signed, sealed from workflow.supporters where reference = %s"
    return connection.execute(statement, [reference]).fetchone()

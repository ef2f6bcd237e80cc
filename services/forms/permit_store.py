"""Keeps which permits their holders do not need any more, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from shared.database import Connection

_KEEP: Final = """
insert into forms.given_up (reference, because, at)
select %(reference)s, %(because)s, %(at)s
where exists (select from forms.case_fact where reference = %(reference)s and name = 'CaseDecided')
on conflict (reference) do nothing
"""


class PermitShelf:
    """What was granted, as one transaction changes it (the port `Permits`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def give_up(self, reference: str, *, because: str, at: datetime) -> bool:
        """Keep that its holder does not need it any more; False when that is known, or nothing was decided."""
        values = {"reference": reference, "because": because, "at": at}
        return self._connection.execute(_KEEP, values).rowcount == 1

"""Who follows a case: it stands in a list of its own, and the morning mail tells when something happened in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.access import Person
from shared.database import Connection

FOLLOWED: Final = "select w.case_id from workflow.watches w where w.subject = %(me)s"
"""The cases that I follow."""

STIRRED: Final = f"""
{FOLLOWED} and exists (
    select from workflow.timeline t
    where t.case_id = w.case_id and t.at >= greatest(w.since, %(since)s) and t.who is distinct from %(me)s
)
"""
"""The cases that I follow, in which something happened since then that was not my doing."""


def follow(connection: Connection, *, person: Person, case_id: UUID, now: datetime) -> None:
    """Have this person follow the case from now on."""
    connection.execute(
        "insert into workflow.watches (subject, case_id, since) values (%s, %s, %s) on conflict do nothing",
        [person.subject, case_id, now],
    )


def unfollow(connection: Connection, *, person: Person, case_id: UUID) -> None:
    """Have this person follow the case no longer."""
    connection.execute("delete from workflow.watches where subject = %s and case_id = %s", [person.subject, case_id])

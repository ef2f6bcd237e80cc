"""Who may be named in a note, and who was and did not read it yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from services.workflow.domain.case import Case
from shared.access import Permission, Person, scope_of
from shared.database import Connection

UNREAD: Final = """
select t.case_id from workflow.timeline t where t.kind = 'note' and t.details -> 'mentions' ? %(me)s
and not exists (select from workflow.mentions_read r where r.note = t.id and r.subject = %(me)s)
"""
"""The cases with a note that names `me` and that I did not say to have read."""

_READ = """
insert into workflow.mentions_read (note, subject, at)
select t.id, %(me)s, %(now)s from workflow.timeline t
where t.case_id = %(case)s and t.kind = 'note' and t.details -> 'mentions' ? %(me)s
on conflict (note, subject) do nothing
"""


def readers_of(connection: Connection, *, case: Case) -> Sequence[Person]:
    """Give everybody who signed in once and may see this case, by name."""
    rows = connection.execute("select subject, name, email, groups from workflow.people order by name, subject")
    people = [Person(**{**row, "groups": frozenset(row["groups"])}) for row in rows]
    return [
        person
        for person in people
        if scope_of(person, permission=Permission.SEE_CASES).holds(team=case.team, product=case.submission.product)
    ]


def is_awaited(connection: Connection, *, person: Person, case_id: UUID) -> bool:
    """Whether a note on this case names this person, who did not say yet to have read it."""
    statement = f"select 1 from ({UNREAD}) unread where case_id = %(case)s limit 1"
    return connection.execute(statement, {"me": person.subject, "case": case_id}).fetchone() is not None


def mark_read(connection: Connection, *, person: Person, case_id: UUID, now: datetime) -> None:
    """Keep that this person read the notes on this case that name them."""
    connection.execute(_READ, {"me": person.subject, "case": case_id, "now": now})

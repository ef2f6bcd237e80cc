"""Who is away and who stands in: kept by day, so that it begins and ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.workflow.domain.absence import Absence
from shared.access import Person
from shared.database import Connection
from shared.ids import new_id

AWAY: Final = "a.taken_back_at is null and %(today)s between a.first_day and a.last_day"
"""The condition that somebody is away today."""

HANDS: Final = f"""
array(select %(me)s::text union all select a.subject from workflow.absences a where a.substitute = %(me)s and {AWAY})
"""
"""Those whose cases I handle today: myself, and for whom I stand in."""

RANKS_OF_OTHERS: Final = f"""
array(select rank from workflow.absences a join workflow.people r on r.subject = a.subject, unnest(r.groups) rank
      where a.substitute = %(me)s and {AWAY} and rank in ('lead', 'manager'))
"""
"""What they are for whom I stand in today, where warnings go by rank."""

SUBSTITUTE: Final = f"""
(select a.substitute from workflow.absences a where a.subject = handler and {AWAY} order by a.said_at desc limit 1)
as substitute
"""
"""The column that says who stands in today for the handler of a case."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """An absence that was said, with the names of who is away and who stands in."""

    id: UUID
    subject: str
    name: str
    substitute: str
    substitute_name: str
    first_day: date
    last_day: date


_SAID = """
select a.id, a.subject, p.name, a.substitute, s.name as substitute_name, a.first_day, a.last_day
from workflow.absences a join workflow.people p on p.subject = a.subject
join workflow.people s on s.subject = a.substitute
where a.taken_back_at is null and a.last_day >= %(today)s
"""


def list_absences(connection: Connection, *, today: date) -> Sequence[Said]:
    """Give the absences of today and later, the first to begin first."""
    rows = connection.execute(f"{_SAID} order by a.first_day, p.name, a.id", {"today": today})
    return [Said(**row) for row in rows]


def find_absence(connection: Connection, *, absence_id: UUID, today: date) -> Said | None:
    """Give an absence that is not over, None when there is none."""
    row = connection.execute(f"{_SAID} and a.id = %(id)s", {"id": absence_id, "today": today}).fetchone()
    return Said(**row) if row else None


def say_away(connection: Connection, *, absence: Absence, person: Person, now: datetime) -> None:
    """Keep an absence that this person said."""
    connection.execute(
        "insert into workflow.absences (id, subject, substitute, first_day, last_day, said_by, said_at) "
        "values (%s, %s, %s, %s, %s, %s, %s)",
        [new_id(), absence.subject, absence.substitute, absence.first, absence.last, person.subject, now],
    )


def take_back(connection: Connection, *, absence_id: UUID, now: datetime) -> None:
    """End an absence before its last day, or before it began."""
    connection.execute(
        "update workflow.absences set taken_back_at = %s where id = %s and taken_back_at is null", [now, absence_id]
    )

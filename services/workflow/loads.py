"""How much lies with each colleague: what one looks at before giving a case to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.workflow.absences import AWAY
from shared.access import Person
from shared.database import Connection

_LOADS = """
select handler, count(*) as open,
       count(*) filter (where status <> 'awaiting_supplement' and deadline < %(today)s) as late,
       count(*) filter (where status <> 'awaiting_supplement' and deadline between %(today)s and %(sunday)s) as week
from workflow.cases
where handler = any(%(people)s) and status in ('received', 'in_progress', 'awaiting_supplement')
group by handler
"""


_GONE = f"select a.subject from workflow.absences a where a.subject = any(%(people)s) and {AWAY}"


@dataclass(frozen=True, kw_only=True)
class Load:
    """How many open cases a colleague has, how many of them are `late`, and how many must be done this `week`.

    Who is `away` today gets no new ones. Of the cases that are to be given `fitting` are such as this colleague may
    handle; None where that was asked before.
    """

    person: Person
    open: int = 0
    late: int = 0
    week: int = 0
    away: bool = False
    fitting: int | None = None


def loads_of(connection: Connection, *, people: Sequence[Person], today: date) -> Sequence[Load]:
    """Give the load of each of these people, in their order; only numbers, of whatever team the cases are."""
    asked = {
        "people": [person.subject for person in people],
        "today": today,
        "sunday": today + timedelta(days=6 - today.weekday()),
    }
    found = {row.pop("handler"): row for row in map(dict, connection.execute(_LOADS, asked))}
    gone = {row["subject"] for row in connection.execute(_GONE, asked)}
    return [Load(person=person, away=person.subject in gone, **found.get(person.subject, {})) for person in people]

"""Keeps the appeals against what was decided on a case, or not decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from services.workflow.absences import HANDS
from services.workflow.domain.appeal import Appeal, Wish, court_days
from services.workflow.domain.case import Case
from services.workflow.queries import Row, sees
from services.workflow.rows import IN_COURT, IN_SCOPE, RUNNING
from shared.access import Person
from shared.database import Connection
from shared.events import Words

APPEALED: Final = f"""
({IN_COURT} or c.reference in (select o.parent from workflow.appeals a join workflow.cases o on o.id = a.case_id
                               where {RUNNING} and o.parent is not null))
"""
"""Whether an appeal runs about the case `c`, or about a decision on an objection to it: both sets are read once."""

_COLUMNS = (
    "a.id, a.about, a.number, a.lodged_on, a.grounds_on, a.papers_until, a.papers_on, a.heard_on, a.ruled_on, "
    "a.outcome, a.again_by, a.at as kept_at"
)
_OF_MINE = f"""
select c.reference, c.title_nl, c.title_en, {_COLUMNS} from workflow.appeals a join workflow.cases c on c.id = a.case_id
where c.handler = any({HANDS}) and {RUNNING} and {IN_SCOPE} order by c.reference, a.lodged_on, a.id
"""
_KEEP = """
insert into workflow.appeals (id, case_id, about, number, lodged_on, grounds_on, papers_until, papers_on, heard_on,
                              ruled_on, outcome, again_by, who, at)
values (%(id)s, %(case)s, %(about)s, %(number)s, %(lodged_on)s, %(grounds_on)s, %(papers_until)s, %(papers_on)s,
        %(heard_on)s, %(ruled_on)s, %(outcome)s, %(again_by)s, %(by)s, %(at)s)
on conflict (id) do update set about = excluded.about, number = excluded.number, lodged_on = excluded.lodged_on,
    grounds_on = excluded.grounds_on, papers_until = excluded.papers_until, papers_on = excluded.papers_on,
    heard_on = excluded.heard_on, ruled_on = excluded.ruled_on, outcome = excluded.outcome,
    again_by = excluded.again_by, who = excluded.who, at = excluded.at
where appeals.case_id = excluded.case_id
"""


class AppealRows:
    """The appeals on cases, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def appeals_of(self, case: Case) -> Sequence[Appeal]:
        """Give the appeals about a case, the oldest first."""
        return appeals_of(self._connection, case_id=case.id)

    def keep_appeal(self, case: Case, *, appeal: Appeal, by: str, at: datetime) -> bool:
        """Keep an appeal as it is now; False where it is about another case."""
        return bool(self._connection.execute(_KEEP, {**vars(appeal), "case": case.id, "by": by, "at": at}).rowcount)


def appeals_of(connection: Connection, *, case_id: UUID) -> Sequence[Appeal]:
    """Give the appeals about a case that the person was found to see, the oldest first."""
    statement = f"select {_COLUMNS} from workflow.appeals a where a.case_id = %s order by a.lodged_on, a.id"
    return [Appeal(**row) for row in connection.execute(statement, [case_id])]


@dataclass(frozen=True, kw_only=True)
class CourtDay:
    """What a court waits for in a case, and by when."""

    reference: str
    title: Words
    wish: Wish
    day: date


def court_days_of(connection: Connection, *, person: Person, today: date) -> Sequence[CourtDay]:
    """Give what courts wait for in the cases that this person handles or stands in for, the first day first."""
    about = {**sees(person), "me": person.subject, "today": today}
    rows = connection.execute(_OF_MINE, about).fetchall()
    return sorted(_court_days(rows, today=today), key=lambda each: each.day)


def _court_days(rows: Sequence[Row], *, today: date) -> Iterator[CourtDay]:
    for reference, appealed in groupby(rows, key=lambda row: str(row["reference"])):
        own = list(appealed)
        title = Words(nl=own[0]["title_nl"], en=own[0]["title_en"])
        appeals = [Appeal(**{each.name: row[each.name] for each in fields(Appeal)}) for row in own]
        for day, wish in court_days(appeals, today=today):
            yield CourtDay(reference=reference, title=title, wish=wish, day=day)

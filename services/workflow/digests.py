"""The morning mail: what is due, what escalated and what waits for somebody, in numbers, once on each working day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from services.workflow.absences import AWAY
from services.workflow.advice_store import asked_of
from services.workflow.domain.timers import MAILED_FROM, morning_of
from services.workflow.goal_store import count_missed
from services.workflow.lists import Wanted, count_cases
from shared.access import Permission, Person, may
from shared.bus import Courier
from shared.database import Connection
from shared.events import DigestKind, DigestLine, MorningCounted
from shared.law.calendar import ONE_DAY, is_working_day, local_date

LINES: Final[Mapping[DigestKind, Wanted]] = {
    "late": Wanted(view="mine", term="late"),
    "today": Wanted(view="mine", term="today"),
    "week": Wanted(view="mine", term="rest"),
    "answered": Wanted(view="answered"),
    "mentioned": Wanted(view="mentioned"),
    "stirred": Wanted(view="stirred"),
    "advice_late": Wanted(view="advice_late"),
    "escalated": Wanted(view="escalated"),
    "free": Wanted(view="free"),
}
"""What is counted, in the order of the mail: each is a list that the mail leads to."""

_READERS = f"""
select p.subject, p.name, p.email, p.groups, p.language,
       (select max(d.day) from workflow.digests d where d.subject = p.subject) as last
from workflow.people p
where p.email <> '' and not exists (select from workflow.digests d where d.subject = p.subject and d.day = %(today)s)
and not exists (select from workflow.absences a where a.subject = p.subject and {AWAY})
order by p.subject
"""

_BEGIN = """
insert into workflow.digests (subject, day, made_at) values (%s, %s, %s) on conflict (subject, day) do nothing
"""


def send_digests(connection: Connection, *, now: datetime, staff_url: str) -> int:
    """Tell each member of staff once what this working day brings; nobody hears of nothing. Give how many mails go.

    Who is away hears nothing: whoever stands in has those cases among their own.

    The connection commits by itself: each person's mail is told in a transaction of its own.
    """
    today = local_date(now)
    if not is_working_day(today) or now < morning_of(today, at=MAILED_FROM):
        return 0
    return sum(
        _tell(connection, row=row, now=now, staff_url=staff_url)
        for row in connection.execute(_READERS, {"today": today}).fetchall()
    )


def count_morning(
    connection: Connection, *, person: Person, since: date, today: date, staff_url: str
) -> tuple[DigestLine, ...]:
    """Count what waits for this person; what escalated counts after the mail of `since`."""
    found = []
    for kind, wanted in _lists_for(person, since=since):
        if count := count_cases(connection, person=person, wanted=wanted, today=today):
            found.append(DigestLine(kind=kind, count=count, link=f"{staff_url}/{wanted.query()}"))
    if advice := len(asked_of(connection, person=person)):
        found.append(DigestLine(kind="advice", count=advice, link=f"{staff_url}/adviezen"))
    if missed := count_missed(connection, owner=person.subject, today=today):
        found.append(DigestLine(kind="goals", count=missed, link=f"{staff_url}/doelen"))
    return tuple(found)


def _tell(connection: Connection, *, row: Mapping[str, Any], now: datetime, staff_url: str) -> bool:
    person = Person(subject=row["subject"], name=row["name"], email=row["email"], groups=frozenset(row["groups"]))
    today = local_date(now)
    with connection.transaction():
        if not connection.execute(_BEGIN, [person.subject, today, now]).rowcount:
            return False
        lines = count_morning(
            connection, person=person, since=row["last"] or today - ONE_DAY, today=today, staff_url=staff_url
        )
        if lines:
            told = MorningCounted(
                at=now, on=today, email=person.email, language=row["language"], link=staff_url, lines=lines
            )
            Courier(connection, now=now).tell(told)
    return bool(lines)


def _lists_for(person: Person, *, since: date) -> Iterator[tuple[DigestKind, Wanted]]:
    """Who cannot give cases to others hears nothing of those that nobody has."""
    for kind, wanted in LINES.items():
        if kind in ("escalated", "stirred"):
            yield kind, Wanted(view=wanted.view, since=since.isoformat())
        elif kind != "free" or may(person, permission=Permission.ASSIGN_CASES):
            yield kind, wanted

"""Other cases that stand beside one: of the same person, at the same place, and there at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.workflow.domain.case import Case
from services.workflow.queries import sees
from services.workflow.rows import IN_SCOPE
from shared.access import Person
from shared.database import Connection
from shared.events import CaseStatus, Words

MOST: Final = 5
"""So many are shown of each; there may be more."""

_FOUND = """
select c.reference, c.title_nl, c.title_en, c.applicant, c.status, c.received_at,
       (c.submission ->> 'starts')::date as starts,
       coalesce(c.submission ->> 'ends', c.submission ->> 'starts')::date as ends
from workflow.cases c left join workflow.decisions d on d.case_id = c.id
"""

_PERSON = f"""
{_FOUND} where c.same_person && %(marks)s and c.same_person <> '{{}}' and c.id <> %(id)s and {IN_SCOPE}
order by c.received_at desc limit %(most)s
"""

_PLACE = f"""
{_FOUND} where c.place = %(place)s and c.id <> %(id)s and {IN_SCOPE}
order by c.received_at desc limit %(most)s
"""

_CLASHES = f"""
{_FOUND} where c.place = %(place)s and c.id <> %(id)s and {IN_SCOPE} and c.status <> 'withdrawn'
and c.submission ->> 'starts' <= %(ends)s::date::text
and coalesce(c.submission ->> 'ends', c.submission ->> 'starts') >= %(starts)s::date::text
and c.submission ->> 'starts' is not null
and (d.decision is null or d.decision ->> 'result' not in ('refused', 'not_processed'))
and c.reference is distinct from %(first)s and c.parent is distinct from %(reference)s
and not exists (select from workflow.withdrawn_permits w where w.case_id = c.id)
and not exists (select from workflow.given_up g where g.case_id = c.id)
order by starts, c.received_at limit %(most)s
"""
"""What was taken back, given up, refused or left unprocessed will not be there, and what changes or renews a permit
comes in its place. Days are compared as they stand in the index."""


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another case in a line; `starts` and `ends` are the days that it is about, if it is about days."""

    reference: str
    title: Words
    applicant: str
    status: CaseStatus
    starts: date | None
    ends: date | None


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A case at the same place, with the days on which both are there."""

    case: Neighbour
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The cases beside one, at most `MOST` of each, the newest first."""

    person: Sequence[Neighbour]
    place: Sequence[Neighbour]
    clashes: Sequence[Clash]


def neighbours_of(connection: Connection, *, case: Case, person: Person, knows_person: bool) -> Neighbours:
    """Find the cases beside one that this person was found to see, among those that they may see.

    Those of the same applicant are known by a mark of the citizen service number: only for who may use that number
    (`knows_person`).
    """
    said = case.submission
    about = {"id": case.id, "place": said.place, "marks": list(said.same_person), "most": MOST, **sees(person)}
    days = {"starts": said.starts, "ends": said.ends or said.starts}
    own = {"reference": case.reference, "first": said.link.reference if said.link else None}
    clashing = _all(connection, _CLASHES, {**about, **days, **own}) if said.place and said.starts else []
    return Neighbours(
        person=_all(connection, _PERSON, about) if knows_person and said.same_person else (),
        place=_all(connection, _PLACE, about) if said.place else (),
        clashes=[_clash(other, case=case) for other in clashing],
    )


def _all(connection: Connection, statement: str, about: dict[str, Any]) -> list[Neighbour]:
    return [
        Neighbour(
            reference=row["reference"],
            title=Words(nl=row["title_nl"], en=row["title_en"]),
            applicant=row["applicant"],
            status=row["status"],
            starts=row["starts"],
            ends=row["ends"],
        )
        for row in connection.execute(statement, about)
    ]


def _clash(other: Neighbour, *, case: Case) -> Clash:
    starts = case.submission.starts or date.min
    ends = case.submission.ends or starts
    return Clash(case=other, first=max(starts, other.starts or starts), last=min(ends, other.ends or ends))

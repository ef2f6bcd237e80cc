"""Cases that belong together, as their pages list them: a first one, and those that object to it or prolong it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.linked import First
from services.workflow.queries import ledgers_of, sees
from services.workflow.rows import IN_SCOPE
from shared.access import Person
from shared.database import Connection
from shared.events import CaseStatus, Decision, Words
from shared.law.calendar import local_date
from shared.values import LinkKind
from shared.wire import read_value

MOST: Final = 50
"""So many cases that belong to one are listed; there may be more."""

_PEOPLE = """
select c.id, array(
    select c.handler where c.handler is not null
    union select l.who from workflow.ledger l where l.case_id = c.id and l.kind = 'decided' and l.who is not null
    union select unnest(d.prepared_by) from workflow.decisions d where d.case_id = c.id
    union select unnest(w.prepared_by || w.who) from workflow.withdrawn_permits w where w.case_id = c.id
    union select t.who from workflow.timeline t
    where t.case_id = c.id and t.kind in ('withdrawal_prepared', 'conditions_added') and t.who is not null
) as people, greatest(
    (select w.at from workflow.withdrawn_permits w where w.case_id = c.id),
    (select max(t.at) from workflow.timeline t where t.case_id = c.id and t.kind = 'conditions_added')
) as taken_back_at
from workflow.cases c where c.reference = %s
"""

_BESIDE = f"""
select c.reference, c.title_nl, c.title_en, c.applicant, c.status, c.kind from workflow.cases c
where (c.parent = %(reference)s or c.reference = %(parent)s) and {IN_SCOPE}
order by c.received_at desc limit %(most)s
"""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A case in a line; `kind` says how it belongs to the one at hand, None for the first case itself."""

    reference: str
    title: Words
    applicant: str
    status: CaseStatus
    kind: LinkKind | None


@dataclass(frozen=True, kw_only=True)
class Family:
    """The first case, None where there is none that the reader may see, and those that belong to the one at hand."""

    first: Linked | None
    others: Sequence[Linked]


class LinkedCases:
    """The cases that belong together, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def first_case(self, reference: str) -> First | None:
        """Give what counts of the case to which another belongs; None when there is none of this number."""
        return _first_case(self._connection, reference=reference)

    def decision(self, case: Case) -> Decision | None:
        """Give the decision that was taken."""
        return _decision(self._connection, case_id=case.id)


def _decision(connection: Connection, *, case_id: UUID) -> Decision | None:
    row = connection.execute("select decision from workflow.decisions where case_id = %s", [case_id]).fetchone()
    return read_value(Decision, row["decision"]) if row else None


def _first_case(connection: Connection, *, reference: str) -> First | None:
    row = connection.execute(_PEOPLE, [reference]).fetchone()
    if row is None:
        return None
    case_id: UUID = row["id"]
    ledger, taken_back_at = ledgers_of(connection, case_ids=[case_id])[case_id], row["taken_back_at"]
    taken_back_on = local_date(taken_back_at) if taken_back_at else None
    return First(ledger=ledger, people=frozenset(row["people"]), taken_back_on=taken_back_on)


def family_of(connection: Connection, *, case: Case, person: Person) -> Family:
    """Find what this case belongs to and what belongs to it, among the cases that this person may see."""
    link = case.submission.link
    parent = link.reference if link else None
    asked = {"reference": case.reference, "parent": parent, "most": MOST, **sees(person)}
    rows = connection.execute(_BESIDE, asked).fetchall()
    first = next((_linked(row, kind=None) for row in rows if row["reference"] == parent), None)
    return Family(first=first, others=[_linked(row, kind=row["kind"]) for row in rows if row["reference"] != parent])


def _linked(row: dict[str, Any], *, kind: LinkKind | None) -> Linked:
    return Linked(
        reference=row["reference"],
        title=Words(nl=row["title_nl"], en=row["title_en"]),
        applicant=row["applicant"],
        status=row["status"],
        kind=kind,
    )

"""What a person may read, straight from the tables; every query takes the person and gives no row beyond that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.absences import AWAY, SUBSTITUTE
from services.workflow.domain.case import Case
from services.workflow.domain.ledger import Entry
from services.workflow.rows import ENTRY_COLUMNS, IN_SCOPE, case_from_row, entry_from_row
from shared.access import Permission, Person, Scope, scope_of
from shared.database import Connection
from shared.events import Decision
from shared.wire import read_value

Row = Mapping[str, Any]

_TASKS = """
(select coalesce(jsonb_object_agg(t.task, to_jsonb(t) || jsonb_build_object('who', by.name)), '{}')
 from workflow.tasks t join workflow.people by on by.subject = t.who where t.case_id = c.id)
"""

_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class FoundCase:
    """A case with the name of who holds it, what was done of its tasks and by whom, whether the reader follows it.

    `appealed`: somebody went to court about it.
    """

    case: Case
    handler_name: str | None
    tasks: Mapping[str, Any]
    follows: bool
    appealed: bool


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The decision as it was taken, by whom (None: these `rules` of this `version`), and when its letter was sent."""

    decision: Decision
    decided_at: datetime
    decided_by: str | None
    sent_at: datetime | None
    letter_link: str | None
    rules: Sequence[str] | None
    version: str | None


def find_case(connection: Connection, *, person: Person, reference: str, today: date) -> FoundCase | None:
    """Give one case, or None when there is none that this person may see."""
    if not _REFERENCE.fullmatch(reference):
        return None
    row = connection.execute(
        f"""
        select c.id, c.reference, c.status, c.handler, c.sequence, c.team, c.barred, c.submission, c.submission_version,
               {SUBSTITUTE},
               p.name as handler_name, {_TASKS} as tasks,
               exists (select from workflow.watches w where w.case_id = c.id and w.subject = %(me)s) as follows,
               exists (select from workflow.appeals a where a.case_id = c.id) as appealed
        from workflow.cases c left join workflow.people p on p.subject = c.handler
        where c.reference = %(reference)s and {IN_SCOPE}
        """,
        {"reference": reference, "me": person.subject, "today": today, **sees(person)},
    ).fetchone()
    if row is None:
        return None
    ledger = ledgers_of(connection, case_ids=[row["id"]])[row["id"]]
    told = {name: row[name] for name in ("handler_name", "tasks", "follows", "appealed")}
    return FoundCase(case=case_from_row(row, ledger=ledger), **told)


def is_in_scope(connection: Connection, *, scope: Scope, reference: str) -> bool:
    """Tell whether there is a case of this number among these."""
    if not _REFERENCE.fullmatch(reference):
        return False
    statement = f"select 1 from workflow.cases where reference = %(reference)s and {IN_SCOPE}"
    return connection.execute(statement, {"reference": reference, **vars(scope)}).fetchone() is not None


def ledgers_of(connection: Connection, *, case_ids: Sequence[UUID]) -> Mapping[UUID, tuple[Entry, ...]]:
    """Give the ledgers of these cases, which the person was found to see."""
    found: dict[UUID, tuple[Entry, ...]] = {}
    for row in connection.execute(
        f"select {ENTRY_COLUMNS} from workflow.ledger where case_id = any(%s) order by id",
        [list(case_ids)],
    ):
        found[row["case_id"]] = (*found.get(row["case_id"], ()), entry_from_row(row))
    return found


def timeline_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give everything that happened in a case that the person was found to see, newest first."""
    return connection.execute(
        """
        select t.id, t.kind, t.at, t.details, p.name as who, receiver.name as to_name
        from workflow.timeline t
        left join workflow.people p on p.subject = t.who
        left join workflow.people receiver on receiver.subject = t.details ->> 'to'
        where t.case_id = %s order by t.at desc, t.id desc
        """,
        [case_id],
    ).fetchall()


def names_of(connection: Connection, *, subjects: Sequence[str]) -> Mapping[str, str]:
    """Give the names of staff by their subject."""
    rows = connection.execute("select subject, name from workflow.people where subject = any(%s)", [list(subjects)])
    return {row["subject"]: row["name"] for row in rows}


def requests_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give the questions to the applicant with their answers, newest first."""
    return connection.execute(
        """
        select r.id, r.question, r.asks, r.flaws, r.asked_at, r.answer_by, r.answer, r.answered_at, r.lapsed_at,
               p.name as asked_by
        from workflow.requests r join workflow.people p on p.subject = r.asked_by
        where r.case_id = %s order by r.asked_at desc
        """,
        [case_id],
    ).fetchall()


def mending_of(connection: Connection, *, case_id: UUID) -> Row | None:
    """Give the last question to complete an objection with its state, a `Mending`; None where nothing was missing."""
    return connection.execute(
        """
        select r.flaws, (r.asked_at at time zone 'Europe/Amsterdam')::date as asked_on, r.answer_by,
               case when r.answered_at is not null then 'complete' when r.lapsed_at is null then 'open'
                    when exists (select from workflow.answers a where a.request_id = r.id)
                      or exists (select from workflow.files f where f.case_id = r.case_id and f.added_at >= r.asked_at)
                    then 'partly' else 'none' end as state
        from workflow.requests r where r.case_id = %s and r.flaws <> '{}' order by r.asked_at desc limit 1
        """,
        [case_id],
    ).fetchone()


def cosign_of(connection: Connection, *, case_id: UUID) -> Row | None:
    """Give the second signatory of a case that the person was found to see, with the answer."""
    return connection.execute(
        """
        select who, name, email, answer_by, answered_at, agreed, because, lapsed_at from workflow.cosigns
        where case_id = %s
        """,
        [case_id],
    ).fetchone()


def files_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give the files that came with a case that the person was found to see, in the order of their questions."""
    return connection.execute(
        """
        select id, question, name, type, bytes, sha256, place, scan, added_at from workflow.files
        where case_id = %s order by added_at nulls first, question, name, id
        """,
        [case_id],
    ).fetchall()


def payments_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give the payments for a case that the person was found to see: the one that settles it first."""
    return connection.execute(
        """
        select cents, settled_at, returned_at, because, done, charged_back_at from workflow.payments
        where case_id = %s order by settled_at nulls last, returned_at
        """,
        [case_id],
    ).fetchall()


def file_at(connection: Connection, *, place: str) -> Row | None:
    """Give the file that lies in the vault under this name, for whoever was given a link to it."""
    return connection.execute(
        """
        select name, type, bytes, scan from workflow.files where place = %(place)s
        union all
        select file ->> 'name', file ->> 'type', (file ->> 'bytes')::bigint, file ->> 'scan'
        from workflow.views where file ->> 'place' = %(place)s
        limit 1
        """,
        {"place": place},
    ).fetchone()


def decision_of(connection: Connection, *, case_id: UUID) -> Taken | None:
    """Give the decision that was taken in a case that the person was found to see."""
    row = connection.execute(
        """
        select d.decision, d.decided_at, p.name as decided_by, d.sent_at, d.letter_link, a.rules, a.version
        from workflow.decisions d left join workflow.people p on p.subject = d.decided_by
        left join workflow.at_once a on a.case_id = d.case_id and d.decided_by is null
        where d.case_id = %s
        """,
        [case_id],
    ).fetchone()
    return Taken(**{**row, "decision": read_value(Decision, row["decision"])}) if row else None


def sees(person: Person) -> dict[str, Any]:
    """The values of IN_SCOPE for the cases that this person may see."""
    return vars(scope_of(person, permission=Permission.SEE_CASES))


def is_away(connection: Connection, *, subject: str, today: date) -> bool:
    """Whether this person is away today."""
    statement = f"select 1 from workflow.absences a where a.subject = %(subject)s and {AWAY} limit 1"
    return connection.execute(statement, {"subject": subject, "today": today}).fetchone() is not None

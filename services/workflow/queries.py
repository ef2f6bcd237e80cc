"""What a person may read, straight from the tables; every query takes the person and gives no row beyond that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.ledger import Entry
from services.workflow.ports import SavedDraft
from services.workflow.rows import ENTRY_COLUMNS, case_from_row, draft_from_row, entry_from_row
from shared.access import Permission, Person, may
from shared.database import Connection
from shared.events import Decision
from shared.law.calendar import add_working_days
from shared.wire import schema_of

Row = Mapping[str, Any]

PAGE_SIZE: Final = 25
LAST_PAGE: Final = 10_000

_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,40}")

_OPEN = "status in ('received', 'in_progress', 'awaiting_supplement')"
_RUNNING = "status in ('received', 'in_progress')"

VIEWS: Final[Mapping[str, str]] = {
    "open": _OPEN,
    "mine": f"{_OPEN} and handler = %(me)s",
    "late": f"{_RUNNING} and deadline < %(today)s",
    "week": f"{_RUNNING} and deadline between %(today)s and %(sunday)s",
    "free": f"{_OPEN} and handler is null",
    "waiting": "status = 'awaiting_supplement'",
    "decided": "status in ('decided', 'announced', 'withdrawn')",
}
"""The kept lists, each a condition."""

TERMS: Final[Mapping[str, str]] = {
    "late": f"{_RUNNING} and deadline < %(today)s",
    "soon": f"{_RUNNING} and deadline between %(today)s and %(soon)s",
    "later": f"{_RUNNING} and deadline > %(soon)s",
    "paused": "status = 'awaiting_supplement'",
}

SORTS: Final[Mapping[str, str]] = {
    "deadline": "(status = 'awaiting_supplement'), deadline, received_at, reference",
    "-deadline": "(status = 'awaiting_supplement'), deadline desc, received_at desc, reference desc",
    "applicant": "lower(applicant), reference",
    "-applicant": "lower(applicant) desc, reference desc",
    "status": "status, deadline, reference",
    "-status": "status desc, deadline, reference",
    "handler": "handler_name nulls first, deadline, reference",
    "-handler": "handler_name desc nulls last, deadline, reference",
    "received": "received_at, reference",
    "-received": "received_at desc, reference desc",
}

STATUSES: Final = ("received", "in_progress", "awaiting_supplement", "decided", "announced", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases are asked for; every part stands in the address of the page."""

    view: str = "open"
    q: str = ""
    product: str = ""
    status: str = ""
    term: str = ""
    sort: str = "deadline"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of cases and how many there are in all."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True, kw_only=True)
class FoundCase:
    """A case with the name of who holds it."""

    case: Case
    handler_name: str | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The decision as it was taken, by whom, and when its letter was sent."""

    decision: Decision
    decided_at: datetime
    decided_by: str
    sent_at: datetime | None
    letter_link: str | None


def list_cases(connection: Connection, *, person: Person, wanted: Wanted, today: date) -> Found:
    """Give one page of the cases that this person may see, as wanted."""
    conditions = [VIEWS[wanted.view], "%(sees)s"]
    if wanted.q:
        conditions.append("search like %(q)s")
    if wanted.product:
        conditions.append("product = %(product)s")
    if wanted.status:
        conditions.append("status = %(status)s")
    if wanted.term:
        conditions.append(TERMS[wanted.term])
    rows = connection.execute(
        f"""
        select c.id, c.reference, c.status, c.handler, p.name as handler_name, c.product, c.version, c.title_nl,
               c.title_en, c.applicant, c.place, c.received_at, c.deadline, count(*) over () as total
        from workflow.cases c left join workflow.people p on p.subject = c.handler
        where {" and ".join(conditions)}
        order by {SORTS[wanted.sort]} limit {PAGE_SIZE} offset %(offset)s
        """,
        {
            **_about(person, today=today),
            "q": f"%{_like(wanted.q.lower())}%",
            "product": wanted.product,
            "status": wanted.status,
            "offset": PAGE_SIZE * (min(wanted.page, LAST_PAGE) - 1),
        },
    ).fetchall()
    return Found(rows=rows, total=rows[0]["total"] if rows else 0)


def count_views(connection: Connection, *, person: Person, today: date) -> Row:
    """Count the cases in each kept list."""
    counts = ", ".join(f"count(*) filter (where {condition}) as {name}" for name, condition in VIEWS.items())
    found = connection.execute(
        f"select {counts} from workflow.cases where %(sees)s", _about(person, today=today)
    ).fetchone()
    return found or {}


def list_products(connection: Connection, *, person: Person) -> Sequence[Row]:
    """Give the kinds of case there are, with the title of the newest version."""
    return connection.execute(
        """
        select distinct on (product) product, title_nl, title_en from workflow.cases where %(sees)s
        order by product, received_at desc
        """,
        {"sees": _sees(person)},
    ).fetchall()


def find_case(connection: Connection, *, person: Person, reference: str) -> FoundCase | None:
    """Give one case, or None when there is none that this person may see."""
    if not _REFERENCE.fullmatch(reference):
        return None
    row = connection.execute(
        """
        select c.id, c.reference, c.status, c.handler, c.sequence, c.submission, c.submission_version,
               p.name as handler_name
        from workflow.cases c left join workflow.people p on p.subject = c.handler
        where c.reference = %(reference)s and %(sees)s
        """,
        {"reference": reference, "sees": _sees(person)},
    ).fetchone()
    if row is None:
        return None
    ledger = ledgers_of(connection, case_ids=[row["id"]])[row["id"]]
    return FoundCase(case=case_from_row(row, ledger=ledger), handler_name=row["handler_name"])


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
        select t.kind, t.at, t.details, p.name as who, receiver.name as to_name
        from workflow.timeline t
        left join workflow.people p on p.subject = t.who
        left join workflow.people receiver on receiver.subject = t.details ->> 'to'
        where t.case_id = %s order by t.at desc, t.id desc
        """,
        [case_id],
    ).fetchall()


def requests_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give the questions to the applicant with their answers, newest first."""
    return connection.execute(
        """
        select r.id, r.question, r.asked_at, r.answer_by, r.answer, r.answered_at, r.lapsed_at, p.name as asked_by
        from workflow.requests r join workflow.people p on p.subject = r.asked_by
        where r.case_id = %s order by r.asked_at desc
        """,
        [case_id],
    ).fetchall()


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
        select cents, settled_at, returned_at, because, done from workflow.payments
        where case_id = %s order by settled_at nulls last, returned_at
        """,
        [case_id],
    ).fetchall()


def file_at(connection: Connection, *, place: str) -> Row | None:
    """Give the file that lies in the vault under this name, for whoever was given a link to it."""
    return connection.execute(
        "select name, type, bytes, scan from workflow.files where place = %s limit 1", [place]
    ).fetchone()


def decision_of(connection: Connection, *, case_id: UUID) -> Taken | None:
    """Give the decision that was taken in a case that the person was found to see."""
    row = connection.execute(
        """
        select d.decision, d.decided_at, p.name as decided_by, d.sent_at, d.letter_link
        from workflow.decisions d join workflow.people p on p.subject = d.decided_by where d.case_id = %s
        """,
        [case_id],
    ).fetchone()
    return Taken(**{**row, "decision": schema_of(Decision).load(row["decision"])}) if row else None


def draft_of(connection: Connection, *, case_id: UUID) -> SavedDraft | None:
    """Give the draft decision in a case that the person was found to see."""
    row = connection.execute(
        """
        select d.version, d.content, d.saved_by, p.name as saved_by_name, d.saved_at, d.editor
        from workflow.drafts d join workflow.people p on p.subject = d.saved_by where d.case_id = %s
        """,
        [case_id],
    ).fetchone()
    return draft_from_row(row) if row else None


def _about(person: Person, *, today: date) -> dict[str, Any]:
    return {
        "sees": _sees(person),
        "me": person.subject,
        "today": today,
        "sunday": today + timedelta(days=6 - today.weekday()),
        "soon": add_working_days(today, count=5),
    }


def _sees(person: Person) -> bool:
    return may(person, permission=Permission.SEE_CASES)


def _like(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)

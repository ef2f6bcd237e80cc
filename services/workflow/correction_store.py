"""Keeps what an application said before its applicant corrected it, and puts the correction in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain.case import Case
from services.workflow.ports import CorrectionTooEarlyError
from shared.database import Connection
from shared.events import SubmissionReceived
from shared.wire import from_wire, name_of, to_wire

_KEEP = """
insert into workflow.corrections (case_id, revision, at, submission, submission_version)
select id, %(revision)s, %(at)s, submission, submission_version from workflow.cases where id = %(case)s
"""
_CORRECT = """
with corrected as (
update workflow.cases set submission = %(submission)s, submission_version = %(told_as)s, applicant = %(applicant)s,
    place = %(place)s, same_person = %(same_person)s
where id = %(case)s
returning id, team, product
), found as (
update workflow.search set document =
    workflow.document_of(%(names)s, %(submission)s::jsonb -> 'shown') || workflow.whose(team, product)
from corrected where case_id = corrected.id
returning document
)
insert into workflow.words select distinct word from found, workflow.words_in(document) word order by word
on conflict do nothing
"""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """When an application was corrected, and what it said until then."""

    at: datetime
    former: SubmissionReceived


def correct(connection: Connection, *, case: Case, names: str, revision: int | None, at: datetime) -> bool:
    """Keep the former application and put this one in its place, to be found by these names; False when done already.

    Without a revision it is the next.

    Raises:
        CorrectionTooEarlyError: one before it is missing.
    """
    statement = "select count(*) as known from workflow.corrections where case_id = %s"
    row = connection.execute(statement, [case.id]).fetchone()
    known = row["known"] if row else 0
    revision = revision or known + 1
    if revision <= known:
        return False
    if revision > known + 1:
        raise CorrectionTooEarlyError(revision)
    connection.execute(_KEEP, {"case": case.id, "revision": revision, "at": at})
    said = case.submission
    connection.execute(
        _CORRECT,
        {
            "case": case.id,
            "names": names,
            "submission": Jsonb(to_wire(said)),
            "told_as": name_of(said)[1],
            "applicant": case.applicant,
            "place": said.place,
            "same_person": list(said.same_person),
        },
    )
    return True


def corrections_of(connection: Connection, *, case_id: UUID) -> Sequence[Correction]:
    """Give the corrections of a case that the person was found to see, the newest first."""
    rows = connection.execute(
        "select at, submission, submission_version from workflow.corrections where case_id = %s order by revision desc",
        [case_id],
    )
    return [
        Correction(
            at=row["at"],
            former=from_wire(SubmissionReceived.__name__, version=row["submission_version"], payload=row["submission"]),
        )
        for row in rows
    ]

"""Rows of the database to values of the domain and back, where the store and the reads must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.workflow.absences import SUBSTITUTE
from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft, OwnCondition
from services.workflow.domain.ledger import Entry, Kind
from services.workflow.domain.timers import Agenda
from services.workflow.ports import SavedDraft
from shared.access import EVERYTHING
from shared.events import SubmissionReceived
from shared.law.calendar import local_date
from shared.law.terms import Ground
from shared.wire import from_wire

CASE_COLUMNS = f"id, reference, status, handler, sequence, team, barred, submission, submission_version, {SUBSTITUTE}"
"""The columns of a case that make it one; value: `today`."""

ENTRY_COLUMNS = (
    "case_id, kind, at, who, request_id, answer_by, day, ground, first_day, last_day, until, document, because, act, "
    "corrects, euros"
)
"""The columns of a line of the ledger."""


IN_SCOPE = "(%(everything)s or team = any(%(teams)s) or product = any(%(products)s))"
"""The condition that a case is one of those that somebody may do something to; values: the fields of a `Scope`."""


EVERYWHERE: Final[Mapping[str, Any]] = vars(EVERYTHING)
"""The values of IN_SCOPE that hold every case."""


def read_at(now: datetime, *, within: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values with which cases are read at this instant: those `within` a scope, by the day."""
    return {**within, "today": local_date(now)}


def case_from_row(row: Mapping[str, Any], *, ledger: tuple[Entry, ...]) -> Case:
    """Read a case with its ledger."""
    return Case(
        id=row["id"],
        reference=row["reference"],
        status=row["status"],
        handler=row["handler"],
        sequence=row["sequence"],
        team=row["team"],
        substitute=row["substitute"],
        barred=frozenset(row["barred"]),
        submission=from_wire(SubmissionReceived.__name__, version=row["submission_version"], payload=row["submission"]),
        ledger=ledger,
    )


def entry_from_row(row: Mapping[str, Any]) -> Entry:
    """Read a line of the ledger."""
    return Entry(
        kind=Kind(row["kind"]),
        at=row["at"],
        who=row["who"],
        request_id=row["request_id"],
        answer_by=row["answer_by"],
        day=row["day"],
        ground=Ground(row["ground"]) if row["ground"] else None,
        first=row["first_day"],
        last=row["last_day"],
        until=row["until"],
        document=row["document"],
        because=row["because"],
        act=row["act"],
        corrects=row["corrects"],
        euros=row["euros"],
    )


def entry_to_row(entry: Entry, *, case_id: UUID) -> dict[str, Any]:
    """Write a line of the ledger of this case; the keys are ENTRY_COLUMNS."""
    return {
        "case_id": case_id,
        "kind": entry.kind.value,
        "at": entry.at,
        "who": entry.who,
        "request_id": entry.request_id,
        "answer_by": entry.answer_by,
        "day": entry.day,
        "ground": entry.ground.value if entry.ground else None,
        "first_day": entry.first,
        "last_day": entry.last,
        "until": entry.until,
        "document": entry.document,
        "because": entry.because,
        "act": entry.act,
        "corrects": entry.corrects,
        "euros": entry.euros,
    }


RUNNING: Final = "(a.ruled_on is null or greatest(a.ruled_on + 49, a.again_by) >= %(today)s)"
"""Whether the appeal `a` may still change something: six weeks for a higher appeal, and one for the post.

What the court ordered runs until its day.
"""

IN_COURT: Final = f"c.id in (select a.case_id from workflow.appeals a where {RUNNING})"
"""Whether an appeal runs about this very case."""


_LATER = ("given", "withheld", "hearing", "hearing_note", "renewal", "renewal_text", "until", "number")
"""What a draft that was saved by an earlier release does not know yet."""


def draft_to_row(draft: Draft) -> dict[str, Any]:
    """Write a draft as JSON data."""
    return asdict(draft)


def draft_from_content(content: Mapping[str, Any]) -> Draft:
    """Read a draft that was written as JSON data."""
    return Draft(
        result=content["result"],
        blocks=tuple(content["blocks"]),
        own_reason=content["own_reason"],
        own_source=content["own_source"],
        own_conditions=tuple(OwnCondition(**each) for each in content["own_conditions"]),
        **{name: content[name] for name in _LATER if name in content},
    )


def draft_from_row(row: Mapping[str, Any]) -> SavedDraft:
    """Read a saved draft with the name of who saved it."""
    return SavedDraft(
        draft=draft_from_content(row["content"]),
        version=row["version"],
        saved_by=row["saved_by"],
        saved_by_name=row["saved_by_name"],
        saved_at=row["saved_at"],
        editor=row["editor"],
        prepared_by=frozenset(row["prepared_by"]),
    )


def agenda_to_row(agenda: Agenda) -> dict[str, Any]:
    """Write what a case's clock gives: its deadline, and its timers column by column."""
    return {
        "deadline": agenda.deadline,
        "rules": agenda.edition,
        "what": [timer.what.value for timer in agenda.timers],
        "key": [timer.key for timer in agenda.timers],
        "due": [timer.due for timer in agenda.timers],
    }

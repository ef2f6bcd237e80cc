"""Rows of the database to values of the domain and back, where the store and the reads must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft, OwnCondition
from services.workflow.domain.ledger import Entry, Kind
from services.workflow.ports import SavedDraft
from shared.events import SubmissionReceived
from shared.wire import from_wire


def case_from_row(row: Mapping[str, Any], *, ledger: tuple[Entry, ...]) -> Case:
    """Read a case with its ledger."""
    return Case(
        id=row["id"],
        reference=row["reference"],
        status=row["status"],
        handler=row["handler"],
        sequence=row["sequence"],
        submission=from_wire(SubmissionReceived.__name__, version=1, payload=row["submission"]),
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
    )


def draft_to_row(draft: Draft) -> dict[str, Any]:
    """Write a draft as JSON data."""
    return asdict(draft)


def draft_from_row(row: Mapping[str, Any]) -> SavedDraft:
    """Read a saved draft with the name of who saved it."""
    content = row["content"]
    return SavedDraft(
        draft=Draft(
            result=content["result"],
            blocks=tuple(content["blocks"]),
            own_reason=content["own_reason"],
            own_source=content["own_source"],
            own_conditions=tuple(OwnCondition(**each) for each in content["own_conditions"]),
        ),
        version=row["version"],
        saved_by=row["saved_by"],
        saved_by_name=row["saved_by_name"],
        saved_at=row["saved_at"],
        editor=row["editor"],
    )

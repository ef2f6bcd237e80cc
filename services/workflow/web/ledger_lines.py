"""The ledger of a case as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.workflow.domain.deadlines import may_correct
from services.workflow.domain.ledger import Entry, standing
from services.workflow.web.casefile import CaseFile


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the ledger with the name of who added it; one that was corrected counts no more."""

    entry: Entry
    who: str
    counts: bool
    correctable: bool


def lines_of(file: CaseFile, *, names: Mapping[str, str]) -> Sequence[Line]:
    """Give the lines of the ledger, the newest first."""
    ledger = file.case.ledger
    counting = {entry.act for entry in standing(ledger)}
    return [
        Line(
            entry=entry,
            who=names.get(entry.who or "", ""),
            counts=entry.act is None or entry.corrects is not None or entry.act in counting,
            correctable=file.works and may_correct(entry, ledger=ledger),
        )
        for entry in reversed(ledger)
    ]

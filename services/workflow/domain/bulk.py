"""The same act on many cases: what is done to each, and what may be wrong with it before it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.workflow.domain.decision import Draft
from services.workflow.domain.question import Question
from services.workflow.domain.weighing import DeviationUnexplainedError, ViewsAwaitedError, ViewsUnweighedError
from shared.access import Permission

MOST_AT_ONCE: Final = 5_000

UNWEIGHED: Final[Mapping[type[Exception], str]] = {
    ViewsAwaitedError: "views_awaited",
    ViewsUnweighedError: "views_unweighed",
    DeviationUnexplainedError: "deviation",
}
"""What others are still owed, by the code under which a run keeps it."""


class BulkAct(StrEnum):
    """What is done to each case of a run."""

    ASSIGN = "assign"
    RELEASE = "release"
    ASK = "ask"
    DECIDE = "decide"


NEEDS: Final = {
    BulkAct.ASSIGN: Permission.ASSIGN_CASES,
    BulkAct.RELEASE: Permission.ASSIGN_CASES,
    BulkAct.ASK: Permission.WORK_CASES,
    BulkAct.DECIDE: Permission.DECIDE_CASES,
}
"""What somebody must be allowed to do, to each of the cases."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for each case: to whom it goes (`to`, a subject), what is asked, or what is decided."""

    act: BulkAct
    to: str = ""
    because: str = ""
    question: Question | None = None
    draft: Draft | None = None


class ChangedMeanwhileError(Exception):
    """Something happened in this case after it was chosen."""


class OtherProductError(Exception):
    """What was chosen does not stand among the texts of this case's product."""

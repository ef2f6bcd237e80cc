"""The same act on many cases: what is done to each, and what may be wrong with it before it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.workflow.domain.decision import Draft
from services.workflow.domain.outcomes import GivenByLawError, NotByLawError, NotProcessableError
from services.workflow.domain.question import Question
from services.workflow.domain.weighing import DeviationUnexplainedError, ViewsAwaitedError, ViewsUnweighedError
from shared.access import Permission

MOST_AT_ONCE: Final = 5_000

NOT_NOW: Final[Mapping[type[Exception], str]] = {
    ViewsAwaitedError: "views_awaited",
    ViewsUnweighedError: "views_unweighed",
    DeviationUnexplainedError: "deviation",
    NotProcessableError: "not_processable",
    GivenByLawError: "law",
    NotByLawError: "law",
}
"""What others are still owed or the law does not allow now, by the code under which a run keeps it."""


class BulkAct(StrEnum):
    """What is done to each case of a run."""

    ASSIGN = "assign"
    RELEASE = "release"
    ASK = "ask"
    DECIDE = "decide"
    MORE_TIME = "more_time"


NEEDS: Final = {
    BulkAct.ASSIGN: Permission.ASSIGN_CASES,
    BulkAct.RELEASE: Permission.ASSIGN_CASES,
    BulkAct.ASK: Permission.WORK_CASES,
    BulkAct.DECIDE: Permission.DECIDE_CASES,
    BulkAct.MORE_TIME: Permission.ASSIGN_CASES,
}
"""What somebody must be allowed to do, to each of the cases."""


@dataclass(frozen=True, kw_only=True)
class Outage:
    """From `first` to `last` nobody could answer, so that they can `until`; `announced` says where that was told."""

    first: date
    last: date
    until: date
    announced: str

    def hits(self, last_day: date) -> bool:
        """Whether a time to answer ended in it."""
        return self.first <= last_day <= self.last


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for each case: to whom it goes (`to`, a subject), what is asked, what is decided, more time."""

    act: BulkAct
    to: str = ""
    because: str = ""
    question: Question | None = None
    draft: Draft | None = None
    outage: Outage | None = None


class ChangedMeanwhileError(Exception):
    """Something happened in this case after it was chosen."""


class NotHitError(Exception):
    """The time to answer did not end in the outage."""


class OtherProductError(Exception):
    """What was chosen does not stand among the texts of this case's product."""

"""Goals of products: how many decisions should be in time, how the year goes, and whether it will be missed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.workflow.domain.indicators import FEWEST

_TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Of a hundred decisions of a product in a calendar year `percent` should be in time; `owner` answers for it."""

    product: str
    percent: int
    owner: str
    owner_name: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """How a year goes: decisions sent, those in time, and the open cases with how many of them are expected late.

    What is expected counts every open case as if it ended this year: a case that lies open is not forgotten by it.
    """

    sent: int
    in_time: int
    open: int
    expected_late: float

    @property
    def now(self) -> Decimal | None:
        """Of a hundred decisions sent so many were in time, in tenths; None when there are too few."""
        return _percent(self.in_time, of=self.sent)

    @property
    def expected(self) -> Decimal | None:
        """The same once the open cases are done too."""
        return _percent(self.in_time + self.open - self.expected_late, of=self.sent + self.open)

    @property
    def tells_of_open(self) -> bool:
        """Whether enough cases are open to tell of them."""
        return self.open >= FEWEST

    def misses(self, goal: Goal) -> bool:
        """Whether the goal will not be reached as things stand: time to ring."""
        return self.expected is not None and self.expected < goal.percent


def _percent(part: float, *, of: int) -> Decimal | None:
    return (Decimal(100 * part) / of).quantize(_TENTH) if of >= FEWEST else None

"""The ladder of a product: who is told, how many working days before or after which date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Anchor(StrEnum):
    """The date that a rung counts from, as the case's clock gives it."""

    DECISION = "decision"
    """The last day to decide."""
    NORM = "norm"
    """The last day of the service norm."""
    PENALTY = "penalty"
    """The first day that a late decision costs money (Awb 4:17 lid 3)."""
    PROMISE = "promise"
    """The day that a delay notice named (Awb 4:14 lid 1)."""
    REFUSAL = "refusal"
    """The last day to tell that an application is not processed (Awb 4:5 lid 4)."""


class Rank(StrEnum):
    """Who is told, from the one nearest to the case upwards."""

    HANDLER = "handler"
    LEAD = "lead"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the ladder: `days` working days after its date, negative before it, 0 on the day itself."""

    days: int
    of: Anchor
    tell: Rank

    @property
    def name(self) -> str:
        """The name of the step within its ladder, such as "decision:-5:handler"."""
        return f"{self.of}:{self.days}:{self.tell}"


USUAL_LADDER: Final = (
    Rung(days=-2, of=Anchor.NORM, tell=Rank.HANDLER),
    Rung(days=1, of=Anchor.NORM, tell=Rank.LEAD),
    Rung(days=-5, of=Anchor.DECISION, tell=Rank.HANDLER),
    Rung(days=-2, of=Anchor.DECISION, tell=Rank.LEAD),
    Rung(days=1, of=Anchor.DECISION, tell=Rank.MANAGER),
    Rung(days=-5, of=Anchor.REFUSAL, tell=Rank.HANDLER),
    Rung(days=-2, of=Anchor.PROMISE, tell=Rank.HANDLER),
    Rung(days=1, of=Anchor.PROMISE, tell=Rank.LEAD),
    Rung(days=-5, of=Anchor.PENALTY, tell=Rank.LEAD),
    Rung(days=0, of=Anchor.PENALTY, tell=Rank.MANAGER),
)
"""The ladder of a product that names none."""

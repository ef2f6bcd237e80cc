"""The mark that an applicant gives after the decision: what can be marked, and how long it can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal, get_args

Step = Literal["form", "contact", "time", "decision"]

STEPS: Final[tuple[Step, ...]] = get_args(Step)
"""Filling in, contact with us, the time it took, and how the decision was explained."""

MARKS: Final = tuple(str(number) for number in range(1, 11))
"""From 1 to 10, as a Dutch school report has them: everybody here knows what a 6 is."""

CHANGEABLE: Final = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark from 1 to 10 with words that may be empty; `steps` has marks for steps, of whoever gave those too."""

    mark: int
    words: str = ""
    steps: Mapping[Step, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class GivenMark(Mark):
    """A mark that was given, with the day on which that was first."""

    first_on: date

    @property
    def until(self) -> date:
        """The last day on which it can be changed."""
        return self.first_on + CHANGEABLE

    def may_change(self, *, on: date) -> bool:
        """Whether the applicant may still change it."""
        return on <= self.until

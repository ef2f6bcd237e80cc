"""Throughput times in figures: exact histograms of days that can be added up, and what is read from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Final

from services.workflow.domain.indicators import FEWEST
from services.workflow.domain.times import Step

OUTCOMES: Final = ("complete", "suspended", "extended", "defaulted", "withdrawn")
"""What is counted of cases beside their days."""


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """How many cases took how many days; nothing is rounded, so histograms add up to what all cases together give."""

    counts: Mapping[int, int] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """How many cases it counts."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """All days (or euros) together."""
        return sum(value * count for value, count in self.counts.items())

    def within(self, percent: int, /) -> int | None:
        """Give the fewest whole days within which at least so many of 100 cases were done; None without cases."""
        wanted, seen = ceil(self.cases * percent / 100), 0
        for value, count in sorted(self.counts.items()):
            seen += count
            if count and seen >= wanted:
                return value
        return None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Figures of a group of cases that ended in a period.

    `gross` and `net` count the cases with a decision that was sent. `of` counts cases by what happened to them
    (`OUTCOMES`, and `on_time`). `penalties` are euros. `steps` count days by on whom was waited, where enough were.
    It is `covered` where what it says, taken from a larger group, would tell of a small one.
    """

    gross: Histogram
    net: Histogram
    of: Mapping[str, int]
    penalties: int
    steps: Mapping[Step, Histogram]
    covered: bool = False

    @property
    def cases(self) -> int:
        """How many decisions were sent."""
        return self.gross.cases

    @property
    def is_small(self) -> bool:
        """Whether there are too few to show figures of."""
        return self.cases < FEWEST

    @property
    def is_shown(self) -> bool:
        """Whether there are enough to show figures of, and that gives no smaller group away."""
        return not (self.is_small or self.covered)

    @property
    def on_time(self) -> Decimal | None:
        """Give how many of 100 decisions were sent on or before their last day, in tenths."""
        return self.percent("on_time")

    def percent(self, what: str, /) -> Decimal | None:
        """Give of how many of 100 decisions this holds, in tenths; None without decisions."""
        if not self.cases:
            return None
        return (100 * Decimal(self.of.get(what, 0)) / self.cases).quantize(Decimal("0.1"))


Counted = tuple[str, int, int]
"""What is counted, its value (days, euros or 0) and how many cases."""


def summary_of(counted: Iterable[Counted]) -> Summary:
    """Add up what was counted."""
    found: dict[str, dict[int, int]] = {}
    for what, value, cases in counted:
        if cases:
            counts = found.setdefault(what, {})
            counts[value] = counts.get(value, 0) + cases
    histograms = {what: Histogram(counts=counts) for what, counts in found.items()}
    none = Histogram()
    return Summary(
        gross=histograms.get("gross", none),
        net=histograms.get("net", none),
        of={what: histograms.get(what, none).cases for what in ("on_time", *OUTCOMES)},
        penalties=histograms.get("penalty", none).total,
        steps=_steps(histograms),
    )


def _steps(histograms: Mapping[str, Histogram]) -> Mapping[Step, Histogram]:
    """Give the steps that enough cases passed to tell of."""
    found = {step: histograms.get(f"in.{step}", Histogram()) for step in Step}
    return {step: days for step, days in found.items() if days.cases >= FEWEST}


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week of the flow: its Monday, what came in and was ended, and what stood at each step at its end."""

    monday: date
    came: int
    ended: int
    standing: Mapping[Step, int]


def weeks_of(
    before: Mapping[Step, int], *, moved: Mapping[date, Mapping[str, tuple[int, int]]], mondays: Sequence[date]
) -> list[Week]:
    """Follow the flow from what stood `before`; `moved` gives by week and step how many entered and left."""
    standing, found = dict(before), list[Week]()
    for monday in mondays:
        steps = moved.get(monday, {})
        for step in Step:
            entered, left = steps.get(step, (0, 0))
            standing[step] = standing.get(step, 0) + entered - left
        came, ended = steps.get("", (0, 0))
        found.append(Week(monday=monday, came=came, ended=ended, standing=dict(standing)))
    return found


ZONES: Final = (50, 85, 95)
"""An open case is younger than what half, 85 or 95 of 100 cases of its product took, or older than all these."""


def zone_of(age: int, *, limits: Sequence[int | None]) -> int:
    """Give in which zone an age lies, 0 to 3; without a past everything is in the first."""
    return sum(limit is not None and age > limit for limit in limits)


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """Where waiting lies: a product and on whom it waits, in cases, calendar days and euro."""

    product: str
    step: Step
    cases: int
    days: int
    euros: Decimal


def bottlenecks(
    waits: Iterable[tuple[str, Step, int, int]], *, euros_a_day: Decimal, most: int = 3
) -> list[Bottleneck]:
    """Give where most days of waiting lie, the most first; each wait is a product, a step, its cases and its days.

    Days with the handler are work, not waiting: they do not count here.
    """
    idle = (wait for wait in waits if wait[1] is not Step.HANDLER)
    ranked = sorted(idle, key=lambda wait: (-wait[3], wait[0], wait[1]))
    return [
        Bottleneck(product=product, step=step, cases=cases, days=days, euros=days * euros_a_day)
        for product, step, cases, days in ranked[:most]
        if days and cases >= FEWEST
    ]

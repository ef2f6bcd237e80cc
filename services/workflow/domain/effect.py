"""What a new version did: before and after with the interval of the difference, and the season taken out of it.

Every figure is one of which less is better: days of waiting, faults in a form, forms that are left.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from services.workflow.domain.indicators import FEWEST

ENOUGH: Final = 30
"""Below so many on either side a normal approximation says nothing, and there is no interval."""
SHORTEST: Final = 14
"""Days before and after that are compared at least."""
LONGEST: Final = 365
LEFT_AFTER: Final = 30
"""Days after which a form that nobody came back to counts as left; the form service keeps a draft so long."""
YEAR: Final = timedelta(weeks=52)
"""The same weekdays a year before."""

_Z: Final = 1.959964
"""Of a two-sided interval of 95 %."""

Waits = Mapping[tuple[int, bool], int]
"""How many cases waited so many days, until they were decided (True) or for as long as we know."""
Day = tuple[int, int]
"""Of one day: faults, and the forms in which they could be made."""
Verdict = Literal["better", "worse", "unknown", "few"]


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The days that are compared: from `first` up to `live`, and from there up to `beyond`, as many of each."""

    first: date
    live: date
    beyond: date

    @property
    def days(self) -> int:
        """Days on each side."""
        return (self.live - self.first).days

    @property
    def horizon(self) -> int:
        """Waiting is counted up to so many days: at least half of the cases of each side are followed so long."""
        return min(self.days // 2, 182)

    @property
    def year_before(self) -> Windows:
        """The same weeks of the year before."""
        return Windows(first=self.first - YEAR, live=self.live - YEAR, beyond=self.beyond - YEAR)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A figure before and after; `low` and `high` bound the difference with 95 %, None where too few are behind it."""

    before: float
    after: float
    counts: tuple[int, int]
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float:
        """What came or went."""
        return self.after - self.before

    @property
    def verdict(self) -> Verdict:
        """Say what the interval says; where it holds 0 nothing is known."""
        if self.low is None or self.high is None:
            return "few"
        return "better" if self.high < 0 else "worse" if self.low > 0 else "unknown"


def windows_of(live: date, *, former: date, until: date) -> Windows | None:
    """Choose what is compared: as much time before as after, within two versions; None when that is too little."""
    days = min((live - former).days, (until - live).days, LONGEST)
    if days < SHORTEST:
        return None
    return Windows(first=live - timedelta(days=days), live=live, beyond=live + timedelta(days=days))


def waiting(before: Waits, *, after: Waits, horizon: int) -> Effect | None:
    """Compare how long cases wait for a decision: the mean of the first `horizon` days, cases still open included.

    The restricted mean of the curve of Kaplan and Meier, with the variance of Greenwood: it takes no case for decided
    that is not, and needs no shape of the curve. None for fewer than five cases.
    """
    counts = (sum(before.values()), sum(after.values()))
    if min(counts) < FEWEST:
        return None
    (old, old_variance), (new, new_variance) = (mean_wait(each, horizon=horizon) for each in (before, after))
    half = _Z * math.sqrt(old_variance + new_variance)
    found = Effect(before=old, after=new, counts=counts)
    return _bounded(found, low=found.change - half, high=found.change + half)


def mean_wait(waits: Waits, *, horizon: int) -> tuple[float, float]:
    """Give the mean days of waiting, each for at most `horizon`, and the variance of that mean."""
    at_risk, alive, since = sum(waits.values()), 1.0, 0
    steps: list[tuple[int, int, float]] = []
    area = 0.0
    for day in sorted({days for days, _ in waits if days <= horizon}):
        area += alive * (day - since)
        decided = waits.get((day, True), 0)
        if decided:
            steps.append((at_risk, decided, area))
            alive *= 1 - decided / at_risk
        at_risk -= decided + waits.get((day, False), 0)
        since = day
    area += alive * (horizon - since)
    spread = sum(gone * (area - upto) ** 2 / (left * (left - gone)) for left, gone, upto in steps if left > gone)
    return area, spread


def share(before: Day, *, after: Day) -> Effect | None:
    """Compare a share, `(how many, of how many)`, by the interval of Newcombe (1998, method 10): sound near 0 too."""
    if min(before[1], after[1]) < FEWEST:
        return None
    (old, old_low, old_high), (new, new_low, new_high) = (wilson(*each) for each in (before, after))
    low = math.hypot(new - new_low, old_high - old)
    high = math.hypot(new_high - new, old - old_low)
    found = Effect(before=old, after=new, counts=(before[1], after[1]))
    return _bounded(found, low=found.change - low, high=found.change + high)


def per_form(before: Sequence[Day], *, after: Sequence[Day]) -> Effect | None:
    """Compare faults per form; forms of one day go together, since what goes wrong on a day goes wrong for many."""
    counts = (sum(forms for _, forms in before), sum(forms for _, forms in after))
    if min(counts) < FEWEST:
        return None
    (old, old_variance), (new, new_variance) = (_ratio(each) for each in (before, after))
    found = Effect(before=old, after=new, counts=counts)
    if not old_variance + new_variance:
        return found
    half = _Z * math.sqrt(old_variance + new_variance)
    return _bounded(found, low=found.change - half, high=found.change + half)


def without_season(effect: Effect | None, *, year_before: Effect | None) -> Effect | None:
    """Take from a difference what the same weeks did a year before; None where either has no interval.

    The intervals are put together as those of independent estimates (MOVER, Zou and Donner 2008).
    """
    if effect is None or effect.low is None or effect.high is None:
        return None
    if year_before is None or year_before.low is None or year_before.high is None:
        return None
    change = effect.change - year_before.change
    low = math.hypot(effect.change - effect.low, year_before.high - year_before.change)
    high = math.hypot(effect.high - effect.change, year_before.change - year_before.low)
    return Effect(before=0, after=change, counts=effect.counts, low=change - low, high=change + high)


def wilson(seen: int, of: int, /) -> tuple[float, float, float]:
    """Give a share with its two-sided interval of 95 % (Wilson 1927), which is sound near 0 too."""
    part, square = seen / of, _Z**2
    middle = part + square / (2 * of)
    half = _Z * math.sqrt(part * (1 - part) / of + square / (4 * of**2))
    return part, (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)


def _bounded(effect: Effect, *, low: float, high: float) -> Effect:
    if min(effect.counts) < ENOUGH:
        return effect
    return Effect(before=effect.before, after=effect.after, counts=effect.counts, low=low, high=high)


def _ratio(days: Sequence[Day]) -> tuple[float, float]:
    """The faults per form, and its variance from how days differ (Cochran, Sampling Techniques, 2.11)."""
    faults, forms, number = sum(each for each, _ in days), sum(each for _, each in days), len(days)
    ratio = faults / forms
    if number < 2:
        return ratio, 0.0
    spread = sum((each - ratio * of) ** 2 for each, of in days)
    return ratio, spread / forms**2 * number / (number - 1)

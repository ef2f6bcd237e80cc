"""What residents think of a product: marks by quarter and by step, and remarks with what was done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from services.workflow.domain.indicators import FEWEST, kept_back

Status = Literal["new", "seen", "done", "not_done"]

STATUSES: Final[tuple[Status, ...]] = ("new", "seen", "done", "not_done")
STEPS: Final = ("form", "contact", "time", "decision")
QUARTERS: Final = 8


@dataclass(frozen=True, kw_only=True)
class Mean:
    """The mean of marks; None where it would tell of single persons: of fewer than five, or by subtracting."""

    count: int
    mean: float | None


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """The marks of one quarter, as a whole and by step."""

    year: int
    number: int
    all: Mean
    steps: Mapping[str, Mean]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks that were given on one day: of one step, or of all of it (""); `total` is their sum."""

    day: date
    step: str
    count: int
    total: int


def mean_of(marks: Iterable[Marks]) -> Mean:
    """Take all these marks together."""
    found = list(marks)
    count, total = sum(each.count for each in found), sum(each.total for each in found)
    return Mean(count=count, mean=total / count if count >= FEWEST else None)


def by_step(marks: Iterable[Marks]) -> dict[str, Mean]:
    """Give the mean of each step, and of all of it under ""."""
    found = list(marks)
    return {step: mean_of(each for each in found if each.step == step) for step in ("", *STEPS)}


def by_quarter(marks: Sequence[Marks], *, today: date) -> list[Quarter]:
    """Give the last eight quarters, the one of today included, the newest first.

    The last four stand beside their whole, so of those a small one takes another along.
    """
    latest = _quarter(today)
    found: dict[int, list[Marks]] = {latest - back: [] for back in range(QUARTERS)}
    for each in marks:
        found.setdefault(_quarter(each.day), []).append(each)
    means = [by_step(found[latest - back]) for back in range(QUARTERS)]
    for step in ("", *STEPS):
        back = kept_back({place: each[step].count for place, each in enumerate(means[:4])})
        for place in back:
            means[place][step] = replace(means[place][step], mean=None)
    return [_shown(each, at=latest - place) for place, each in enumerate(means)]


def first_day(today: date) -> date:
    """Give the first day of the quarters that are shown."""
    year, place = divmod(_quarter(today) - QUARTERS + 1, 4)
    return date(year, 3 * place + 1, 1)


def _quarter(day: date) -> int:
    return 4 * day.year + (day.month - 1) // 3


def _shown(means: Mapping[str, Mean], *, at: int) -> Quarter:
    steps = {step: mean for step, mean in means.items() if step}
    return Quarter(year=at // 4, number=at % 4 + 1, all=means[""], steps=steps)

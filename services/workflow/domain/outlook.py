"""When today's stock is done: past weeks are drawn by lot and played again, many times over.

Whoever is due first goes first, as the next case is handed out; what comes in meanwhile joins the queue by its term.
Days are those of the working week; past weeks bring their own holidays along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import ceil
from random import Random
from typing import Any, Final

RUNS: Final = 400
LONGEST: Final = 520
"""Two years of working days: further nobody can see."""

FEWEST_WEEKS: Final = 8
MORE_SHARE: Final = 1.2
_WEEK: Final = 5
_NOTHING: Final = 1e-6

HALF: Final = 0.5
MOST: Final = 0.85


@dataclass(frozen=True, kw_only=True)
class Week:
    """How many cases came in and were done on each of the five days of a past week."""

    came: tuple[int, ...]
    done: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What could be otherwise: one colleague more, next week closed, a fifth more applications."""

    colleague: bool = False
    closed: bool = False
    more: bool = False

    @property
    def key(self) -> str:
        """Names it."""
        return "+".join(name for name, on in vars(self).items() if on) or "as_now"


EVERY: Final = tuple(
    WhatIf(colleague=one, closed=two, more=three) for one, two, three in product((False, True), repeat=3)
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office on a morning: its `stock` by working days left (0: due today or before), and what it can do.

    `terms` are those of new cases, in working days with their shares. `starts` is the weekday of the morning (0 is
    Monday). `colleagues` is the number of people who closed cases lately.
    """

    stock: Mapping[int, int]
    weeks: Sequence[Week]
    terms: Mapping[int, float]
    colleagues: int
    starts: int = 0


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """After how many working days the stock is done, with 50 and 85 % certainty; None is longer than two years.

    `left` is what is left of the stock at the end of each week with the same certainties.
    """

    half: int | None
    most: int | None
    left: Sequence[tuple[int, int]]


def foresee(office: Office, *, what_if: WhatIf, seed: int, runs: int = RUNS) -> Outlook | None:
    """Play the coming weeks many times over; None when there is too little past to draw from.

    The same seed draws the same weeks, whatever is asked, so that answers differ by what was asked alone.
    """
    if len(office.weeks) < FEWEST_WEEKS or not any(sum(week.done) for week in office.weeks):
        return None
    played = [
        list(_play(office, what_if=what_if, chance=Random(f"{seed}/{run}")))  # noqa: S311 repeatable, and no secret
        for run in range(runs)
    ]
    ended = sorted(len(each) if each[-1] <= _NOTHING else LONGEST + 1 for each in played)
    fridays = range(_WEEK - 1 - office.starts, max(map(len, played)) + _WEEK, _WEEK)
    left = [sorted(each[day] if day < len(each) else each[-1] for each in played) for day in fridays]
    return Outlook(
        half=_day(ended, share=HALF),
        most=_day(ended, share=MOST),
        left=[(round(_at(each, share=HALF)), round(_at(each, share=MOST))) for each in left],
    )


def weekday_at(morning: date, *, count: int) -> date:
    """Give the day on which so many days of the working week are over, that of this morning being the first."""
    weeks, rest = divmod(morning.weekday() + count - 1, _WEEK)
    return morning + timedelta(days=7 * weeks + rest - morning.weekday())


def weekdays_until(morning: date, *, until: date) -> int:
    """Count the days of the working week from this morning until before a day; 0 when it is over."""
    days = max(0, (until - morning).days)
    weeks, rest = divmod(days, 7)
    return weeks * _WEEK + sum((morning.weekday() + day) % 7 < _WEEK for day in range(rest))


def to_plain(outlook: Outlook | None) -> dict[str, Any] | None:
    """Write it as JSON has it."""
    return {**vars(outlook), "left": [list(each) for each in outlook.left]} if outlook else None


def from_plain(plain: Mapping[str, Any] | None) -> Outlook | None:
    """Read back what `to_plain` wrote."""
    return Outlook(**{**plain, "left": [(one, other) for one, other in plain["left"]]}) if plain else None


def _play(office: Office, *, what_if: WhatIf, chance: Random) -> Iterator[float]:
    """Give what is left of the stock at the end of each day, until nothing is."""
    queue = _Queue(office)
    power = (office.colleagues + 1) / office.colleagues if what_if.colleague and office.colleagues else 1.0
    pressure = MORE_SHARE if what_if.more else 1.0
    week = chance.choice(office.weeks)
    for day in range(LONGEST):
        number, weekday = divmod(office.starts + day, _WEEK)
        if weekday == 0 and day:
            week = chance.choice(office.weeks)
        queue.join(week.came[weekday] * pressure, day=day)
        if not (what_if.closed and number == 1):
            queue.work(week.done[weekday] * power)
        yield queue.left
        if queue.left <= _NOTHING:
            return


class _Queue:
    """Cases by the day on which they are due: those of the stock before those that came later."""

    def __init__(self, office: Office) -> None:
        self._terms = sorted(office.terms.items())
        furthest = max([LONGEST, *office.stock]) + max([0, *office.terms]) + 1
        self._stock, self._later = [0.0] * furthest, [0.0] * furthest
        for due, count in office.stock.items():
            self._stock[due] += count
        self.left = float(sum(office.stock.values()))
        self._first = 0

    def join(self, came: float, *, day: int) -> None:
        """Let so many cases in, spread over the terms that new ones have."""
        for term, share in self._terms:
            self._later[day + term] += came * share
        if self._terms:
            self._first = min(self._first, day + self._terms[0][0])

    def work(self, power: float) -> None:
        """Do so many cases, the first due first."""
        while power > _NOTHING and self._first < len(self._stock):
            done = min(power, self._stock[self._first])
            self._stock[self._first] -= done
            self.left -= done
            power -= done
            done = min(power, self._later[self._first])
            self._later[self._first] -= done
            power -= done
            if self._stock[self._first] + self._later[self._first] <= _NOTHING:
                self._first += 1


def _day(ended: Sequence[int], *, share: float) -> int | None:
    day = int(_at(ended, share=share))
    return day if day <= LONGEST else None


def _at(ordered: Sequence[float], *, share: float) -> float:
    """Give the least value that so great a share does not pass."""
    return ordered[ceil(share * len(ordered)) - 1]

"""When the stock is done: as every possible course counted out, the same each time, and true as often as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.workflow.domain.outlook import (
    EVERY,
    Office,
    Outlook,
    Week,
    WhatIf,
    foresee,
    from_plain,
    to_plain,
    weekday_at,
    weekdays_until,
)
from tests.services.workflow.domain.simulated import done_in_time

QUIET, BUSY = Week(came=(0,) * 5, done=(1,) * 5), Week(came=(0,) * 5, done=(2,) * 5)
OFFICE = Office(stock={0: 10, 3: 13}, weeks=[QUIET] * 6 + [BUSY] * 4, terms={}, colleagues=4)


def told(office: Office, *, runs: int = 400, seed: int = 7, **what: bool) -> Outlook:
    found = foresee(office, what_if=WhatIf(**what), seed=seed, runs=runs)
    assert found is not None
    return found


def counted_out(share: float) -> int:
    """Go through every order of five weeks, with their chances: 23 cases are done within 23 days."""
    ends = []
    for weeks in product([(1, 0.6), (2, 0.4)], repeat=5):
        left, chance, day = 23, 1.0, 0
        for _, odds in weeks:
            chance *= odds
        while left > 0:
            left -= weeks[day // 5][0]
            day += 1
        ends.append((day, chance))
    sofar = 0.0
    for day, chance in sorted(ends):
        sofar += chance
        if sofar >= share:
            return day
    raise AssertionError


def test_the_days_are_those_of_every_possible_course_counted_out() -> None:
    found = told(OFFICE, runs=1500)
    assert (found.half, found.most) == (counted_out(0.5), counted_out(0.85))
    # at the end of the first week 18 are left with 60 %, else 13
    assert found.left[0] == (18, 18)
    assert found.left[-1] == (0, 0)


def test_the_same_lots_are_drawn_each_time_and_others_with_another_seed() -> None:
    mixed = replace(OFFICE, weeks=[Week(came=(n,) * 5, done=(n,) * 5) for n in range(1, 9)], terms={2: 1.0})
    assert told(mixed, seed=1) == told(mixed, seed=1)
    assert told(mixed, runs=40, seed=1) != told(mixed, runs=40, seed=2)


def test_what_if_moves_the_days_the_way_one_expects() -> None:
    even = Office(stock=dict.fromkeys(range(20), 5), weeks=[Week(came=(3,) * 5, done=(4,) * 5)] * 8, terms={5: 1.0},
                  colleagues=4)  # fmt: skip
    as_now = told(even).half
    assert as_now is not None
    assert told(even, closed=True).half == as_now + 5
    more, faster = told(even, more=True).half, told(even, colleague=True).half
    assert faster is not None
    assert more is not None
    assert faster < as_now < more
    assert len({each.key for each in EVERY}) == len(EVERY) == 8


def test_an_office_that_does_less_than_comes_in_first_is_never_done() -> None:
    drowning = Office(stock={100: 9}, weeks=[Week(came=(8,) * 5, done=(1,) * 5)] * 8, terms={5: 1.0}, colleagues=1)
    assert told(drowning, runs=5).half is None
    assert from_plain(to_plain(told(drowning, runs=5))) == told(drowning, runs=5)


@pytest.mark.parametrize("weeks", [[QUIET] * 7, [Week(came=(1,) * 5, done=(0,) * 5)] * 30])
def test_without_enough_past_nothing_is_told(weeks: list[Week]) -> None:
    assert foresee(replace(OFFICE, weeks=weeks), what_if=WhatIf(), seed=1) is None
    assert from_plain(to_plain(None)) is None


def test_days_are_counted_in_working_weeks() -> None:
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert [weekday_at(friday, count=n) for n in (1, 2, 6)] == [friday, monday, date(2026, 12, 4)]
    assert [weekdays_until(friday, until=day) for day in (date(2026, 11, 1), friday, monday, date(2026, 12, 7))] == [
        *(0, 0, 1, 6),
    ]


def test_offices_are_done_by_the_day_that_was_told_as_often_as_was_told() -> None:
    half, most = done_in_time(offices=40, seed=3, runs=80)
    assert 0.35 <= half <= 0.65
    assert 0.7 <= most <= 0.95

"""Before and after: the intervals against independent computations, and what is not said."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from datetime import date, timedelta
from math import sqrt

import pytest

from services.workflow.domain.effect import (
    Effect,
    mean_wait,
    per_form,
    share,
    waiting,
    windows_of,
    without_season,
)

LIVE = date(2026, 6, 1)


def decided(days: list[int]) -> Counter[tuple[int, bool]]:
    return Counter((each, True) for each in days)


def test_as_much_time_is_compared_before_as_after_within_the_two_versions() -> None:
    found = windows_of(LIVE, former=LIVE - timedelta(days=40), until=LIVE + timedelta(days=100))
    assert found
    assert (found.first, found.beyond, found.days, found.horizon) == (date(2026, 4, 22), date(2026, 7, 11), 40, 20)
    assert found.year_before.live.weekday() == LIVE.weekday()
    assert windows_of(LIVE, former=LIVE - timedelta(days=13), until=LIVE + timedelta(days=100)) is None


def test_the_mean_wait_of_decided_cases_is_their_mean_with_the_variance_of_a_mean() -> None:
    days = [3, 9, 9, 14, 20, 31, 44, 80]
    mean, variance = mean_wait(decided(days), horizon=40)
    cut = [min(each, 40) for each in days]
    assert mean == pytest.approx(statistics.mean(cut))
    assert variance == pytest.approx(statistics.pvariance(cut) / len(cut))


def test_open_cases_wait_on_and_are_not_taken_for_decided() -> None:
    # worked by hand: at risk 4, one decided on day 2; one leaves sight on day 3; of two left one decided on day 6
    waits = {(2, True): 1, (3, False): 1, (6, True): 1, (10, False): 1}
    mean, _ = mean_wait(waits, horizon=10)
    assert mean == pytest.approx(2 * 1 + 4 * 0.75 + 4 * 0.375)


def test_the_interval_of_a_share_is_that_of_the_paper() -> None:
    found = share((48, 80), after=(56, 70))  # Newcombe 1998, table II (a): 0.2000, from 0.0524 to 0.3339
    assert found
    assert (found.change, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)
    none = share((0, 100), after=(0, 100))
    assert none
    assert none.verdict == "unknown"


def test_faults_of_one_day_go_together() -> None:
    even = [(each, 10) for each in (2, 4, 6, 8, 5, 5)]
    found = per_form(even, after=[(0, 60), (0, 60)])
    rates = [each / 10 for each, _ in even]
    half = 1.959964 * sqrt(statistics.variance(rates) / len(rates))
    assert found
    assert (found.before, found.after) == (0.5, 0)
    assert found.low == pytest.approx(-0.5 - half)


def test_of_few_nothing_is_said_and_of_some_no_interval() -> None:
    assert share((1, 4), after=(1, 400)) is None
    assert waiting(decided([5] * 4), after=decided([5] * 400), horizon=20) is None
    assert per_form([(1, 4)], after=[(1, 400)]) is None
    found = share((1, 29), after=(1, 400))
    assert found
    assert (found.low, found.verdict) == (None, "few")


def test_what_the_year_before_did_as_well_is_no_effect_of_the_version() -> None:
    now = Effect(before=20, after=26, counts=(100, 100), low=3, high=9)
    then = Effect(before=18, after=24, counts=(100, 100), low=2, high=10)
    found = without_season(now, year_before=then)
    assert now.verdict == "worse"
    assert found
    assert (found.change, found.low, found.high, found.verdict) == (0, -5, 5, "unknown")
    assert without_season(now, year_before=None) is None


def test_where_nothing_changed_one_in_twenty_seems_changed_as_the_interval_promises() -> None:
    chance, seen = random.Random(2), 0
    for _ in range(800):
        sides = [decided([int(chance.expovariate(1 / 25)) for _ in range(60)]) for _ in range(2)]
        found = waiting(sides[0], after=sides[1], horizon=40)
        seen += found is not None and found.verdict != "unknown"
    assert 0.03 <= seen / 800 <= 0.075

"""Throughput figures: exact percentiles that add up, the flow by week, ages in zones, and where waiting lies."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from random import Random

from services.workflow.domain.throughput import Histogram, bottlenecks, summary_of, weeks_of, zone_of
from services.workflow.domain.times import Step


def test_so_many_of_a_hundred_were_done_within_the_fewest_days_that_hold_for_them() -> None:
    chance = Random(3)
    for size in (1, 2, 5, 20, 99, 400):
        days = sorted(chance.randrange(0, 90) for _ in range(size))
        counted = Histogram(counts={value: days.count(value) for value in set(days)})
        for percent in (50, 85, 95, 100):
            # nearest rank: the value in the ordered row at this share of it, counted from one
            assert counted.within(percent) == days[math.ceil(size * percent / 100) - 1]
    assert Histogram().within(50) is None


def test_groups_add_up_to_what_all_cases_together_give() -> None:
    one = [("gross", 3, 4), ("on_time", 0, 4), ("in.queue", 1, 4), ("complete", 0, 3), ("penalty", 50, 2)]
    other = [("gross", 3, 1), ("gross", 90, 1), ("on_time", 0, 1), ("in.queue", 2, 2), ("penalty", 50, 0)]
    both = summary_of([*one, *other])
    assert (both.cases, both.on_time, both.gross.within(50), both.gross.within(95)) == (6, Decimal("83.3"), 3, 90)
    assert (both.percent("complete"), both.penalties) == (Decimal("50.0"), 100)
    assert both.steps[Step.QUEUE].total == 4 + 4
    assert not summary_of(other).is_shown
    assert summary_of(other).steps == {}  # two cases at a step could tell of one person
    assert summary_of([]).on_time is None


def test_the_flow_goes_on_from_what_stood_before() -> None:
    monday, next_one = date(2026, 6, 1), date(2026, 6, 8)
    moved = {monday: {"": (5, 2), "queue": (5, 4), "handler": (4, 2)}, next_one: {"queue": (0, 1), "handler": (1, 0)}}
    weeks = weeks_of({Step.QUEUE: 10}, moved=moved, mondays=[monday, next_one])
    assert [(week.came, week.ended) for week in weeks] == [(5, 2), (0, 0)]
    assert [(week.standing[Step.QUEUE], week.standing[Step.HANDLER]) for week in weeks] == [(11, 2), (10, 3)]


def test_an_open_case_lies_in_a_zone_of_its_own_past() -> None:
    limits = (20, 40, 60)
    assert [zone_of(age, limits=limits) for age in (0, 20, 21, 40, 41, 60, 61)] == [0, 0, 1, 1, 2, 2, 3]
    assert zone_of(500, limits=()) == zone_of(500, limits=(None, None, None)) == 0


def test_most_waiting_comes_first_and_few_cases_name_nobody() -> None:
    waits = [
        ("terras", Step.ADVISER, 40, 900),
        ("uitrit", Step.QUEUE, 4, 5_000),
        ("terras", Step.QUEUE, 50, 100),
        ("terras", Step.HANDLER, 50, 9_000),
        ("objecten", Step.APPLICANT, 7, 901),
    ]
    found = bottlenecks(waits, euros_a_day=Decimal("2.5"), most=3)
    assert [(each.product, each.step, each.days, each.euros) for each in found] == [
        ("objecten", Step.APPLICANT, 901, Decimal("2252.5")),
        ("terras", Step.ADVISER, 900, Decimal("2250.0")),
    ]

"""Whether a goal of being in time will be reached: what was sent, and what is open with its chance to be late."""

from __future__ import annotations

from decimal import Decimal

from services.workflow.domain.goals import Course, Goal

NINETY = Goal(product="terras", percent=90, owner="els", owner_name="Els van Dijk")


def test_open_cases_that_are_expected_late_count_before_they_are() -> None:
    course = Course(sent=90, in_time=86, open=10, expected_late=7.5)
    assert course.now == Decimal("95.6")
    assert course.expected == Decimal("88.5")  # 86 and 2.5 of 100
    assert course.misses(NINETY)
    assert not Course(sent=90, in_time=86, open=10, expected_late=6).misses(NINETY)  # 90 of 100 is the goal itself


def test_of_few_cases_nothing_is_said() -> None:
    course = Course(sent=2, in_time=0, open=2, expected_late=2)
    assert (course.now, course.expected, course.misses(NINETY)) == (None, None, False)
    assert [Course(sent=9, in_time=0, open=n, expected_late=n).tells_of_open for n in (4, 5)] == [False, True]

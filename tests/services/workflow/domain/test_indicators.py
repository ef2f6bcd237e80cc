"""Indicators: on course or not, better or worse, always in words that follow from the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.workflow.domain.indicators import WORKED_OUT, Line, course_of, gives_away, kept_back, trend_of

ON_TIME, MEDIAN = WORKED_OUT[0], WORKED_OUT[1]
APPLICATIONS, PENALTIES = (
    next(each for each in WORKED_OUT if each.id == name) for name in ("applications", "penalties")
)


@pytest.mark.parametrize(
    ("realised", "target", "course"),
    [("92", "90", "met"), ("90", "90", "met"), ("86", "90", "near"), ("85.4", "90", "missed")],
)
def test_more_in_time_than_the_target_is_on_course(realised: str, target: str, course: str) -> None:
    line = Line(indicator=ON_TIME, realised={2026: Decimal(realised)}, targets={2026: Decimal(target)})
    assert course_of(line, year=2026, running=2026) == course


def test_fewer_days_are_better_and_a_count_is_neither() -> None:
    days = Line(indicator=MEDIAN, realised={2025: Decimal(30), 2026: Decimal(24)}, targets={2026: Decimal(25)})
    assert (course_of(days, year=2026, running=2026), trend_of(days, running=2026)) == ("met", "better")
    assert course_of(days, year=2025, running=2026) == "none"
    slower = Line(indicator=MEDIAN, realised={2024: Decimal(24), 2026: Decimal(30)}, targets={})
    assert trend_of(slower, running=2026) == "worse"
    more = Line(indicator=APPLICATIONS, realised={2025: Decimal(3), 2026: Decimal(9)}, targets={2026: Decimal(4)})
    assert (course_of(more, year=2026, running=2026), trend_of(more, running=2026)) == ("none", "none")


def test_what_adds_up_is_no_success_before_its_year_is_over() -> None:
    paid = {2024: Decimal(300), 2025: Decimal(900), 2026: Decimal(0)}
    line = Line(indicator=PENALTIES, realised=paid, targets={2025: Decimal(500), 2026: Decimal(500)})
    assert (course_of(line, year=2026, running=2026), trend_of(line, running=2026)) == ("so_far", "worse")
    assert (course_of(line, year=2026, running=2027), trend_of(line, running=2027)) == ("met", "better")
    assert course_of(line, year=2025, running=2026) == "missed"


def test_one_year_has_no_trend_and_the_same_figure_is_no_change() -> None:
    assert trend_of(Line(indicator=ON_TIME, realised={2026: Decimal(1)}, targets={}), running=2026) == "none"
    same = {2025: Decimal(90), 2026: Decimal(90)}
    assert trend_of(Line(indicator=ON_TIME, realised=same, targets={}), running=2026) == "same"


def test_a_small_group_takes_another_along_so_that_nobody_can_subtract_it_from_the_whole() -> None:
    assert kept_back({"web": 40, "desk": 30, "post": 3}) == {"desk", "post"}
    assert kept_back({"web": 40, "desk": 3, "post": 3, "phone": 0}) == {"desk", "post"}
    assert kept_back({"web": 40, "desk": 5}) == frozenset()
    assert [gives_away(size, of=40) for size in (40, 39, 36, 35)] == [False, True, True, False]

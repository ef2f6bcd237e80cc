"""A question can only go when the applicant can answer it in time."""

from __future__ import annotations

from datetime import date

import pytest

from services.workflow.domain.question import LONGEST_QUESTION, faults_of, usual_answer_by

TODAY = date(2026, 11, 24)


def test_a_good_question_has_no_faults() -> None:
    assert faults_of("Hoe breed is de stoep?", answer_by=date(2026, 12, 8), today=TODAY) == ()


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_question_does_not_go(text: str) -> None:
    assert [fault.name for fault in faults_of(text, answer_by=date(2026, 12, 8), today=TODAY)] == ["question"]


def test_a_question_has_a_longest_length() -> None:
    assert not faults_of("x" * LONGEST_QUESTION, answer_by=date(2026, 12, 8), today=TODAY)
    assert faults_of("x" * (LONGEST_QUESTION + 1), answer_by=date(2026, 12, 8), today=TODAY)


@pytest.mark.parametrize(
    "day",
    [
        TODAY,
        date(2026, 11, 23),
        date(2026, 12, 5),  # Saturday
        date(2026, 12, 6),  # Sunday
        date(2026, 12, 25),  # Christmas
        date(2027, 11, 24),  # a slip of the pen in the year
    ],
)
def test_the_last_day_is_a_working_day_after_today_and_not_far_off(day: date) -> None:
    assert [fault.name for fault in faults_of("Hoe breed?", answer_by=day, today=TODAY)] == ["answer_by"]


def test_the_usual_last_day_is_moved_to_a_working_day() -> None:
    assert usual_answer_by(TODAY, repair_days=14) == date(2026, 12, 8)
    assert usual_answer_by(date(2026, 12, 11), repair_days=14) == date(2026, 12, 28)

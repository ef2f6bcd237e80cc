"""The table of urgency at each of its edges (UI: never a red case with eleven days left)."""

from __future__ import annotations

from datetime import date

import pytest

from services.workflow.domain.time_left import time_left

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("decide_by", "kind", "days", "nl"),
    [
        (date(2026, 11, 10), "late", -10, "10 werkdagen te laat"),
        (date(2026, 11, 23), "late", -1, "1 werkdag te laat"),
        (date(2026, 11, 24), "soon", 0, "Vandaag"),
        (date(2026, 11, 25), "soon", 1, "Nog 1 werkdag"),
        (date(2026, 12, 1), "soon", 5, "Nog 5 werkdagen"),
        (date(2026, 12, 2), "ok", 6, "Nog 6 werkdagen"),
        (date(2026, 12, 8), "ok", 10, "Nog 10 werkdagen"),
        (date(2026, 12, 9), "ok", 11, "Nog 11 werkdagen"),
    ],
)
def test_each_edge_has_its_kind_and_words(decide_by: date, kind: str, days: int, nl: str) -> None:
    left = time_left(decide_by, today=TUESDAY, paused=False)
    assert (left.kind, left.working_days, left.words.nl) == (kind, days, nl)


def test_a_stopped_clock_is_never_late() -> None:
    left = time_left(date(2026, 11, 10), today=TUESDAY, paused=True)
    assert (left.kind, left.working_days, left.words.nl) == ("paused", None, "Termijn staat stil")


@pytest.mark.parametrize(
    ("today", "decide_by", "kind", "nl"),
    [
        (date(2026, 11, 27), date(2026, 11, 28), "soon", "Vandaag de laatste werkdag"),  # Friday, ends on Saturday
        (date(2026, 11, 28), date(2026, 11, 29), "soon", "Geen werkdag meer"),  # Saturday, ends on Sunday
        (date(2026, 11, 29), date(2026, 11, 29), "soon", "Vandaag"),  # ends on this Sunday
        (date(2026, 11, 29), date(2026, 11, 28), "late", "Te laat"),  # Sunday, ended on Saturday
        (date(2026, 11, 30), date(2026, 11, 28), "late", "1 werkdag te laat"),  # Monday after it
        (date(2026, 12, 24), date(2026, 12, 28), "soon", "Nog 1 werkdag"),  # both Christmas days are free
    ],
)
def test_weekends_and_holidays_are_no_working_days(today: date, decide_by: date, kind: str, nl: str) -> None:
    left = time_left(decide_by, today=today, paused=False)
    assert (left.kind, left.words.nl) == (kind, nl)


def test_the_words_exist_in_english() -> None:
    assert time_left(date(2026, 11, 23), today=TUESDAY, paused=False).words.en == "1 working day overdue"
    assert time_left(date(2026, 12, 9), today=TUESDAY, paused=False).words.en == "11 working days left"

"""Standing still: which days count and which do not (Awb 4:15)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.decision import GENERAL_DECISION
from shared.law.suspension import Standstill, SuspensionRunsBackwardsError, standstill
from shared.law.terms import Ground, Policy, Suspension, decision_term, repair_end_ok, suspended_for_supplement

INVITED = date(2026, 6, 10)
REPAIR_UNTIL = date(2026, 6, 24)


def still_days(supplemented: date | None, policy: Policy | None = None) -> int:
    found = suspended_for_supplement(
        invited=INVITED, supplemented=supplemented, repair_until=REPAIR_UNTIL, policy=policy
    )
    return (found.last - found.first).days + 1 if found else 0


@pytest.mark.parametrize(
    ("supplemented", "days"),
    [
        (date(2026, 6, 10), 0),
        (date(2026, 6, 11), 0),
        (date(2026, 6, 12), 1),
        (date(2026, 6, 18), 7),
        (date(2026, 6, 24), 13),
        (date(2026, 6, 25), 14),
        (date(2026, 6, 30), 14),
        (None, 14),
    ],
)
def test_the_day_of_the_supplement_counts_for_the_term_again(supplemented: date | None, days: int) -> None:
    assert still_days(supplemented) == days


def test_the_stricter_reading_of_lapsed_takes_one_day_less() -> None:
    strict = Policy(lapsed_means_day_after=False)
    assert still_days(None, strict) == 13
    assert still_days(date(2026, 6, 18), strict) == 7


def test_a_suspension_cannot_end_before_it_starts() -> None:
    with pytest.raises(SuspensionRunsBackwardsError):
        Suspension(ground=Ground.consent, first=date(2026, 6, 2), last=date(2026, 6, 1))


def test_a_repair_term_may_not_end_on_a_free_day() -> None:
    assert repair_end_ok(date(2026, 5, 18))
    assert not repair_end_ok(date(2026, 5, 16))
    assert not repair_end_ok(date(2026, 5, 15))


def test_a_standstill_cannot_bring_back_a_term_that_has_passed() -> None:
    received = date(2026, 1, 10)  # ends Saturday 7 March, moved to Monday 9 March
    on_monday = Suspension(ground=Ground.consent, first=date(2026, 3, 9), last=date(2026, 3, 12))
    on_tuesday = Suspension(ground=Ground.consent, first=date(2026, 3, 10), last=date(2026, 3, 13))
    assert decision_term(received, rule=GENERAL_DECISION, suspensions=[on_monday]).rolled == date(2026, 3, 11)
    late = decision_term(received, rule=GENERAL_DECISION, suspensions=[on_tuesday])
    assert late.rolled == date(2026, 3, 9)
    assert late.warnings == ("De termijn was al voorbij. Stilzetten kan dan niet meer.",)


def test_days_before_the_term_started_do_not_count() -> None:
    early = Suspension(ground=Ground.consent, first=date(2026, 5, 1), last=date(2026, 6, 3))
    found = standstill([early], received=date(2026, 6, 1), end=date(2026, 7, 27), end_moves=True)
    assert found == Standstill(days=2, article="Awb 4:15 lid 2 onder a", came_too_late=False)


def test_the_standstill_names_each_ground_once() -> None:
    periods = [
        Suspension(ground=Ground.consent, first=date(2026, 6, 5), last=date(2026, 6, 9)),
        Suspension(ground=Ground.incomplete, first=date(2026, 6, 2), last=date(2026, 6, 4)),
        Suspension(ground=Ground.consent, first=date(2026, 6, 20), last=date(2026, 6, 21)),
    ]
    found = standstill(periods, received=date(2026, 6, 1), end=date(2026, 7, 27), end_moves=True)
    assert (found.days, found.article) == (10, "Awb 4:15 lid 1 onder a; Awb 4:15 lid 2 onder a")


def test_the_pause_of_a_published_engine_was_a_day_too_long() -> None:
    found = suspended_for_supplement(
        invited=date(2026, 6, 10), supplemented=date(2026, 6, 18), repair_until=date(2026, 6, 24)
    )
    assert found is not None
    assert (found.last - found.first).days + 1 == 7


@given(st.integers(0, 90), st.integers(0, 90))
def test_a_supplement_never_stops_the_term_longer_than_the_repair_term(answer: int, repair: int) -> None:
    until = INVITED + timedelta(days=repair)
    found = suspended_for_supplement(invited=INVITED, supplemented=INVITED + timedelta(days=answer), repair_until=until)
    days = (found.last - found.first).days + 1 if found else 0
    assert days == max(0, min(answer - 1, repair))

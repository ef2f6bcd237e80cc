"""Objection, penalty, silence and Woo: the terms after and beside a decision."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import woo
from shared.law import penalty, silence
from shared.law.objection import (
    ADJOURNMENT,
    DECISION_ON_OBJECTION_WITH_COMMITTEE,
    decision_on_objection_term,
    post_week_term,
)
from shared.law.terms import Ground, Policy, objection_term

DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2040, 12, 31))


def test_a_real_judgment_about_objection_comes_out_right() -> None:
    end = objection_term(date(2023, 4, 14)).rolled
    assert end == date(2023, 5, 26)
    assert decision_on_objection_term(end).rolled == date(2023, 7, 7)


def test_an_objection_term_that_ends_on_new_years_day_skips_the_decreed_friday() -> None:
    term = objection_term(date(2025, 11, 20))
    assert (term.unrolled, term.rolled, term.safe) == (date(2026, 1, 1), date(2026, 1, 5), date(2026, 1, 5))


def test_the_week_for_the_post_moves_unless_the_municipality_reads_it_otherwise() -> None:
    assert post_week_term(date(2026, 5, 18)).rolled == date(2026, 5, 26)
    assert post_week_term(date(2026, 5, 18), policy=Policy(atw_on_post_week=False)).rolled == date(2026, 5, 25)


def test_twelve_weeks_with_adjournment_are_planned_on_the_earlier_day() -> None:
    term = decision_on_objection_term(
        date(2026, 5, 17), rule=DECISION_ON_OBJECTION_WITH_COMMITTEE, extension=ADJOURNMENT
    )
    assert (term.safe, term.rolled) == (date(2026, 9, 20), date(2026, 9, 21))


def test_a_notice_of_default_on_the_moved_last_day_is_too_early() -> None:
    assert penalty.notice_is_premature(date(2026, 3, 9), deadline=date(2026, 3, 9))
    assert not penalty.notice_is_premature(date(2026, 3, 10), deadline=date(2026, 3, 9))
    assert penalty.earliest_notice(date(2026, 3, 9)) == date(2026, 3, 10)


def test_the_first_penalty_day_follows_the_published_example() -> None:
    term = penalty.penalty_first_day(date(2026, 1, 2))
    assert (term.unrolled, term.rolled, term.safe) == (date(2026, 1, 17),) * 3
    assert term.steps[-1].nl == "De eerste dag met een dwangsom is 17 januari 2026."


def test_the_two_weeks_move_only_by_choice_and_the_safe_day_stays() -> None:
    moved = penalty.penalty_first_day(date(2026, 12, 19), policy=Policy(two_week_term_under_atw=True))
    assert (moved.unrolled, moved.rolled, moved.safe) == (date(2027, 1, 3), date(2027, 1, 5), date(2027, 1, 3))
    assert penalty.penalty_first_day(date(2026, 12, 19)).rolled == date(2027, 1, 3)


def test_the_penalty_ends_after_42_days_also_on_a_saturday() -> None:
    assert penalty.penalty_last_day(date(2026, 1, 17)).rolled == date(2026, 2, 27)
    assert penalty.penalty_last_day(date(2026, 1, 18)).rolled == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("days", "euros"),
    [
        (-3, 0),
        (0, 0),
        (1, 23),
        (14, 322),
        (15, 357),
        (20, 532),
        (28, 812),
        (29, 857),
        (40, 1352),
        (42, 1442),
        (99, 1442),
    ],
)
def test_the_penalty_grows_per_fortnight_to_its_maximum(days: int, euros: int) -> None:
    assert penalty.penalty_amount(days, first_day=date(2026, 1, 17)) == euros


def test_the_scale_is_that_of_its_time() -> None:
    assert penalty.penalty_amount(42, first_day=date(2018, 12, 31)) == 1260
    assert penalty.penalty_amount(42, first_day=date(2019, 1, 1)) == 1442
    with pytest.raises(penalty.NoPenaltyYetError):
        penalty.penalty_amount(1, first_day=date(2009, 9, 30))


def test_the_day_of_the_decision_costs_money_only_by_choice() -> None:
    first = date(2026, 1, 17)
    assert penalty.penalty_days(first, announced=date(2026, 1, 20)) == 3
    assert penalty.penalty_days(first, announced=date(2026, 1, 20), policy=Policy(announcement_day_counts=True)) == 4
    assert penalty.penalty_days(first, announced=date(2026, 1, 10)) == 0
    assert penalty.penalty_days(first, announced=date(2026, 12, 1)) == 42


def test_the_amount_is_set_paid_and_reclaimed_in_time() -> None:
    assert penalty.penalty_determination_due(date(2026, 2, 27)).rolled == date(2026, 3, 13)
    assert penalty.penalty_payment_due(date(2026, 3, 13)).rolled == date(2026, 4, 24)
    assert penalty.penalty_recovery_end(date(2026, 3, 13)).rolled == date(2031, 3, 13)


def test_silence_grants_takes_effect_and_is_announced() -> None:
    end = date(2026, 6, 8)
    assert silence.silent_permit_in_force(end).rolled == date(2026, 6, 11)
    assert silence.silent_permit_announcement_due(end).rolled == date(2026, 6, 22)
    assert silence.silent_permit_withdrawal_due(date(2026, 6, 22)).rolled == date(2026, 8, 3)


def test_silence_takes_effect_on_a_holiday_too() -> None:
    assert silence.silent_permit_in_force(date(2026, 12, 22)).rolled == date(2026, 12, 25)


def test_a_report_is_allowed_the_day_after_the_term_to_forbid_it() -> None:
    due = silence.report_ban_due(date(2026, 6, 3)).rolled
    assert due == date(2026, 7, 1)
    assert silence.report_allowed_from(due) == date(2026, 7, 2)
    assert silence.report_ban_due(date(2026, 6, 6)).rolled == date(2026, 7, 4)  # Saturday, by ordinance


def test_a_woo_view_counts_its_own_day_where_the_awb_does_not() -> None:
    found = woo.suspended_for_view(
        asked=date(2026, 6, 10), view_received=date(2026, 6, 24), view_until=date(2026, 6, 30)
    )
    assert found is not None
    assert (found.ground, found.first, found.last) == (
        Ground.third_party_view,
        date(2026, 6, 11),
        date(2026, 6, 24),
    )
    term = woo.woo_decision_term(date(2026, 6, 1), suspensions=[found])
    assert term.rolled == date(2026, 7, 13)
    assert term.steps[1].article == "Woo 4.4 lid 3"


def test_waiting_for_a_woo_view_stops_at_the_set_day() -> None:
    open_view = woo.suspended_for_view(asked=date(2026, 6, 10), view_received=None, view_until=date(2026, 6, 24))
    late_view = woo.suspended_for_view(
        asked=date(2026, 6, 10), view_received=date(2026, 7, 1), view_until=date(2026, 6, 24)
    )
    assert open_view == late_view
    assert open_view is not None
    assert open_view.last == date(2026, 6, 24)
    assert (
        woo.suspended_for_view(asked=date(2026, 6, 10), view_received=date(2026, 6, 10), view_until=date(2026, 6, 24))
        is None
    )


def test_a_woo_decision_skips_liberation_day_and_the_decreed_friday() -> None:
    assert woo.woo_decision_term(date(2026, 4, 7)).rolled == date(2026, 5, 6)
    assert woo.woo_decision_term(date(2026, 4, 2), extension=woo.WOO_EXTENSION).rolled == date(2026, 5, 18)
    assert woo.woo_release_day(date(2026, 6, 29)).rolled == date(2026, 7, 13)


@given(DAYS)
def test_the_decision_on_objection_always_follows_the_objection_term(announced: date) -> None:
    end = objection_term(announced).rolled
    assert (end - announced).days >= 42
    assert (decision_on_objection_term(end).rolled - end).days >= 42


@given(DAYS, st.integers(0, 60))
def test_the_penalty_never_falls_as_days_pass_and_never_passes_its_maximum(first: date, days: int) -> None:
    sooner, later = (
        penalty.penalty_amount(penalty.penalty_days(first, announced=first + timedelta(days=n)), first_day=first)
        for n in (days, days + 1)
    )
    assert 0 <= sooner <= later <= 1442

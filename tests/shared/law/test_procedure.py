"""Extended procedure, filing and keeping."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law import extended, filing, retention
from shared.law.calendar import is_working_day, working_days_between
from shared.law.terms import Amount, SetBy, Unit, decision_term


def length(amount: int, unit: Unit) -> Amount:
    return Amount(amount=amount, unit=unit, article="artikel 1")


def test_the_extended_procedure_takes_six_months_and_once_six_weeks_and_never_moves() -> None:
    rule = extended.EXTENDED_DECISION
    assert decision_term(date(2026, 3, 27), rule=rule).rolled == date(2026, 9, 27)
    assert decision_term(date(2026, 3, 27), rule=rule, extension=rule.extension).rolled == date(2026, 11, 8)
    assert extended.extension_notice_due(date(2026, 3, 27)).rolled == date(2026, 5, 22)


def test_views_start_with_the_day_of_deposit() -> None:
    term = extended.views_term(date(2026, 4, 16))
    assert term.rolled == date(2026, 5, 27)
    assert term.steps[0].nl == "De termijn van 6 weken begint op 16 april 2026. De laatste dag is 27 mei 2026."
    assert extended.views_term(date(2026, 4, 14)).rolled == date(2026, 5, 26)  # Whit Monday
    assert extended.decision_without_views_due(date(2026, 5, 27)).rolled == date(2026, 6, 24)
    assert extended.decision_on_others_permit_due(date(2026, 4, 16)).rolled == date(2026, 7, 9)


def test_counting_back_from_an_event_never_moves() -> None:
    term = filing.latest_filing(date(2026, 8, 29), before=length(8, Unit.weeks))
    assert (term.rolled, term.rolled.weekday()) == (date(2026, 7, 4), 5)
    assert term.steps[0].nl == "8 weken vóór 29 augustus 2026 is 4 juli 2026."
    assert filing.latest_filing(date(2026, 3, 31), before=length(1, Unit.months)).rolled == date(2026, 2, 28)


def test_ten_working_days_before_kings_day() -> None:
    before = length(10, Unit.working_days)
    assert filing.latest_filing(date(2026, 4, 27), before=before).rolled == date(2026, 4, 13)
    assert filing.latest_filing(date(2026, 4, 27), before=before).warnings == ()
    assert filing.latest_filing(date(2029, 4, 27), before=before).warnings != ()


@pytest.mark.parametrize(
    ("end", "received", "reacted", "last"),
    [
        ("2026-05-18", "2026-05-01", "2026-05-08", "2026-05-26"),
        ("2026-05-18", "2026-05-08", "2026-05-08", "2026-05-19"),
        ("2026-05-22", "2026-05-20", "2026-05-20", "2026-05-26"),
        ("2026-05-22", "2026-05-20", "2026-05-21", "2026-05-26"),
        ("2026-04-02", "2026-03-30", "2026-04-02", "2026-04-07"),
    ],
)
def test_the_wrong_channel_gives_the_time_back_and_a_working_day_at_least(
    end: str, received: str, reacted: str, last: str
) -> None:
    term = filing.wrong_channel_term(
        date.fromisoformat(end), received=date.fromisoformat(received), reacted=date.fromisoformat(reacted)
    )
    assert term.rolled.isoformat() == last


@given(end=st.dates(date(2023, 1, 1), date(2028, 6, 30)), before=st.integers(0, 60), took=st.integers(0, 60))
def test_the_time_after_the_wrong_channel_is_never_less_than_our_reaction_took(
    end: date, before: int, took: int
) -> None:
    received = end - timedelta(days=before)
    last = filing.wrong_channel_term(end, received=received, reacted=received + timedelta(days=took)).rolled
    assert last >= end + timedelta(days=took)
    assert is_working_day(last)
    assert working_days_between(end, until=last) >= 1


def test_the_wrong_channel_in_an_ordinance_still_gives_a_working_day() -> None:
    day = date(2026, 5, 22)
    term = filing.wrong_channel_term(day, received=day, reacted=day, set_by=SetBy.ordinance)
    assert term.rolled == date(2026, 5, 26)


def test_the_term_runs_from_forwarding_only_if_the_sender_was_told_at_once() -> None:
    received, forwarded = date(2026, 5, 1), date(2026, 5, 6)
    assert filing.handling_starts(received, forwarded=forwarded, told_at_once=True) == forwarded
    assert filing.handling_starts(received, forwarded=forwarded, told_at_once=False) == received
    assert filing.handling_starts(received, forwarded=None, told_at_once=True) == received


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [("2026-06-30", 1, "2027-06-30"), ("2028-02-29", 5, "2033-02-28"), ("2027-11-15", 20, "2047-11-15")],
)
def test_a_case_is_kept_for_whole_years(start: str, years: int, end: str) -> None:
    keep = length(years, Unit.years)
    assert retention.retention_end(date.fromisoformat(start), keep=keep).rolled.isoformat() == end

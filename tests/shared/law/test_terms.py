"""Decision terms: units, who set the term, extension, standstill, and the steps that explain them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.law.calendar import is_free_day, is_working_day, working_days_between
from shared.law.counting import HoursNeedAnInstantError, term_after
from shared.law.decision import (
    ENVIRONMENT_PERMIT,
    GENERAL_DECISION,
    extension_due,
    reasonable_term,
    refusal_to_process_due,
    service_norm_term,
)
from shared.law.extended import EXTENDED_DECISION, EXTENSION_NOTICE
from shared.law.model import EmptyTermError
from shared.law.terms import Amount, Ground, SetBy, Suspension, Term, TermRule, Unit, decision_term

DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2040, 12, 31))
SIX_WEEKS = Amount(amount=6, unit=Unit.weeks, article="Ow 16.64 lid 2")


def rule(amount: int, unit: Unit, set_by: SetBy = SetBy.act) -> TermRule:
    return TermRule(amount=amount, unit=unit, set_by=set_by, article="artikel 1")


RULES = st.builds(
    rule,
    st.integers(1, 30),
    st.sampled_from([Unit.days, Unit.working_days, Unit.weeks, Unit.months, Unit.years]),
    st.sampled_from(list(SetBy)),
)


@st.composite
def suspensions(draw: st.DrawFn) -> list[Suspension]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 6, 30)))
        last = first + timedelta(days=draw(st.integers(0, 40)))
        found.append(Suspension(ground=draw(st.sampled_from(list(Ground))), first=first, last=last))
    return found


def consent(first: date, last: date) -> Suspension:
    return Suspension(ground=Ground.consent, first=first, last=last)


def dutch(term: Term) -> list[str]:
    return [step.nl for step in term.steps]


def test_the_steps_tell_the_whole_reckoning_with_its_articles() -> None:
    still = Suspension(ground=Ground.incomplete, first=date(2026, 2, 11), last=date(2026, 2, 28))
    term = decision_term(date(2026, 2, 3), rule=GENERAL_DECISION, suspensions=[still], extension=SIX_WEEKS)
    assert [(step.nl, step.article) for step in term.steps] == [
        ("8 weken na 3 februari 2026 is 31 maart 2026.", "Awb 4:13 lid 2"),
        ("De termijn is 6 weken langer. De laatste dag is dan 12 mei 2026.", "Ow 16.64 lid 2"),
        ("De termijn stond 18 dagen stil. De laatste dag is dan 30 mei 2026.", "Awb 4:15 lid 1 onder a"),
        ("30 mei 2026 is een zaterdag. Dan geldt de eerste werkdag daarna: maandag 1 juni 2026.", "Atw 1 lid 1"),
    ]
    assert term.steps[0].en == "8 weeks after 3 February 2026 is 31 March 2026."
    assert term.steps[2].en == "The term was stopped for 18 days. The last day is then 30 May 2026."
    assert term.steps[3].en.endswith("Then the first working day after it counts: Monday 1 June 2026.")


def test_a_step_names_the_holiday_and_the_decree() -> None:
    good_friday = decision_term(date(2026, 2, 6), rule=GENERAL_DECISION)
    assert dutch(good_friday)[1].startswith("3 april 2026 is Goede Vrijdag. Dan geldt")
    assert good_friday.steps[1].article == "Atw 1 lid 1 en 3"
    bridge_day = decision_term(date(2026, 3, 20), rule=GENERAL_DECISION)
    assert (bridge_day.unrolled, bridge_day.rolled) == (date(2026, 5, 15), date(2026, 5, 18))
    assert bridge_day.steps[1].article == "Atw 1 lid 1 en 3 lid 3"


@pytest.mark.parametrize(
    ("amount", "unit", "moves"),
    [
        (90, Unit.days, True),
        (91, Unit.days, False),
        (12, Unit.weeks, True),
        (13, Unit.weeks, False),
        (3, Unit.months, True),
        (4, Unit.months, False),
        (1, Unit.years, False),
    ],
)
def test_the_termijnenwet_covers_no_term_longer_than_its_limits(amount: int, unit: Unit, moves: bool) -> None:
    ends = [term_after(date(2026, 1, 1) + timedelta(days=n), rule=rule(amount, unit)) for n in range(14)]
    free = [term for term in ends if is_free_day(term.unrolled)]
    assert free
    assert all((term.rolled != term.unrolled) is moves for term in free)
    if not moves:
        assert {(term.steps[-1].article, term.safe == term.unrolled) for term in free} == {("Atw 4", True)}


@pytest.mark.parametrize(
    ("set_by", "declared", "excluded", "last"),
    [
        (SetBy.act, False, False, "2026-03-09"),
        (SetBy.decree, False, False, "2026-03-09"),
        (SetBy.ordinance, False, False, "2026-03-07"),
        (SetBy.ordinance, True, False, "2026-03-09"),
        (SetBy.own, False, False, "2026-03-07"),
        (SetBy.decree, False, True, "2026-03-07"),
        (SetBy.ordinance, True, True, "2026-03-07"),
    ],
)
def test_only_acts_decrees_and_declaring_ordinances_move_the_end(
    set_by: SetBy, declared: bool, excluded: bool, last: str
) -> None:
    weeks = replace(rule(8, Unit.weeks, set_by), atw_declared=declared, atw_excluded=excluded)
    assert decision_term(date(2026, 1, 10), rule=weeks).rolled.isoformat() == last


def test_a_date_that_stays_on_a_free_day_says_so() -> None:
    term = decision_term(date(2026, 1, 10), rule=rule(8, Unit.weeks, SetBy.ordinance))
    assert dutch(term)[1] == "7 maart 2026 is een zaterdag. Deze datum schuift niet op."
    assert term.steps[1].article == "Atw 1 en 5"


def test_a_short_term_holds_two_working_days() -> None:
    three_days = term_after(date(2026, 4, 2), rule=rule(3, Unit.days))
    assert three_days.rolled == date(2026, 4, 8)
    assert three_days.steps[-1].article == "Atw 2"
    two_days = term_after(date(2026, 4, 2), rule=rule(2, Unit.days))
    assert two_days.rolled == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2026-11-30", 3, Unit.months, "2027-02-28"),
        ("2027-11-30", 3, Unit.months, "2028-02-29"),
        ("2026-08-31", 6, Unit.months, "2027-02-28"),
        ("2026-01-31", 1, Unit.months, "2026-02-28"),
        ("2028-02-29", 1, Unit.years, "2029-02-28"),
        ("2028-02-29", 4, Unit.years, "2032-02-29"),
        ("2026-12-15", 1, Unit.months, "2027-01-15"),
    ],
)
def test_months_keep_the_day_number_or_end_with_the_month(start: str, amount: int, unit: Unit, last: str) -> None:
    assert term_after(date.fromisoformat(start), rule=rule(amount, unit)).unrolled.isoformat() == last


def test_six_months_is_not_26_weeks() -> None:
    assert term_after(date(2026, 3, 27), rule=rule(6, Unit.months)).rolled == date(2026, 9, 27)
    assert term_after(date(2026, 3, 27), rule=rule(26, Unit.weeks)).rolled == date(2026, 9, 25)


def test_a_term_in_hours_has_no_last_day() -> None:
    with pytest.raises(HoursNeedAnInstantError):
        decision_term(date(2026, 1, 1), rule=rule(48, Unit.hours))


def test_a_term_of_nothing_is_refused() -> None:
    with pytest.raises(EmptyTermError):
        rule(0, Unit.weeks)


def test_an_extended_term_over_twelve_weeks_is_planned_on_the_day_that_does_not_move() -> None:
    term = decision_term(date(2026, 9, 13), rule=ENVIRONMENT_PERMIT, extension=SIX_WEEKS)
    assert (term.unrolled, term.rolled, term.safe) == (date(2026, 12, 20), date(2026, 12, 21), date(2026, 12, 20))
    assert term.warnings == ("Niet zeker is of de datum opschuift. Reken op 20 december 2026.",)


def test_an_extended_term_of_twelve_weeks_or_less_is_not_in_doubt() -> None:
    term = decision_term(date(2026, 9, 13), rule=rule(6, Unit.weeks), extension=SIX_WEEKS)
    assert term.safe == term.rolled == date(2026, 12, 7)
    assert term.warnings == ()


@pytest.mark.parametrize(("months", "weeks", "in_doubt"), [(2, 4, False), (2, 5, True), (3, 1, True)])
def test_an_extension_in_another_unit_is_in_doubt_above_90_days(months: int, weeks: int, in_doubt: bool) -> None:
    longer = Amount(amount=weeks, unit=Unit.weeks, article="artikel 2")
    starts = [date(2026, 1, 1) + timedelta(days=n) for n in range(20)]
    terms = [decision_term(start, rule=rule(months, Unit.months), extension=longer) for start in starts]
    moved = [term for term in terms if term.rolled != term.unrolled]
    assert moved
    assert all((term.safe != term.rolled) is in_doubt for term in moved)


def test_the_extension_counts_from_the_end_that_did_not_move() -> None:
    saturday = date(2026, 1, 10)
    assert decision_term(saturday, rule=GENERAL_DECISION).rolled == date(2026, 3, 9)
    eight_more = Amount(amount=2, unit=Unit.weeks, article="artikel 2")
    assert decision_term(saturday, rule=GENERAL_DECISION, extension=eight_more).unrolled == date(2026, 3, 21)


def test_an_extension_may_be_announced_on_the_last_moved_day_and_no_later() -> None:
    received = date(2026, 1, 10)
    assert extension_due(received, current=decision_term(received, rule=ENVIRONMENT_PERMIT)) == date(2026, 3, 9)


def test_an_extension_of_six_months_is_told_within_eight_weeks() -> None:
    received = date(2026, 3, 27)
    current = decision_term(received, rule=EXTENDED_DECISION)
    assert extension_due(received, current=current, within=EXTENSION_NOTICE) == date(2026, 5, 22)
    early = decision_term(received, rule=TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.act, article="artikel 3"))
    assert extension_due(received, current=early, within=EXTENSION_NOTICE) == date(2026, 4, 24)


def test_a_date_beyond_the_decrees_carries_a_warning() -> None:
    assert decision_term(date(2028, 12, 1), rule=GENERAL_DECISION).warnings == (
        "kalender niet vastgesteld na 31 december 2028",
    )
    assert decision_term(date(2028, 10, 2), rule=GENERAL_DECISION).warnings == ()
    assert decision_term(date(2028, 12, 1), rule=rule(8, Unit.weeks, SetBy.ordinance)).warnings == ()


def test_a_reasonable_date_named_in_time_becomes_the_last_day() -> None:
    received = date(2026, 1, 5)
    named = date(2026, 5, 2)
    assert reasonable_term(received, notified=date(2026, 3, 2), named=named).rolled == named
    assert reasonable_term(received, notified=date(2026, 3, 3), named=named).rolled == date(2026, 3, 2)


def test_refusing_to_process_is_announced_within_four_weeks_after_the_supplement_or_the_lapse() -> None:
    assert refusal_to_process_due(date(2026, 6, 18)).rolled == date(2026, 7, 16)
    assert refusal_to_process_due(date(2026, 4, 17)).rolled == date(2026, 5, 18)


def test_a_service_norm_counts_working_days_and_ends_on_one_also_after_a_standstill() -> None:
    assert service_norm_term(date(2026, 12, 23), working_days=5).rolled == date(2026, 12, 31)
    two_days = consent(date(2026, 12, 28), date(2026, 12, 29))
    assert service_norm_term(date(2026, 12, 23), working_days=5, suspensions=[two_days]).rolled == date(2027, 1, 4)
    assert service_norm_term(date(2026, 4, 2), working_days=1).rolled == date(2026, 4, 7)


@given(DAYS, RULES)
def test_the_end_moves_forward_only_and_never_onto_a_free_day(received: date, any_rule: TermRule) -> None:
    term = decision_term(received, rule=any_rule)
    assert received < term.unrolled <= term.rolled <= term.unrolled + timedelta(days=10)
    assert term.unrolled <= term.safe <= term.rolled
    if term.rolled != term.unrolled:
        assert is_working_day(term.rolled)
    if any_rule.set_by in (SetBy.act, SetBy.decree) and any_rule.unit == Unit.weeks and any_rule.amount <= 12:
        assert is_working_day(term.rolled)
        assert working_days_between(received, until=term.rolled) >= 2
    if any_rule.set_by is SetBy.ordinance and any_rule.unit is not Unit.working_days:
        assert term.rolled == term.unrolled


@given(DAYS, RULES)
def test_a_later_receipt_never_gives_an_earlier_end(received: date, any_rule: TermRule) -> None:
    today, tomorrow = (decision_term(day, rule=any_rule) for day in (received, received + timedelta(days=1)))
    assert today.unrolled <= tomorrow.unrolled
    assert today.rolled <= tomorrow.rolled


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 14), suspensions())
def test_a_later_receipt_never_gives_an_earlier_end_with_standstills(
    received: date, weeks: int, still: list[Suspension]
) -> None:
    ends = [
        decision_term(day, rule=rule(weeks, Unit.weeks), suspensions=still).rolled
        for day in (received, received + timedelta(days=1))
    ]
    assert ends == sorted(ends)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), suspensions(), suspensions())
def test_more_standstill_never_gives_an_earlier_end(
    received: date, some: list[Suspension], more: list[Suspension]
) -> None:
    fewer = decision_term(received, rule=GENERAL_DECISION, suspensions=some)
    both = decision_term(received, rule=GENERAL_DECISION, suspensions=some + more)
    assert both.unrolled >= fewer.unrolled
    assert both.rolled >= fewer.rolled


@given(suspensions())
def test_the_order_and_repetition_of_standstills_change_nothing(still: list[Suspension]) -> None:
    once = decision_term(date(2026, 1, 1), rule=GENERAL_DECISION, suspensions=still)
    again = decision_term(date(2026, 1, 1), rule=GENERAL_DECISION, suspensions=still[::-1] + still)
    assert once == again


@given(suspensions())
def test_a_day_of_standstill_counts_once_however_many_grounds_it_has(still: list[Suspension]) -> None:
    long_term = rule(30, Unit.years)
    union = {day for each in still for day in _days(each) if day > date(2025, 12, 31)}
    assume(union)
    term = decision_term(date(2025, 12, 31), rule=long_term, suspensions=still)
    assert (term.unrolled - date(2055, 12, 31)).days == len(union)


def _days(suspension: Suspension) -> list[date]:
    return [suspension.first + timedelta(days=n) for n in range((suspension.last - suspension.first).days + 1)]

"""The calendar of free days: tables, counting, words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.calendar import (
    DECREED_DAYS,
    NaiveInstantError,
    add_working_days,
    calendar_warning,
    day_name,
    free_day_name,
    hours_after,
    is_free_day,
    is_working_day,
    local_date,
    long_date,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(min_value=date(2014, 1, 1), max_value=date(2060, 12, 31))

# Easter Sundays from the published tables
EASTER = [
    date(2014, 4, 20),
    date(2015, 4, 5),
    date(2016, 3, 27),
    date(2017, 4, 16),
    date(2018, 4, 1),
    date(2019, 4, 21),
    date(2020, 4, 12),
    date(2021, 4, 4),
    date(2022, 4, 17),
    date(2023, 4, 9),
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2029, 4, 1),
    date(2030, 4, 21),
    date(2031, 4, 13),
    date(2032, 3, 28),
    date(2033, 4, 17),
    date(2034, 4, 9),
    date(2035, 3, 25),
    date(2038, 4, 25),
    date(2049, 4, 18),
    date(2076, 4, 19),
]


@pytest.mark.parametrize("easter", EASTER, ids=str)
def test_the_days_around_easter_are_free(easter: date) -> None:
    names = {-2: "Goede Vrijdag", 1: "Tweede Paasdag", 39: "Hemelvaartsdag", 50: "Tweede Pinksterdag"}
    found = {days: free_day_name(easter + timedelta(days=days)) for days in names}
    assert found == names


def test_maundy_thursday_and_the_day_after_easter_monday_are_working_days() -> None:
    assert is_working_day(date(2026, 4, 2))
    assert is_working_day(date(2026, 4, 7))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2014, 26), (2015, 27), (2020, 27), (2025, 26), (2026, 27), (2027, 27), (2028, 27), (2031, 26), (2036, 26)],
)
def test_kings_day_is_celebrated_on_saturday_when_the_27th_is_a_sunday(year: int, day: int) -> None:
    assert date(year, 4, 27).weekday() != 6 or day == 26
    named = [n for n in range(20, 31) if free_day_name(date(year, 4, n)) == "Koningsdag"]
    assert named == [day]


@pytest.mark.parametrize("year", range(2023, 2036))
def test_liberation_day_is_free_every_year_not_only_every_five(year: int) -> None:
    assert is_free_day(date(year, 5, 5))


def test_the_decreed_days_are_exactly_those_of_the_two_decrees() -> None:
    days = (
        "2023-04-28 2023-05-19 2024-05-10 2024-12-27 2025-05-30 2026-01-02 2026-05-15 2027-05-07 2028-04-28 2028-05-26"
    )
    assert [day.isoformat() for day in DECREED_DAYS] == days.split()
    assert all(free_day_name(day) == "een aangewezen vrije dag" for day in DECREED_DAYS)


def test_the_days_of_the_two_typing_errors_in_public_lists_are_working_days() -> None:
    assert is_working_day(date(2026, 2, 2))
    assert is_working_day(date(2025, 5, 26))


def test_2026_has_exactly_these_free_weekdays() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    free = [day.isoformat()[5:] for day in days if day.weekday() < 5 and is_free_day(day)]
    assert free == ["01-01", "01-02", "04-03", "04-06", "04-27", "05-05", "05-14", "05-15", "05-25", "12-25"]


def test_new_years_eve_and_easter_saturday_have_no_special_name() -> None:
    assert free_day_name(date(2026, 12, 31)) is None
    assert free_day_name(date(2026, 4, 4)) == "een zaterdag"
    assert free_day_name(date(2026, 4, 5), language="en") == "a Sunday"
    assert free_day_name(date(2026, 4, 3), language="en") == "Good Friday"


def test_the_calendar_warns_outside_the_decrees_it_knows() -> None:
    assert calendar_warning(date(2028, 12, 31)) is None
    assert calendar_warning(date(2023, 1, 1)) is None
    assert calendar_warning(date(2029, 1, 1)) == "kalender niet vastgesteld na 31 december 2028"
    assert calendar_warning(date(2022, 12, 31)) == "kalender niet vastgesteld vóór 1 januari 2023"


def test_dates_are_said_in_words() -> None:
    assert long_date(date(2026, 3, 30)) == "30 maart 2026"
    assert long_date(date(2026, 3, 30), language="en") == "30 March 2026"
    assert long_date(date(2026, 8, 1)) == "1 augustus 2026"
    assert [day_name(date(2026, 3, 30)), day_name(date(2026, 4, 5), language="en")] == ["maandag", "Sunday"]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-06-30T22:30+00:00", "2026-07-01"),
        ("2026-06-30T21:59:59+00:00", "2026-06-30"),
        ("2026-12-31T22:59:59+00:00", "2026-12-31"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2026-03-28T23:00:00+00:00", "2026-03-29"),
        ("2026-03-29T22:00:00+00:00", "2026-03-30"),
    ],
)
def test_receipt_counts_on_the_dutch_date(instant: str, day: str) -> None:
    assert local_date(datetime.fromisoformat(instant)).isoformat() == day


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(NaiveInstantError):
        local_date(naive)
    with pytest.raises(NaiveInstantError):
        hours_after(naive, hours=48)


def test_hours_are_real_hours_across_summer_time() -> None:
    assert hours_after(datetime(2026, 10, 24, 8, tzinfo=UTC), hours=48) == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_counting_no_working_days_stays_on_the_day_itself() -> None:
    assert add_working_days(date(2026, 5, 5), count=0) == date(2026, 5, 5)


def test_working_days_left_are_negative_after_the_deadline() -> None:
    today = date(2026, 5, 6)
    assert working_days_between(today, until=date(2026, 5, 8)) == 2
    assert working_days_between(today, until=today) == 0
    assert working_days_between(today, until=date(2026, 5, 4)) == -1


@given(DAYS, st.integers(-1500, 1500))
def test_working_days_between_agrees_with_counting_one_by_one(first: date, days: int) -> None:
    until = first + timedelta(days=days)
    low, high = sorted((first, until))
    one_by_one = sum(is_working_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert working_days_between(first, until=until) == (one_by_one if days >= 0 else -one_by_one)


@given(DAYS, st.integers(1, 60))
def test_working_days_forward_and_counted_agree(day: date, count: int) -> None:
    end = add_working_days(day, count=count)
    assert is_working_day(end)
    assert working_days_between(day, until=end) == count
    assert add_working_days(next_working_day(day), count=count) >= end


@given(DAYS)
def test_the_next_working_day_is_near_and_never_free(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert 0 <= (found - day).days <= 6
    assert all(is_free_day(day + timedelta(days=n)) for n in range((found - day).days))

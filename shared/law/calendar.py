"""Which days are free by law (Algemene termijnenwet 3), counting working days, and dates in words."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["nl", "en"]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)

# Atw 3 lid 3: days that the Crown puts on a par with a holiday. Copied from the decrees, never computed.
DECREED_DAYS: dict[date, str] = {
    date(2023, 4, 28): "KB 2023-2025",
    date(2023, 5, 19): "KB 2023-2025",
    date(2024, 5, 10): "KB 2023-2025",
    date(2024, 12, 27): "KB 2023-2025",
    date(2025, 5, 30): "KB 2023-2025",
    date(2026, 1, 2): "KB 2026-2028",
    date(2026, 5, 15): "KB 2026-2028",
    date(2027, 5, 7): "KB 2026-2028",
    date(2028, 4, 28): "KB 2026-2028",
    date(2028, 5, 26): "KB 2026-2028",
}
SETTLED_FROM = date(2023, 1, 1)
SETTLED_UNTIL = date(2028, 12, 31)

_DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# fmt: off
_MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni",
           "juli", "augustus", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}
# fmt: on
_DECREED = ("een aangewezen vrije dag", "a designated free day")


class NaiveInstantError(ValueError):
    """An instant must carry its time zone."""


@lru_cache(maxsize=8192)
def is_free_day(day: date) -> bool:
    """Saturday, Sunday, general holiday, Good Friday or decreed day (Atw 1 and 3). 5 May counts every year."""
    return day.weekday() >= 5 or day in _holidays(day.year)


def is_general_holiday(day: date) -> bool:
    """A Sunday or a holiday of Atw 3 lid 1 and 2, as ordinances mean it; a decreed day is none."""
    return day.weekday() == 6 or _holidays(day.year).get(day, _DECREED) != _DECREED


def is_working_day(day: date) -> bool:
    """A day that is not free by the Algemene termijnenwet."""
    return not is_free_day(day)


def next_working_day(day: date) -> date:
    """The day itself, or the first day after it that is not free (Atw 1 lid 1)."""
    while is_free_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, *, count: int) -> date:
    """The working day `count` working days after `day`; before it when count is negative; `day` itself for 0."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while is_free_day(day):
            day += step
    return day


def working_days_between(first: date, *, until: date) -> int:
    """Working days after `first` up to and including `until`; negative when `until` lies before `first`."""
    if until < first:
        return -working_days_between(until, until=first)
    weeks, rest = divmod((until - first).days, 7)
    weekdays = weeks * 5 + sum((first.weekday() + n) % 7 < 5 for n in range(1, rest + 1))
    return weekdays - sum(_holidays_within(first, until, year) for year in range(first.year, until.year + 1))


def free_day_name(day: date, *, language: Language = "nl") -> str | None:
    """Why the day is free, to stand after "is": "Goede Vrijdag", "een zaterdag"; None for a working day."""
    if names := _holidays(day.year).get(day):
        return names[language == "en"]
    if day.weekday() >= 5:
        return f"{'een' if language == 'nl' else 'a'} {day_name(day, language=language)}"
    return None


def is_decreed_day(day: date) -> bool:
    """A day put on a par with a holiday by royal decree (Atw 3 lid 3)."""
    return day in DECREED_DAYS


def calendar_warning(day: date) -> str | None:
    """A Dutch warning for a day for which no decree of free days is known here (Atw 3 lid 3), else None."""
    if day > SETTLED_UNTIL:
        return f"kalender niet vastgesteld na {long_date(SETTLED_UNTIL)}"
    if day < SETTLED_FROM:
        return f"kalender niet vastgesteld vóór {long_date(SETTLED_FROM)}"
    return None


def local_date(instant: datetime) -> date:
    """The calendar date in the Netherlands of an instant, such as the moment of receipt (Awb 2:20)."""
    if instant.tzinfo is None:
        raise NaiveInstantError(str(instant))
    return instant.astimezone(AMSTERDAM).date()


def hours_after(instant: datetime, *, hours: int) -> datetime:
    """The instant (UTC) so many real hours later, also across summer time. A term in hours never moves (Atw 4)."""
    if instant.tzinfo is None:
        raise NaiveInstantError(str(instant))
    return instant.astimezone(UTC) + timedelta(hours=hours)


def day_name(day: date, *, language: Language = "nl") -> str:
    """The name of the weekday: "maandag" or "Monday"."""
    return _DAYS[language][day.weekday()]


@lru_cache(maxsize=8192)
def long_date(day: date, *, language: Language = "nl") -> str:
    """The date in words: "30 maart 2026" or "30 March 2026"."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


@lru_cache(maxsize=512)
def _holidays(year: int) -> dict[date, tuple[str, str]]:
    easter = _easter_sunday(year)
    kings_day = date(year, 4, 27)
    return {day: _DECREED for day in DECREED_DAYS if day.year == year} | {
        date(year, 1, 1): ("Nieuwjaarsdag", "New Year's Day"),
        easter - 2 * ONE_DAY: ("Goede Vrijdag", "Good Friday"),
        easter + ONE_DAY: ("Tweede Paasdag", "Easter Monday"),
        # celebrated a day earlier when the 27th is a Sunday (2025, 2031)
        kings_day - ONE_DAY if kings_day.weekday() == 6 else kings_day: ("Koningsdag", "King's Day"),
        date(year, 5, 5): ("Bevrijdingsdag", "Liberation Day"),
        easter + 39 * ONE_DAY: ("Hemelvaartsdag", "Ascension Day"),
        easter + 50 * ONE_DAY: ("Tweede Pinksterdag", "Whit Monday"),
        date(year, 12, 25): ("Eerste Kerstdag", "Christmas Day"),
        date(year, 12, 26): ("Tweede Kerstdag", "Boxing Day"),
    }


@lru_cache(maxsize=512)
def _weekday_holidays(year: int) -> tuple[date, ...]:
    return tuple(sorted(day for day in _holidays(year) if day.weekday() < 5))


def _holidays_within(first: date, until: date, year: int) -> int:
    days = _weekday_holidays(year)
    return bisect_right(days, until) - bisect_right(days, first)


def _easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon_shift + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)

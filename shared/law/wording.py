"""The steps of a reckoning in plain Dutch (B1) with English beside it."""

from datetime import date

from shared.law.calendar import day_name, free_day_name, is_decreed_day, long_date
from shared.law.model import Amount, Step, Unit

_WORDS = {
    Unit.hours: ("uur", "uur", "hour", "hours"),
    Unit.days: ("dag", "dagen", "day", "days"),
    Unit.working_days: ("werkdag", "werkdagen", "working day", "working days"),
    Unit.weeks: ("week", "weken", "week", "weeks"),
    Unit.months: ("maand", "maanden", "month", "months"),
    Unit.years: ("jaar", "jaar", "year", "years"),
}


def in_words(amount: int, *, unit: Unit) -> tuple[str, str]:
    """The length in Dutch and English: ("8 weken", "8 weeks")."""
    one, more, one_en, more_en = _WORDS[unit]
    return (f"{amount} {one}", f"{amount} {one_en}") if amount == 1 else (f"{amount} {more}", f"{amount} {more_en}")


def counted(start: date, *, length: Amount, end: date) -> Step:
    """ "8 weken na 2 februari 2026 is 30 maart 2026." """
    nl, en = in_words(length.amount, unit=length.unit)
    return Step(
        nl=f"{nl} na {long_date(start)} is {long_date(end)}.",
        en=f"{en} after {long_date(start, language='en')} is {long_date(end, language='en')}.",
        article=length.article,
    )


def counted_from(first: date, *, length: Amount, end: date) -> Step:
    """The step of a term whose first day counts itself."""
    nl, en = in_words(length.amount, unit=length.unit)
    return Step(
        nl=f"De termijn van {nl} begint op {long_date(first)}. De laatste dag is {long_date(end)}.",
        en=f"The term of {en} starts on {long_date(first, language='en')}. "
        f"The last day is {long_date(end, language='en')}.",
        article=length.article,
    )


def counted_back(event: date, *, length: Amount, end: date) -> Step:
    """ "8 weken vóór 29 augustus 2026 is 4 juli 2026." """
    nl, en = in_words(length.amount, unit=length.unit)
    return Step(
        nl=f"{nl} vóór {long_date(event)} is {long_date(end)}.",
        en=f"{en} before {long_date(event, language='en')} is {long_date(end, language='en')}.",
        article=length.article,
    )


def extended(length: Amount, *, end: date) -> Step:
    """The step of an extension."""
    nl, en = in_words(length.amount, unit=length.unit)
    return Step(
        nl=f"De termijn is {nl} langer. De laatste dag is dan {long_date(end)}.",
        en=f"The term is {en} longer. The last day is then {long_date(end, language='en')}.",
        article=length.article,
    )


def stopped(days: int, *, end: date, article: str) -> Step:
    """ "De termijn stond 18 dagen stil." """
    nl, en = in_words(days, unit=Unit.days)
    return Step(
        nl=f"De termijn stond {nl} stil. De laatste dag is dan {long_date(end)}.",
        en=f"The term was stopped for {en}. The last day is then {long_date(end, language='en')}.",
        article=article,
    )


def moved(end: date, *, to: date) -> Step:
    """The step of an end on a free day that moves to the first working day (Atw 1 and 3)."""
    return Step(
        nl=f"{long_date(end)} is {free_day_name(end)}. "
        f"Dan geldt de eerste werkdag daarna: {day_name(to)} {long_date(to)}.",
        en=f"{long_date(end, language='en')} is {free_day_name(end, language='en')}. "
        f"Then the first working day after it counts: {day_name(to, language='en')} {long_date(to, language='en')}.",
        article=_article_of_free_day(end),
    )


def not_moved(end: date, *, article: str) -> Step:
    """The step of an end on a free day that stays where it is."""
    return Step(
        nl=f"{long_date(end)} is {free_day_name(end)}. Deze datum schuift niet op.",
        en=f"{long_date(end, language='en')} is {free_day_name(end, language='en')}. This date does not move.",
        article=article,
    )


def two_working_days(end: date) -> Step:
    """The step of a short term that must hold two working days (Atw 2)."""
    return Step(
        nl=f"De termijn heeft minstens 2 werkdagen. De laatste dag is dus {day_name(end)} {long_date(end)}.",
        en="The term has at least 2 working days. "
        f"So the last day is {day_name(end, language='en')} {long_date(end, language='en')}.",
        article="Atw 2",
    )


def starts_on(day: date, *, article: str, nl: str, en: str) -> Step:
    """A step that ends in a date: `nl` and `en` are the words before it."""
    return Step(nl=f"{nl} {long_date(day)}.", en=f"{en} {long_date(day, language='en')}.", article=article)


def _article_of_free_day(day: date) -> str:
    if day.weekday() >= 5:
        return "Atw 1 lid 1"
    return "Atw 1 lid 1 en 3 lid 3" if is_decreed_day(day) else "Atw 1 lid 1 en 3"

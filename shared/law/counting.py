"""Counting a term forward or back and applying the Algemene termijnenwet to its end."""

import calendar as gregorian
from datetime import date, timedelta

from shared.law import wording
from shared.law.calendar import (
    ONE_DAY,
    add_working_days,
    calendar_warning,
    is_free_day,
    long_date,
    next_working_day,
    working_days_between,
)
from shared.law.model import Amount, SetBy, Step, Term, TermRule, Unit

# Atw 4 onder a: longer terms, and terms in hours or years, are not covered
_LIMITS = {Unit.days: 90, Unit.working_days: 90, Unit.weeks: 12, Unit.months: 3}
_DAYS_AT_MOST = {Unit.days: 1, Unit.working_days: 3, Unit.weeks: 7, Unit.months: 31}


class HoursNeedAnInstantError(ValueError):
    """A term in hours runs from an instant, not from a date."""


def term_after(day: date, *, rule: TermRule, first_day_counts: bool = False) -> Term:
    """The term that starts the day after `day`, or with that day itself (Awb 3:16 lid 2)."""
    start = day - ONE_DAY if first_day_counts else day
    end = count_on(start, length=rule)
    word = wording.counted_from if first_day_counts else wording.counted
    return close_term(start, end=end, rule=rule, steps=(word(day, length=rule, end=end),))


def count_on(day: date, *, length: Amount, times: int = 1) -> date:
    """The last day of the length after `day`; before it when `times` is -1.

    A month or year ends on the same day number, else on the last day of that month.
    """
    amount = length.amount * times
    match length.unit:
        case Unit.days:
            return day + timedelta(days=amount)
        case Unit.weeks:
            return day + timedelta(weeks=amount)
        case Unit.working_days:
            return add_working_days(day, count=amount)
        case Unit.months:
            return add_months(day, months=amount)
        case Unit.years:
            return add_months(day, months=12 * amount)
        case Unit.hours:
            raise HoursNeedAnInstantError(f"{length.amount} uur")


def atw_covers(rule: TermRule, *, extension: Amount | None = None) -> bool:
    """Whether the Algemene termijnenwet moves the end: set by act or decree, or declared, and not too long.

    An extension is read as a second term, which must itself be short enough.
    """
    if rule.atw_excluded or not (rule.atw_declared or rule.set_by in (SetBy.act, SetBy.decree)):
        return False
    return _short_enough(rule.amount, rule.unit) and (
        extension is None or _short_enough(extension.amount, extension.unit)
    )


def close_term(
    start: date, *, end: date, rule: TermRule, steps: tuple[Step, ...], extension: Amount | None = None
) -> Term:
    """The term that runs from the day after `start` to `end`, moved once by the Algemene termijnenwet.

    A term in working days always ends on one, also after a standstill.
    Open question: a term that is only with its extension too long for Atw 4. Lateness is then measured on the moved
    date, work is planned on the date that is not moved.
    """
    covered = atw_covers(rule, extension=extension) or rule.unit == Unit.working_days
    rolled, moves = _apply_atw(start, end, rule) if covered else (end, _stay(end, rule))
    unsure = rolled != end and not _short_enough_as_one(rule, extension)
    safe = end if unsure else rolled
    return Term(unrolled=end, rolled=rolled, safe=safe, steps=steps + moves, warnings=_warnings(rolled, safe, covered))


def fixed_day(day: date, *, steps: tuple[Step, ...], warnings: tuple[str, ...] = ()) -> Term:
    """A day that never moves, with the steps that lead to it."""
    return Term(unrolled=day, rolled=day, safe=day, steps=steps, warnings=warnings)


def add_months(day: date, *, months: int) -> date:
    """The same day number so many months on, else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def _apply_atw(start: date, end: date, rule: TermRule) -> tuple[date, tuple[Step, ...]]:
    moves: tuple[Step, ...] = ()
    rolled = next_working_day(end)
    if rolled != end:
        moves = (wording.moved(end, to=rolled),)
    if rule.unit in (Unit.weeks, Unit.months) or rule.amount >= 3:
        missing = 2 - working_days_between(start, until=rolled)
        if missing > 0:
            rolled = add_working_days(rolled, count=missing)
            moves = (*moves, wording.two_working_days(rolled))
    return rolled, moves


def _stay(end: date, rule: TermRule) -> tuple[Step, ...]:
    if not is_free_day(end):
        return ()
    if rule.atw_excluded:
        article = rule.article
    elif rule.set_by in (SetBy.act, SetBy.decree) or rule.atw_declared:
        article = "Atw 4"
    else:
        article = "Atw 1 en 5"
    return (wording.not_moved(end, article=article),)


def _short_enough(amount: int, unit: Unit) -> bool:
    return amount <= _LIMITS.get(unit, 0)


def _short_enough_as_one(rule: TermRule, extension: Amount | None) -> bool:
    if extension is None:
        return True
    if rule.unit == extension.unit:
        return _short_enough(rule.amount + extension.amount, rule.unit)
    return sum(part.amount * _DAYS_AT_MOST[part.unit] for part in (rule, extension)) <= 90


def _warnings(rolled: date, safe: date, covered: bool) -> tuple[str, ...]:
    open_question = f"Niet zeker is of de datum opschuift. Reken op {long_date(safe)}." if safe != rolled else None
    unsettled = calendar_warning(rolled) if covered else None
    return tuple(warning for warning in (open_question, unsettled) if warning)

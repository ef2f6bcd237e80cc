"""Filing on time and in the right way: counting back from an event, wrong channel, forwarding (Awb 2:23, 2:24)."""

from datetime import date

from shared.law import wording
from shared.law.calendar import add_working_days, calendar_warning
from shared.law.counting import close_term, count_on, fixed_day
from shared.law.model import Amount, SetBy, Term, TermRule, Unit


def latest_filing(event: date, *, before: Amount) -> Term:
    """The last day to file, counted back from an event; such a date never moves (Atw 1 lid 2)."""
    day = count_on(event, length=before, times=-1)
    steps = (wording.counted_back(event, length=before, end=day),)
    unsettled = calendar_warning(event) if before.unit is Unit.working_days else None
    return fixed_day(day, steps=steps, warnings=(unsettled,) if unsettled else ())


def wrong_channel_term(end: date, *, received: date, reacted: date, set_by: SetBy = SetBy.act) -> Term:
    """The end of a term after a message by the wrong channel: later by the time that the reaction took.

    It grows by the calendar days between receipt and reaction, and by one working day at least.
    """
    taken = Amount(amount=max(1, (reacted - received).days), unit=Unit.days, article="Awb 2:23")
    grown = max(count_on(end, length=taken), add_working_days(end, count=1))
    rule = TermRule(amount=taken.amount, unit=taken.unit, article=taken.article, set_by=set_by)
    steps = (wording.extended(taken, end=grown),)
    return close_term(min(received, end), end=grown, rule=rule, steps=steps)


def handling_starts(received: date, *, forwarded: date | None, told_at_once: bool) -> date:
    """The day from which the handling term runs: the forwarding inside the house, if the sender was told at once.

    Source: Awb 2:24. Without that message the day of receipt stays the start.
    """
    return forwarded if forwarded and told_at_once else received

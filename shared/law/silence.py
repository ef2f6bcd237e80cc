"""What follows from silence: a permit by operation of law (Awb 4:20b-4:20f) and a report that is allowed."""

from datetime import date

from shared.law import wording
from shared.law.calendar import ONE_DAY
from shared.law.counting import count_on, fixed_day, term_after
from shared.law.model import Amount, SetBy, Term, TermRule, Unit

IN_FORCE = Amount(amount=3, unit=Unit.days, article="Awb 4:20b lid 3")
ANNOUNCEMENT = TermRule(amount=2, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:20c lid 1")
WITHDRAWAL = TermRule(amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:20f lid 2")
REPORT_BAN = TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.ordinance, article="verordening")


def silent_permit_in_force(decision_end: date, *, after: Amount = IN_FORCE) -> Term:
    """The day on which a permit by operation of law takes effect: the third day after the decision term."""
    day = count_on(decision_end, length=after)
    return fixed_day(day, steps=(wording.counted(decision_end, length=after, end=day),))


def silent_permit_announcement_due(decision_end: date, *, rule: TermRule = ANNOUNCEMENT) -> Term:
    """The last day to announce it; late announcement costs the same penalty after a notice (Awb 4:20d)."""
    return term_after(decision_end, rule=rule)


def silent_permit_withdrawal_due(announced: date, *, rule: TermRule = WITHDRAWAL) -> Term:
    """The last day to add conditions or to withdraw, counted from the announcement."""
    return term_after(announced, rule=rule)


def report_ban_due(received: date, *, rule: TermRule = REPORT_BAN) -> Term:
    """The last day to forbid what was reported, by the ordinance that asks for the report."""
    return term_after(received, rule=rule)


def report_allowed_from(ban_end: date) -> date:
    """The day from which silence means that the reported activity is allowed."""
    return ban_end + ONE_DAY

"""The extended public procedure (Awb afdeling 3.4, Ow 16.65-16.66)."""

from datetime import date

from shared.law.counting import term_after
from shared.law.model import Amount, SetBy, Term, TermRule, Unit

# six months is not 26 weeks: the two differ by days; Atw 4 leaves both where they end
EXTENDED_DECISION = TermRule(
    amount=6,
    unit=Unit.months,
    set_by=SetBy.act,
    article="Awb 3:18 lid 1",
    extension=Amount(amount=6, unit=Unit.weeks, article="Awb 3:18 lid 2; Ow 16.66 lid 3"),
)
EXTENSION_NOTICE = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.act, article="Awb 3:18 lid 2; Ow 16.66 lid 3")
VIEWS = TermRule(amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 3:16 lid 1-2")
DECISION_WITHOUT_VIEWS = TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.act, article="Awb 3:18 lid 4")
DECISION_ON_OTHERS_PERMIT = TermRule(amount=12, unit=Unit.weeks, set_by=SetBy.act, article="Awb 3:18 lid 3")


def extension_notice_due(received: date, *, rule: TermRule = EXTENSION_NOTICE) -> Term:
    """The last day to tell the applicant that the six months are extended."""
    return term_after(received, rule=rule)


def views_term(deposited: date, *, rule: TermRule = VIEWS) -> Term:
    """The last day to give a view; the term starts WITH the day of deposit."""
    return term_after(deposited, rule=rule, first_day_counts=True)


def decision_without_views_due(views_end: date, *, rule: TermRule = DECISION_WITHOUT_VIEWS) -> Term:
    """The last day to decide when the term for views (moved end) brought none."""
    return term_after(views_end, rule=rule)


def decision_on_others_permit_due(deposited: date, *, rule: TermRule = DECISION_ON_OTHERS_PERMIT) -> Term:
    """The last day to withdraw or change a permit at the request of a third party, after the deposit."""
    return term_after(deposited, rule=rule)

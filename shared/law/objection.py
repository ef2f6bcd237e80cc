"""Objecting to a decision and deciding on the objection (Awb 6:7-6:9, 7:10)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shared.law.counting import term_after
from shared.law.decision import decision_term
from shared.law.model import Amount, Policy, SetBy, Term, TermRule, Unit
from shared.law.suspension import Suspension

OBJECTION = TermRule(amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 6:7 en 6:8 lid 1")
POST_WEEK = TermRule(amount=7, unit=Unit.days, set_by=SetBy.act, article="Awb 6:9 lid 2")
ADJOURNMENT = Amount(amount=6, unit=Unit.weeks, article="Awb 7:10 lid 3")
DECISION_ON_OBJECTION = TermRule(
    amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 7:10 lid 1", extension=ADJOURNMENT
)
DECISION_ON_OBJECTION_WITH_COMMITTEE = replace(DECISION_ON_OBJECTION, amount=12)


def objection_term(announced: date, *, rule: TermRule = OBJECTION) -> Term:
    """The last day to object; the term starts the day after the announcement (or, in afdeling 3.4, the deposit)."""
    return term_after(announced, rule=rule)


def post_week_term(objection_end: date, *, rule: TermRule = POST_WEEK, policy: Policy | None = None) -> Term:
    """The last day on which an objection posted in time may arrive; whether this week moves is open (Atw 1)."""
    policy = policy or Policy()
    term = term_after(objection_end, rule=rule if policy.atw_on_post_week else replace(rule, atw_excluded=True))
    return replace(term, safe=term.unrolled)


def decision_on_objection_term(
    objection_end: date,
    *,
    rule: TermRule = DECISION_ON_OBJECTION,
    suspensions: Sequence[Suspension] = (),
    extension: Amount | None = None,
) -> Term:
    """The last day to decide on an objection, counted from the end of the OBJECTION TERM, not from its receipt.

    The 12 weeks hold only when the objector was told of the committee (Awb 7:13, ABRvS 2016:2233).
    """
    return decision_term(objection_end, rule=rule, suspensions=suspensions, extension=extension)

"""Requests for government information: decision, views of third parties, release (Woo 4.4)."""

from collections.abc import Sequence
from datetime import date

from shared.law.calendar import ONE_DAY
from shared.law.counting import term_after
from shared.law.decision import decision_term
from shared.law.model import Amount, SetBy, Term, TermRule, Unit
from shared.law.suspension import Ground, Suspension, suspended

WOO_EXTENSION = Amount(amount=2, unit=Unit.weeks, article="Woo 4.4 lid 2")
WOO_DECISION = TermRule(
    amount=4, unit=Unit.weeks, set_by=SetBy.act, article="Woo 4.4 lid 1", extension=WOO_EXTENSION, no_penalty=True
)
WOO_RELEASE = TermRule(amount=2, unit=Unit.weeks, set_by=SetBy.act, article="Woo 4.4 lid 5")


def woo_decision_term(
    received: date,
    *,
    rule: TermRule = WOO_DECISION,
    suspensions: Sequence[Suspension] = (),
    extension: Amount | None = None,
) -> Term:
    """The last day to decide on a request; an extension needs reasons before the first term ends."""
    return decision_term(received, rule=rule, suspensions=suspensions, extension=extension)


def suspended_for_view(*, asked: date, view_received: date | None, view_until: date) -> Suspension | None:
    """The days a third party took to give a view, the day of the view INCLUDED ("tot en met", Woo 4.4 lid 3)."""
    last = view_until if view_received is None else min(view_received, view_until)
    return suspended(Ground.third_party_view, first=asked + ONE_DAY, last=last)


def woo_release_day(announced: date, *, rule: TermRule = WOO_RELEASE) -> Term:
    """The day of release when a party is expected to object: two weeks after the announcement."""
    return term_after(announced, rule=rule)

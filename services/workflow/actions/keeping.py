"""What every verb does at its end: keep the case with its deadline as the ledger now gives it, and word its dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.appeal import is_appealable, next_again, next_papers
from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock, terms_of
from services.workflow.domain.ledger import announced_on
from services.workflow.domain.timers import Agenda, edition_of, timers_of
from services.workflow.ports import Desk
from shared.catalogue.definitions import Product
from shared.catalogue.lasting import Lasting, lasting_of
from shared.events import CaseMoved, DeadlineChanged, LegalStep, Words
from shared.law.calendar import local_date
from shared.natures import GIVES


def product_of(case: Case, *, desk: Desk) -> Product:
    """Give the product as it was when the application came in."""
    return desk.products.product(case.submission.product, version=case.submission.version)


def clock_of(case: Case, *, now: datetime, desk: Desk) -> Clock:
    """Give the case's dates as they are today."""
    terms = terms_of(product_of(case, desk=desk).process, policy=desk.products.policy)
    return case.clock(terms=terms, today=local_date(now))


def keep(case: Case, *, before: Case, now: datetime, desk: Desk) -> Clock:
    """Keep the case; its cached deadline and what must happen by itself follow from the ledger."""
    clock = clock_of(case, now=now, desk=desk)
    desk.cases.keep(case, before=before, agenda=agenda_of(case, clock=clock, desk=desk), now=now)
    return clock


def agenda_of(case: Case, *, clock: Clock, desk: Desk, is_new: bool = False) -> Agenda:
    """Give what this clock means for the case's place in the list and for what must happen by itself.

    Of a new case the court knows nothing yet.
    """
    ladder, lasting = product_of(case, desk=desk).process.escalation, lasting_of_case(case, desk=desk)
    appeals = () if is_new or not is_appealable(case) else desk.cases.appeals_of(case)
    papers_by, again_by = next_papers(appeals), next_again(appeals)
    timers = timers_of(case, clock=clock, ladder=ladder, lasting=lasting, papers_by=papers_by, again_by=again_by)
    return Agenda(deadline=clock.decide_by, timers=timers, edition=edition_of(desk.products.policy))


def lasting_of_case(case: Case, *, desk: Desk) -> Lasting | None:
    """Give how long what this case gave lasts, once its letter went; None for nothing, or what was given up.

    Where the case gave nothing, an objection may have given it after all.
    """
    decision = desk.cases.decision(case) if case.status == "announced" else None
    if decision is None or desk.cases.has_ended(case):
        return None
    renewed = desk.cases.replaced(case)
    anew_on = renewed.gives_from if renewed else None
    given_on = announced_on(case.ledger) if decision.result in GIVES else anew_on
    if given_on is None:
        return None
    product, answers = product_of(case, desk=desk), case.submission.answers
    until = (renewed.given_until if renewed else None) or decision.ends
    return lasting_of(product, answers=answers, received_on=case.received_on, granted_on=given_on, until=until)


def move(case: Case, *, before: Case, now: datetime, desk: Desk) -> None:
    """Keep the case in its new status and tell that it moved."""
    case = case.told()
    clock = keep(case, before=before, now=now, desk=desk)
    desk.tell(CaseMoved(**common_of(case, clock=clock, product=product_of(case, desk=desk), now=now)))


def resume(case: Case, *, before: Case, because: Words, now: datetime, desk: Desk) -> None:
    """Keep a case whose clock runs again and tell the new date; one that did not change stays as it is."""
    if case is before:
        return
    case = case.told()
    clock = keep(case, before=before, now=now, desk=desk)
    common = common_of(case, clock=clock, product=product_of(case, desk=desk), now=now)
    desk.tell(DeadlineChanged(**common, because=because, steps=steps_of(clock)))


def common_of(case: Case, *, clock: Clock, product: Product, now: datetime) -> dict[str, Any]:
    """Give what every fact about a status or a date tells of the case, as those of `OfTerm` do."""
    return {
        "reference": case.reference,
        "sequence": case.sequence,
        "at": now,
        "title": case.submission.title,
        "nature": product.nature,
        "status": case.status,
        "contact": case.contact,
        "decide_by": clock.decide_by,
    }


def steps_of(clock: Clock) -> tuple[LegalStep, ...]:
    """Give the steps of the last day to decide as they travel."""
    return tuple(LegalStep(text=Words(nl=step.nl, en=step.en), article=step.article) for step in clock.term.steps)

"""Acts on the term of a case: shown beforehand, done once, and told to the applicant."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions import telling
from services.workflow.actions.keeping import keep, product_of
from services.workflow.domain import acts
from services.workflow.domain.acts import Act
from services.workflow.domain.clock import terms_of
from services.workflow.domain.fault import FaultyInputError
from services.workflow.ports import Desk
from shared.access import Person


class LedgerMovedError(Exception):
    """The ledger of this case grew after the act was shown, so the dates may come out otherwise."""


def take_act(reference: str, *, act: Act, lines: int, person: Person, now: datetime, desk: Desk) -> None:
    """Do an act exactly as it was shown, on a ledger of so many `lines`; a second click changes nothing.

    Raises:
        UnknownCaseError, FaultyInputError, LedgerMovedError.
        The refusals of `domain.deadlines`, and of `check_at_work`.
    """
    before = desk.cases.lock(reference)
    if acts.is_done(before, act_id=act.id):
        return
    if len(before.ledger) != lines:
        raise LedgerMovedError
    if faults := acts.faults_of(act):
        raise FaultyInputError(faults)
    product = product_of(before, desk=desk)
    terms = terms_of(product.process, policy=desk.products.policy)
    effect = acts.effect_of(act, case=before, by=person.subject, at=now, terms=terms)
    case = acts.take(before, act=act, by=person.subject, at=now, terms=terms).told()
    keep(case, before=before, now=now, desk=desk)
    line = case.ledger[-1]
    if line.request_id and line.until:
        desk.cases.move_request(line.request_id, answer_by=line.until)
    details = {"text": act.because, "document": act.document}
    desk.cases.note(case, kind=f"term_{act.kind}", at=now, who=person.subject, details=details)
    fact = telling.fact_of(act, case=case, effect=effect, product=product, now=now, handler=person.name)
    if fact is not None:
        desk.tell(fact)

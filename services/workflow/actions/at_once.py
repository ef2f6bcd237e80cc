"""Accepting a report that breaks no threshold as it comes in, in the name of the rules; a sample waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, Protocol

from services.workflow.actions.deciding import record_decision
from services.workflow.domain import case as cases
from services.workflow.domain import decision as decisions
from services.workflow.domain.at_once import accepted_by_rules, in_sample
from services.workflow.domain.case import Case
from services.workflow.ports import Desk, Signed
from shared.events import SubmissionReceived
from shared.law.calendar import local_date

BY_RULES: Final = "Automatisch, volgens onze regels"
"""Who handled it, as the letter says."""

Outcome = Literal["accepted", "sampled"]


class Shelf(Protocol):
    """Where it stands what the rules accepted, and what stands in the way of it."""

    def sampling_key(self) -> str:
        """Give the key with which the sample is drawn."""

    def clashes(self, case: Case) -> bool:
        """Tell whether another case has this place on one of these days."""

    def add(self, case: Case, *, rules: list[str], sampled: bool, at: datetime) -> None:
        """Keep that the rules accepted this case, or that they would have and a person looks."""


def accept_at_once(said: SubmissionReceived, *, now: datetime, desk: Desk, shelf: Shelf) -> Outcome | None:
    """Accept the new case of this application if its rules do, and say so; None when it waits for a person.

    Raises:
        UnknownCaseError.
    """
    product = desk.products.product(said.product, version=said.version)
    found = accepted_by_rules(said, product=product)
    if found is None:
        return None
    before = desk.cases.lock(said.reference)
    if before.status != "received" or shelf.clashes(before):
        return None
    rules = [rule.rule for rule in found.rules]
    sampled = in_sample(said.reference, percent=product.process.sample_percent, key=shelf.sampling_key())
    shelf.add(before, rules=rules, sampled=sampled, at=now)
    if sampled:
        desk.cases.note(before, kind="sampled", at=now, who=None, details={"rules": rules})
        return "sampled"
    today = local_date(now)
    decision = decisions.compose(found.draft, submission=said, product=product, on=today, handler=BY_RULES)
    signed = Signed(by=None, at=now, prepared_by=frozenset(), four_eyes=False)
    case = cases.decide_by_rules(before, at=now).told()
    record_decision(case, before=before, decision=decision, signed=signed, desk=desk)
    return "accepted"

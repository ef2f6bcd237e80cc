"""One case of a run over many: the very acts of a single case, with its rights, its four eyes and its draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.workflow.actions import deciding, handling
from services.workflow.actions.handling import MayNotHandleError, NoFlawError
from services.workflow.actions.keeping import product_of
from services.workflow.actions.outages import give_more_time
from services.workflow.domain import case as cases
from services.workflow.domain.bulk import (
    NOT_NOW,
    BulkAct,
    ChangedMeanwhileError,
    NotHitError,
    Order,
    OtherProductError,
)
from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft, first_draft, offer_blocks
from services.workflow.domain.fault import FaultyInputError
from services.workflow.ports import Desk, Letters, SealedError, UnknownCaseError
from shared.access import Person

REFUSED: Final[Mapping[type[Exception], str]] = {
    cases.AlreadyDecidedError: "decided",
    cases.TakenBackError: "taken_back",
    cases.CaseTakenError: "taken",
    cases.NotYourCaseError: "not_yours",
    cases.WaitingForApplicantError: "waiting",
    cases.FourEyesError: "four_eyes",
    ChangedMeanwhileError: "changed",
    OtherProductError: "other_product",
    MayNotHandleError: "other_team",
    cases.AwayError: "away",
    FaultyInputError: "incomplete",
    NoFlawError: "no_flaw",
    deciding.NoRemediesError: "no_remedies",
    **NOT_NOW,
    NotHitError: "not_hit",
    SealedError: "sealed",
    UnknownCaseError: "unknown",
}
"""Why a case of a run was left as it is; any other error is tried again."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A case as it was when it was chosen: how much was told of it, and the version of its draft (0: none)."""

    reference: str
    sequence: int
    draft: int


@dataclass(frozen=True, kw_only=True)
class Hands:
    """Who ordered the run, and who receives the cases when they are given away."""

    person: Person
    receiver: Person | None = None


def do_one(chosen: Chosen, *, order: Order, hands: Hands, now: datetime, desk: Desk, letters: Letters) -> None:
    """Do to this case what was ordered.

    Raises:
        Those of `REFUSED`: the case stays as it is.
    """
    person = hands.person
    match order.act:
        case BulkAct.ASSIGN:
            if hands.receiver is None:
                raise MayNotHandleError
            handling.hand_over(
                chosen.reference, to=hands.receiver, because=order.because, person=person, now=now, desk=desk
            )
        case BulkAct.RELEASE:
            handling.release(chosen.reference, person=person, now=now, desk=desk)
        case BulkAct.ASK if order.question:
            _see_unchanged(chosen, desk=desk)
            handling.ask_applicant(chosen.reference, question=order.question, person=person, now=now, desk=desk)
        case BulkAct.DECIDE if order.draft:
            case_ = _see_unchanged(chosen, desk=desk)
            draft = _draft_for(case_, draft=order.draft, desk=desk)
            deciding.decide(chosen.reference, draft=draft, person=person, now=now, desk=desk, letters=letters)
        case BulkAct.MORE_TIME if order.outage:
            give_more_time(chosen.reference, outage=order.outage, person=person, now=now, desk=desk)


def _see_unchanged(chosen: Chosen, *, desk: Desk) -> Case:
    found = desk.cases.lock(chosen.reference)
    draft = desk.cases.draft(found)
    if found.sequence != chosen.sequence or (draft.version if draft else 0) != chosen.draft:
        cases.refuse_closed(found)
        raise ChangedMeanwhileError
    return found


def _draft_for(case: Case, *, draft: Draft, desk: Desk) -> Draft:
    """Give what was chosen for all; a grant has the conditions too that the answers of this case suggest."""
    offer = offer_blocks(desk.whole(case.submission), product=product_of(case, desk=desk))
    if not set(draft.blocks) <= {block.id for block in offer.blocks}:
        raise OtherProductError
    if draft.result != "granted":
        return draft
    return replace(draft, blocks=tuple(dict.fromkeys((*draft.blocks, *first_draft(offer).blocks))))

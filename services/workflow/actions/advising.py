"""Asking advice and giving it: of several at once, by colleagues and by people outside through a link of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.workflow.actions.drafting import keep_draft
from services.workflow.domain.advice import Advice, AdviceGivenError, Given, UnknownAdviceError
from services.workflow.domain.case import Case, NotYourCaseError, refuse_closed
from services.workflow.domain.decision import MOST_OWN_CONDITIONS, Draft, OwnCondition
from services.workflow.ports import Desk, Edit
from shared.access import Person
from shared.crypto import new_token
from shared.events import AdviceAsked, AdviceGiven
from shared.law.calendar import local_date, long_date

Turn = Literal["first", "again", "reminder"]


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """What a mail to an adviser needs of the house: `site` is where browsers find this service."""

    site: str
    turn: Turn
    at: datetime


def ask_advice(reference: str, *, asked: Sequence[Advice], person: Person, mailing: Mailing, desk: Desk) -> None:
    """Ask these advisers at once; who is outside gets a link. The term goes on: no rule lets advice stop it.

    What lies with an adviser unanswered is not asked a second time: a second click changes nothing.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError.
    """
    case = _own(reference, person=person, desk=desk)
    open_already = [each for each in desk.cases.advice_of(case) if each.given is None]
    for advice in asked:
        if any(advice.asks_the_same(other) for other in open_already):
            continue
        desk.cases.add_advice(case, advice=advice, by=person.subject)
        if advice.email:
            mail_link(case, advice=advice, mailing=mailing, desk=desk)
        _note(
            case, kind="advice_asked", advice=advice, text=advice.question, by=(person.subject, mailing.at), desk=desk
        )


def ask_again(reference: str, *, advice_id: UUID, person: Person, mailing: Mailing, desk: Desk) -> None:
    """Mail an adviser another link.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError, UnknownAdviceError, AdviceGivenError.
    """
    case = _own(reference, person=person, desk=desk)
    advice = _open(case, advice_id=advice_id, desk=desk)
    if not advice.email:
        raise UnknownAdviceError
    mail_link(case, advice=advice, mailing=mailing, desk=desk)
    _note(case, kind="advice_resent", advice=advice, text="", by=(person.subject, mailing.at), desk=desk)


def mail_link(case: Case, *, advice: Advice, mailing: Mailing, desk: Desk) -> None:
    """Have a link mailed that nobody else has; only its hash is kept."""
    token = new_token()
    desk.cases.add_link(advice, token=token)
    desk.tell(
        AdviceAsked(
            reference=case.reference,
            advice_id=advice.id,
            at=mailing.at,
            turn=mailing.turn,
            title=case.submission.title,
            name=advice.name,
            email=advice.email,
            link=f"{mailing.site}/advies/{token}",
            answer_by=advice.answer_by,
        )
    )


def give_advice(reference: str, *, advice_id: UUID, given: Given, who: str | None, desk: Desk) -> None:
    """Keep what an adviser answered; `who` is the subject of a colleague.

    Raises:
        UnknownCaseError, AlreadyDecidedError, UnknownAdviceError.
        AdviceGivenError: there is an answer already, which stays.
    """
    case = desk.cases.lock(reference)
    refuse_closed(case)
    advice = _open(case, advice_id=advice_id, desk=desk)
    if bool(advice.email) == bool(who) or not desk.cases.give_advice(advice_id, given=given):
        raise UnknownAdviceError
    if advice.email:
        desk.tell(AdviceGiven(reference=case.reference, advice_id=advice.id, name=advice.name))
    text = "\n".join([given.words, *given.conditions]).strip()
    _note(case, kind="advice_given", advice=advice, text=text, by=(who, given.at), desk=desk)


def take_over_conditions(reference: str, *, advice_id: UUID, person: Person, now: datetime, desk: Desk) -> int:
    """Put the conditions of an adviser into the draft decision, as far as there is room; give how many came in.

    Raises:
        UnknownCaseError, AlreadyDecidedError, UnknownAdviceError.
    """
    case = desk.cases.lock(reference)
    refuse_closed(case)
    advice = next((each for each in desk.cases.advice_of(case) if each.id == advice_id), None)
    if advice is None or advice.given is None:
        raise UnknownAdviceError
    saved = desk.cases.draft(case)
    draft = saved.draft if saved else Draft()
    rows = [row for row in draft.own_conditions if not row.is_empty]
    new = [row for row in _conditions(advice, given=advice.given) if row.text not in {each.text for each in rows}]
    new = new[: max(0, MOST_OWN_CONDITIONS - len(rows))]
    draft = replace(draft, own_conditions=(*rows, *new))
    edit = Edit(draft=draft, version=saved.version if saved else 0, editor=new_token())
    keep_draft(reference, edit=edit, person=person, now=now, desk=desk)
    return len(new)


def _conditions(advice: Advice, *, given: Given) -> tuple[OwnCondition, ...]:
    day = long_date(local_date(given.at))
    because, source = f"Dit adviseert {advice.name}.", f"advies van {advice.name}, {day}"
    return tuple(OwnCondition(text=text, because=because, source=source) for text in given.conditions)


def _own(reference: str, *, person: Person, desk: Desk) -> Case:
    case = desk.cases.lock(reference)
    refuse_closed(case)
    if not case.is_handled_by(person.subject):
        raise NotYourCaseError
    return case


def _open(case: Case, *, advice_id: UUID, desk: Desk) -> Advice:
    advice = next((each for each in desk.cases.advice_of(case) if each.id == advice_id), None)
    if advice is None:
        raise UnknownAdviceError
    if advice.given:
        raise AdviceGivenError
    return advice


def _note(case: Case, *, kind: str, advice: Advice, text: str, by: tuple[str | None, datetime], desk: Desk) -> None:
    who, at = by
    details = {"adviser": advice.name, "text": text, "until": advice.answer_by.isoformat()}
    desk.cases.note(case, kind=kind, at=at, who=who, details=details)

"""What staff do with a case before it is decided: take it, hand it over, lay it back, ask the applicant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.workflow.actions.keeping import keep, move, product_of
from services.workflow.domain import case as cases
from services.workflow.domain import question as questions
from services.workflow.domain.askable import BESIDES, askable, label_of
from services.workflow.domain.case import AwayError, Case, NotYourCaseError
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.question import Question
from services.workflow.ports import Desk
from shared.access import Permission, Person, scope_of
from shared.catalogue.definitions import Product
from shared.events import InformationAsked, Words
from shared.ids import new_id
from shared.law.calendar import local_date


class MayNotHandleError(Exception):
    """A case goes only to someone who works on cases of its team or product."""


class NoFlawError(FaultyInputError):
    """Who objects is asked only for what is missing, as only that makes the term stand still (Awb 6:6, 7:10 lid 2)."""

    def __init__(self) -> None:
        """Say so at the list of what may be missing."""
        reason = Words(
            nl="Kies wat er in het bezwaar mist. Alleen dan mag de termijn stilstaan (Awb 7:10 lid 2).",
            en="Choose what the objection lacks. Only then may the term stand still (Awb 7:10 lid 2).",
        )
        super().__init__((Fault("flaws", reason),))


def take_next(*, person: Person, now: datetime, desk: Desk) -> str | None:
    """Claim the most urgent case that nobody holds and give its reference; two at once never get the same.

    Raises:
        AwayError: this person said to be away.
    """
    _refuse_away(person, desk=desk)
    found = desk.cases.lock_next(by=person.subject)
    if found is None:
        return None
    _hand_over(found, after=cases.claim(found, by=person.subject), person=person, now=now, desk=desk)
    return found.reference


def claim(reference: str, *, person: Person, now: datetime, desk: Desk) -> None:
    """Take this case oneself.

    Raises:
        UnknownCaseError, AlreadyDecidedError, CaseTakenError.
    """
    before = desk.cases.lock(reference)
    _hand_over(before, after=cases.claim(before, by=person.subject), person=person, now=now, desk=desk)


def assign(reference: str, *, to: Person, person: Person, now: datetime, desk: Desk) -> None:
    """Give this case to a colleague, whoever held it.

    Raises:
        UnknownCaseError, AlreadyDecidedError, MayNotHandleError, AwayError.
    """
    before = desk.cases.lock(reference)
    _refuse_away(to, desk=desk)
    if not _may(to, Permission.WORK_CASES, case=before):
        raise MayNotHandleError
    _hand_over(before, after=cases.assign(before, to=to.subject), person=person, now=now, desk=desk)


def hand_over(reference: str, *, to: Person, because: str, person: Person, now: datetime, desk: Desk) -> None:
    """Give an own case to a colleague with the reason; who may assign, gives anybody's.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError, MayNotHandleError, AwayError.
    """
    before = desk.cases.lock(reference)
    _refuse_away(to, desk=desk)
    if not _may(to, Permission.WORK_CASES, case=before):
        raise MayNotHandleError
    if not _may(person, Permission.ASSIGN_CASES, case=before) and not before.is_handled_by(person.subject):
        raise NotYourCaseError
    after = cases.assign(before, to=to.subject)
    _hand_over(before, after=after, person=person, now=now, desk=desk, because=because)


def release(reference: str, *, person: Person, now: datetime, desk: Desk) -> None:
    """Lay this case back for whoever takes it next; who may assign, may also lay back a colleague's case.

    Raises:
        UnknownCaseError, AlreadyDecidedError, NotYourCaseError.
    """
    before = desk.cases.lock(reference)
    anyone = _may(person, Permission.ASSIGN_CASES, case=before)
    case = cases.release(before, by=None if anyone else person.subject)
    if case != before:
        keep(case, before=before, now=now, desk=desk)
        desk.cases.note(case, kind="released", at=now, who=person.subject, details={})


def ask_applicant(reference: str, *, question: Question, person: Person, now: datetime, desk: Desk) -> None:
    """Ask the applicant something; the clock stops the day after (Awb 4:5, 4:15 lid 1 a, 7:10 lid 2).

    Raises:
        UnknownCaseError, NotYourCaseError, AlreadyDecidedError, WaitingForApplicantError, FaultyInputError.
        NoFlawError: what an objector is asked completes nothing.
    """
    before = desk.cases.lock(reference)
    request_id = new_id()
    case = cases.ask(before, by=person.subject, request_id=request_id, answer_by=question.answer_by, at=now).told()
    product = product_of(case, desk=desk)
    known = {*BESIDES, *(each.question for each in askable(case.submission, product=product))}
    asks = tuple(each for each in question.asks if each in known)
    flaws = questions.known_flaws(question.flaws) if case.is_objection else ()
    faults = questions.faults_of(
        question.text, answer_by=question.answer_by, today=local_date(now), asks=asks, flaws=flaws
    )
    if faults:
        raise FaultyInputError(faults)
    if case.is_objection and not flaws:
        raise NoFlawError
    question = questions.written_out(replace(question, asks=asks, flaws=flaws))
    written = _written_out(question, product=product)
    desk.cases.add_request(case, request_id=request_id, question=question, by=person.subject, at=now)
    clock = keep(case, before=before, now=now, desk=desk)
    details = {"text": written, "answer_by": question.answer_by.isoformat()}
    desk.cases.note(case, kind="asked", at=now, who=person.subject, details=details)
    desk.tell(
        InformationAsked(
            reference=reference,
            sequence=case.sequence,
            at=now,
            title=case.submission.title,
            nature=product.nature,
            request_id=request_id,
            question=question.text if case.contact.email else written,
            asks=question.asks,
            answer_by=question.answer_by,
            contact=case.contact,
            decide_by=clock.decide_by,
        )
    )


def _written_out(question: Question, *, product: Product) -> str:
    """The question with all that it asks: who gets letters sees no page that lists it."""
    labels = [label_of(asked, product=product).nl for asked in question.asks if asked not in BESIDES]
    return "\n".join([*([question.text] if question.text else []), *(f"- {label}" for label in labels)])


def _refuse_away(person: Person, *, desk: Desk) -> None:
    if desk.cases.is_away(person.subject):
        raise AwayError


def _may(person: Person, permission: Permission, *, case: Case) -> bool:
    scope = scope_of(person, permission=permission)
    return scope.holds(team=case.team, product=case.submission.product)


def _hand_over(before: Case, *, after: Case, person: Person, now: datetime, desk: Desk, because: str = "") -> None:
    if after == before:
        return
    if after.status == before.status:
        keep(after, before=before, now=now, desk=desk)
    else:
        move(after, before=before, now=now, desk=desk)
    kind = "claimed" if after.handler == person.subject else "assigned"
    details = {"to": after.handler, **({"text": because} if because else {})}
    desk.cases.note(after, kind=kind, at=now, who=person.subject, details=details)

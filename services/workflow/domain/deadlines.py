"""What staff do to the term of a case: stop it, let it run, extend it, tell of delay, take in a notice of default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.workflow.domain.case import Case, check_at_work, question_of, refuse_closed
from services.workflow.domain.clock import Clock, may_extend
from services.workflow.domain.ledger import Entry, Kind, all_of, answer_to, last_day_to_answer
from shared.law.terms import Ground, TermRule

STAFF_GROUNDS = tuple(ground for ground in Ground if ground is not Ground.incomplete)
"""A question to the applicant is the way to suspend for what is incomplete."""


class TermPassedError(Exception):
    """The term is over: it cannot be stopped or extended any more."""


class NoExtensionError(Exception):
    """No rule gives an extension here, or it was used already."""


class ProofNeededError(Exception):
    """This needs a document: consent to delay is in writing (Awb 4:15 lid 2 onder a)."""


class DatesCrossError(Exception):
    """The last day lies before the first, or a named day is already over."""


class NotSuspendedError(Exception):
    """Nothing of this kind is running."""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Why and from when the term stands still; `last` None: until `resume`. `document` names the proof."""

    id: UUID
    ground: Ground
    first: date
    last: date | None = None
    document: str | None = None


def suspend(case: Case, *, by: str, at: datetime, clock: Clock, stop: Stop) -> Case:
    """Stop the term on another ground than an incomplete application (Awb 4:15, Woo 4.4 lid 3).

    The applicant must be told at once of force majeure, and of its end (lid 3 and 4).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError: as `check_at_work`.
        ProofNeededError, DatesCrossError, TermPassedError.
    """
    check_at_work(case, by=by)
    if stop.ground is Ground.consent and not stop.document:
        raise ProofNeededError
    if stop.last is not None and stop.last < stop.first:
        raise DatesCrossError
    if stop.first > clock.term.rolled:
        raise TermPassedError
    entry = Entry(
        kind=Kind.SUSPENDED,
        at=at,
        who=by,
        request_id=stop.id,
        ground=stop.ground,
        first=stop.first,
        last=stop.last,
        document=stop.document,
    )
    return replace(case, ledger=(*case.ledger, entry))


def resume(case: Case, *, by: str, at: datetime, suspension_id: UUID, day: date) -> Case:
    """Let the term run again from `day`, the day on which what was waited for came or the hindrance ended.

    Raises:
        AlreadyDecidedError, NotSuspendedError, DatesCrossError.
    """
    refuse_closed(case)
    begun = next(
        (entry for entry in all_of(Kind.SUSPENDED, ledger=case.ledger) if entry.request_id == suspension_id), None
    )
    if begun is None or answer_to(begun, ledger=case.ledger):
        raise NotSuspendedError
    if day < (begun.first or begun.on):
        raise DatesCrossError
    entry = Entry(kind=Kind.RESUMED, at=at, who=by, request_id=suspension_id, day=day)
    return replace(case, ledger=(*case.ledger, entry))


def extend(case: Case, *, by: str, at: datetime, clock: Clock, rule: TermRule) -> Case:
    """Extend the term once, as the regulation allows; the notice must be out on or before the last day (R5).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError, NoExtensionError, TermPassedError.
    """
    check_at_work(case, by=by)
    if rule.extension is None or clock.extended:
        raise NoExtensionError
    entry = Entry(kind=Kind.EXTENDED, at=at, who=by)
    if not may_extend(clock, announced=entry.on):
        raise TermPassedError
    return replace(case, ledger=(*case.ledger, entry))


def tell_delay(case: Case, *, by: str, at: datetime, until: date) -> Case:
    """Tell the applicant that the term is not met, and the shortest possible day; it moves nothing (Awb 4:14 lid 1).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError, DatesCrossError.
    """
    check_at_work(case, by=by)
    entry = Entry(kind=Kind.DELAYED, at=at, who=by, until=until)
    if until < entry.on:
        raise DatesCrossError
    return replace(case, ledger=(*case.ledger, entry))


def receive_default(case: Case, *, at: datetime, day: date, by: str | None, document: str | None) -> Case:
    """Take in a notice of default that arrived on `day`; whether it has effect follows from the clock (Awb 4:17).

    It may come while a decision waits for sending, and is never refused: a premature one is answered.
    """
    entry = Entry(kind=Kind.DEFAULTED, at=at, who=by, day=day, document=document)
    return replace(case, ledger=(*case.ledger, entry))


def move_repair_end(case: Case, *, by: str, at: datetime, request_id: UUID, until: date) -> Case:
    """Give the applicant more time for an answer after an outage that was announced (Awb 2:21).

    Raises:
        AlreadyDecidedError, UnknownRequestError, DatesCrossError.
    """
    refuse_closed(case)
    if until <= last_day_to_answer(question_of(case, request_id=request_id), ledger=case.ledger):
        raise DatesCrossError
    entry = Entry(kind=Kind.OUTAGE, at=at, who=by, request_id=request_id, until=until)
    return replace(case, ledger=(*case.ledger, entry))

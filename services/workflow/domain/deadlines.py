"""What staff do to the term of a case: stop it, let it run, extend it, tell of delay, take in a notice of default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.workflow.domain.case import Case, UnknownRequestError, check_at_work, question_of, refuse_closed
from services.workflow.domain.clock import Clock, may_extend
from services.workflow.domain.ledger import (
    Entry,
    Kind,
    Ledger,
    all_of,
    answer_to,
    first_of,
    last_day_to_answer,
    standing,
)
from shared.law.calendar import local_date
from shared.law.decision import GENERAL_DECISION
from shared.law.filing import wrong_channel_term
from shared.law.terms import Ground, TermRule

STAFF_GROUNDS = tuple(ground for ground in Ground if ground is not Ground.incomplete)
"""A question to the applicant is the way to suspend for what is incomplete."""

CORRECTABLE = frozenset({Kind.SUSPENDED, Kind.RESUMED, Kind.DEFAULTED, Kind.FORWARDED})
"""What staff enter about what happened. What was promised or announced stands, and a new notice replaces it."""


class TermPassedError(Exception):
    """The term is over: it cannot be stopped or extended any more."""


class NoExtensionError(Exception):
    """No rule gives an extension here, or it was used already."""


class ProofNeededError(Exception):
    """This needs a document: consent to delay is in writing (Awb 4:15 lid 2 onder a), who sent something was told."""


class DatesCrossError(Exception):
    """The last day lies before the first, or a named day is already over."""


class NotSuspendedError(Exception):
    """Nothing of this kind is running."""


class TermSetByRuleError(Exception):
    """A regulation sets the term, so no other day can be named (Awb 4:14 lid 3)."""


class NoCommitteeError(Exception):
    """Only an objection goes to a committee, and it is told once (Awb 7:13)."""


class NoPenaltyError(Exception):
    """There is no penalty to set: none runs, it still runs, or it was set (Awb 4:18)."""


class NothingToCorrectError(Exception):
    """There is no such line, it was corrected already, it was announced, or its end must be corrected first."""


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
    if stop.first <= case.ledger[0].on:
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
    return _with(case, entry)


def resume(case: Case, *, by: str, at: datetime, suspension_id: UUID, day: date) -> Case:
    """Let the term run again from `day`, the day on which what was waited for came or the hindrance ended.

    Raises:
        AlreadyDecidedError, NotSuspendedError, DatesCrossError.
    """
    refuse_closed(case)
    ledger = standing(case.ledger)
    begun = next((entry for entry in all_of(Kind.SUSPENDED, ledger=ledger) if entry.request_id == suspension_id), None)
    if begun is None or answer_to(begun, ledger=ledger):
        raise NotSuspendedError
    entry = Entry(kind=Kind.RESUMED, at=at, who=by, request_id=suspension_id, day=day)
    if day < (begun.first or begun.on):
        raise DatesCrossError
    return _with(case, entry)


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
    return _with(case, entry)


def appoint_committee(case: Case, *, by: str, at: datetime, clock: Clock) -> Case:
    """Have a committee advise on an objection; told while the term runs, that lasts twelve weeks (Awb 7:10, 7:13).

    A committee of which the objector was not told changes no date (ABRvS 2016:2233).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError, NoCommitteeError, TermPassedError.
    """
    check_at_work(case, by=by)
    if not case.is_objection or first_of(Kind.COMMITTEE, ledger=standing(case.ledger)):
        raise NoCommitteeError
    entry = Entry(kind=Kind.COMMITTEE, at=at, who=by)
    if entry.on > clock.term.rolled:
        raise TermPassedError
    return _with(case, entry)


def tell_delay(case: Case, *, by: str, at: datetime, until: date) -> Case:
    """Tell the applicant that the term is not met, and the shortest possible day; it moves nothing (Awb 4:14 lid 1).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError, DatesCrossError.
    """
    check_at_work(case, by=by)
    entry = Entry(kind=Kind.DELAYED, at=at, who=by, until=until)
    if until < entry.on:
        raise DatesCrossError
    return _with(case, entry)


def name_term(case: Case, *, by: str, at: datetime, clock: Clock, rule: TermRule, until: date) -> Case:
    """Name a reasonable day where no regulation sets a term, within the eight weeks and once (Awb 4:14 lid 3).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError.
        TermSetByRuleError, NoExtensionError, TermPassedError, DatesCrossError.
    """
    check_at_work(case, by=by)
    if rule.article != GENERAL_DECISION.article:
        raise TermSetByRuleError
    if first_of(Kind.NAMED_TERM, ledger=standing(case.ledger)):
        raise NoExtensionError
    entry = Entry(kind=Kind.NAMED_TERM, at=at, who=by, until=until)
    if entry.on > clock.term.rolled:
        raise TermPassedError
    if until <= clock.term.rolled:
        raise DatesCrossError
    return _with(case, entry)


def receive_default(case: Case, *, at: datetime, day: date, by: str | None, document: str | None) -> Case:
    """Take in a notice of default that arrived on `day`; whether it has effect follows from the clock (Awb 4:17).

    It may come while a decision waits for sending, and is never refused: a premature one is answered.

    Raises:
        DatesCrossError: it cannot have come before the application, or tomorrow.
    """
    if not case.ledger[0].on <= day <= local_date(at):
        raise DatesCrossError
    return _with(case, Entry(kind=Kind.DEFAULTED, at=at, who=by, day=day, document=document))


def set_penalty(case: Case, *, by: str, at: datetime, clock: Clock) -> Case:
    """Set the penalty for deciding too late, once the meter has stopped (Awb 4:18).

    Raises:
        NoPenaltyError: there is nothing to set now.
    """
    meter = clock.penalty
    if meter is None or meter.determine_by is None or first_of(Kind.PENALTY_SET, ledger=standing(case.ledger)):
        raise NoPenaltyError
    return _with(case, Entry(kind=Kind.PENALTY_SET, at=at, who=by, euros=meter.euros))


def move_repair_end(case: Case, *, by: str, at: datetime, request_id: UUID, until: date) -> Case:
    """Give the applicant more time for an answer after an outage that was announced (Awb 2:21).

    Raises:
        AlreadyDecidedError, UnknownRequestError, DatesCrossError.
    """
    known = last_day_to_answer(_unanswered(case, request_id=request_id), ledger=case.ledger)
    if until <= known or until < local_date(at):
        raise DatesCrossError
    return _waiting(case, Entry(kind=Kind.OUTAGE, at=at, who=by, request_id=request_id, until=until))


def point_to_right_way(case: Case, *, by: str, at: datetime, request_id: UUID, day: date) -> Case:
    """Tell the applicant that what came on `day` came by another way than the right one (Awb 2:16).

    The time for the answer grows by what the reaction took, and by a working day at least (Awb 2:23).

    Raises:
        AlreadyDecidedError.
        UnknownRequestError: nothing like it was asked, or it was answered.
        DatesCrossError: it did not come while the question was open.
    """
    asked, today = _unanswered(case, request_id=request_id), local_date(at)
    end = last_day_to_answer(asked, ledger=case.ledger)
    if not asked.on <= day <= min(today, end):
        raise DatesCrossError
    until = wrong_channel_term(end, received=day, reacted=today).rolled
    return _waiting(case, Entry(kind=Kind.OTHER_WAY, at=at, who=by, request_id=request_id, day=day, until=until))


def forward(case: Case, *, by: str, at: datetime, clock: Clock, day: date, document: str | None) -> Case:
    """Let the term run from the day of forwarding within the house, as the sender was told at once (Awb 2:24).

    That of an objection runs from the end of the objection term, wherever it came in (Awb 7:10 lid 1).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError, TermPassedError.
        ProofNeededError: no document shows that the sender was told.
        DatesCrossError: it came no later than the application, is yet to come, or is about an objection.
    """
    check_at_work(case, by=by)
    if not document:
        raise ProofNeededError
    if case.is_objection or not case.ledger[0].on < day <= local_date(at):
        raise DatesCrossError
    if day > clock.term.rolled:
        raise TermPassedError
    return _with(case, Entry(kind=Kind.FORWARDED, at=at, who=by, day=day, document=document))


def correct(case: Case, *, by: str, at: datetime, line: UUID) -> Case:
    """Take a line back by a new one; both stay in the ledger.

    Raises:
        AlreadyDecidedError, NothingToCorrectError.
    """
    refuse_closed(case)
    wrong = next((entry for entry in case.ledger if entry.act == line), None)
    if wrong is None or not may_correct(wrong, ledger=case.ledger):
        raise NothingToCorrectError
    return _with(case, Entry(kind=Kind.CORRECTED, at=at, who=by, corrects=line))


def may_correct(line: Entry, *, ledger: Ledger) -> bool:
    """Whether a line can be taken back: it counts, was not announced, and no end hangs on it."""
    counting = standing(ledger)
    if line.act is None or line not in counting or line.kind not in CORRECTABLE:
        return False
    return line.kind is not Kind.SUSPENDED or answer_to(line, ledger=counting) is None


def _unanswered(case: Case, *, request_id: UUID) -> Entry:
    refuse_closed(case)
    asked = question_of(case, request_id=request_id)
    if answer_to(asked, ledger=case.ledger):
        raise UnknownRequestError
    return asked


def _waiting(case: Case, moved: Entry) -> Case:
    """The case waits for the answer, also where the time for it was over before."""
    return replace(_with(case, moved), status="awaiting_supplement")


def _with(case: Case, entry: Entry) -> Case:
    return replace(case, ledger=(*case.ledger, entry))

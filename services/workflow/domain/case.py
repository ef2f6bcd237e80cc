"""The case: who holds it, where it stands, and what may happen next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.workflow.domain.clock import Clock, Terms, read_clock
from services.workflow.domain.ledger import Entry, Kind, answer_to, is_ended, last_day_to_answer
from shared.events import CaseStatus, Contact, SubmissionReceived
from shared.law.calendar import local_date

TAKEABLE = frozenset[CaseStatus]({"received", "in_progress"})
"""A case that waits for the applicant is not handed out."""

OPEN = frozenset[CaseStatus]({"received", "in_progress", "awaiting_supplement"})


class AwayError(Exception):
    """Who is away gets no new cases."""


class CaseTakenError(Exception):
    """A colleague handles this case."""


class NotYourCaseError(Exception):
    """You do not handle this case: claim it first."""


class FourEyesError(Exception):
    """Whoever prepared this decision may not sign it: a colleague does."""


class BarredError(Exception):
    """Whoever prepared or signed the first decision keeps away from an objection to it (Awb 7:5 and 10:3 lid 3)."""


class AlreadyDecidedError(Exception):
    """A decision was taken on this case already."""


class TakenBackError(AlreadyDecidedError):
    """The applicant took this case back, so there is nothing left to decide."""


class WaitingForApplicantError(Exception):
    """This case waits for the applicant: go on after the answer, or when the time for it is over."""


class UnknownRequestError(Exception):
    """This case has no such question."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One application under treatment, with the team that it lies with ("" where its product names none).

    `sequence` numbers the facts told about it, so that hearers keep their order. `substitute` stands in for the handler
    today. `barred` may not handle it: they prepared or signed what is objected to.
    """

    id: UUID
    reference: str
    status: CaseStatus
    handler: str | None
    sequence: int
    submission: SubmissionReceived
    ledger: tuple[Entry, ...]
    team: str = ""
    substitute: str | None = None
    barred: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """No decision was taken yet."""
        return self.status in OPEN

    def is_handled_by(self, subject: str) -> bool:
        """Whether this person holds it, or stands in for who does."""
        return self.handler is not None and subject in (self.handler, self.substitute)

    @property
    def awaits_cosignatory(self) -> bool:
        """The second signatory said nothing yet, and there is time left."""
        cosign = self.submission.cosignatory
        return self.is_open and cosign is not None and not is_ended(cosign.request_id, ledger=self.ledger)

    def is_cosign(self, request_id: UUID) -> bool:
        """Whether this is what the second signatory is asked."""
        cosign = self.submission.cosignatory
        return cosign is not None and cosign.request_id == request_id

    @property
    def went_unanswered(self) -> bool:
        """The last that happened is that a question went unanswered."""
        return self.ledger[-1].kind is Kind.LAPSED

    @property
    def received_on(self) -> date:
        """The day of receipt in the Netherlands; the clock of an objection counts from another."""
        return local_date(self.submission.received_at)

    @property
    def is_objection(self) -> bool:
        """Somebody objects to a decision of another case."""
        return self.submission.link is not None and self.submission.link.kind == "objection"

    @property
    def contact(self) -> Contact:
        """Where messages on this case go."""
        said = self.submission
        name = said.applicant.organisation or said.applicant.name
        return Contact(name=name, email=said.applicant.email, language=said.language, status_link=said.status_link)

    @property
    def applicant(self) -> str:
        """Whose case it is: who is represented, else who applied."""
        return self.submission.represented or self.contact.name

    def clock(self, *, terms: Terms, today: date) -> Clock:
        """Derive the dates of this case; an objection that nobody mended is inadmissible, not unprocessed (Awb 6:6)."""
        clock = read_clock(self.ledger, terms=terms, today=today)
        return replace(clock, refuse_by=None) if self.is_objection else clock

    def told(self) -> Case:
        """The case after one more fact was told about it."""
        return replace(self, sequence=self.sequence + 1)


def open_case(
    case_id: UUID,
    *,
    submission: SubmissionReceived,
    team: str = "",
    counted_from: date | None = None,
    barred: frozenset[str] = frozenset(),
) -> Case:
    """Start a case; its clock runs from the moment of receipt (Awb 2:20), or from another day that the law names.

    Without the second signatory an application is incomplete: it stands still from the next day (Awb 4:5, 4:15).
    """
    at, cosign = submission.received_at, submission.cosignatory
    received = Entry(kind=Kind.RECEIVED, at=at, day=counted_from)
    asked = Entry(kind=Kind.ASKED, at=at, request_id=cosign.request_id, answer_by=cosign.answer_by) if cosign else None
    return Case(
        id=case_id,
        reference=submission.reference,
        status="awaiting_supplement" if asked else "received",
        handler=None,
        sequence=0,
        submission=submission,
        team=team,
        barred=barred,
        ledger=(received, asked) if asked else (received,),
    )


def claim(case: Case, *, by: str) -> Case:
    """Take a case oneself; the first to do so puts it in progress.

    Raises:
        AlreadyDecidedError: nothing is left to handle.
        CaseTakenError: a colleague holds it.
    """
    if case.handler not in (None, by):
        refuse_closed(case)
        raise CaseTakenError
    return assign(case, to=by)


def assign(case: Case, *, to: str) -> Case:
    """Give a case to someone, whoever held it.

    Raises:
        AlreadyDecidedError: nothing is left to handle.
        BarredError: this person had a hand in what is objected to.
    """
    refuse_closed(case)
    refuse_barred(case, by=to)
    return replace(case, handler=to, status="in_progress" if case.status == "received" else case.status)


def release(case: Case, *, by: str | None = None) -> Case:
    """Lay a case back; `by` must hold it, None is one who may take it from anybody.

    Raises:
        AlreadyDecidedError, NotYourCaseError.
    """
    refuse_closed(case)
    if by is not None and not case.is_handled_by(by):
        raise NotYourCaseError
    return replace(case, handler=None)


def ask(case: Case, *, by: str, request_id: UUID, answer_by: date, at: datetime) -> Case:
    """Ask the applicant to supplement; the clock stops the day after (Awb 4:15 lid 1 a).

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError.
    """
    check_at_work(case, by=by)
    entry = Entry(kind=Kind.ASKED, at=at, who=by, request_id=request_id, answer_by=answer_by)
    return replace(case, status="awaiting_supplement", ledger=(*case.ledger, entry))


def answer(case: Case, *, request_id: UUID, at: datetime) -> Case:
    """Take in the answer. One that comes too late, a second time or after the decision moves no date.

    Raises:
        UnknownRequestError: nothing like it was asked in this case.
    """
    asked = question_of(case, request_id=request_id)
    entry = Entry(kind=Kind.ANSWERED, at=at, request_id=request_id)
    if not case.is_open or answer_to(asked, ledger=case.ledger):
        return case
    if entry.on > last_day_to_answer(asked, ledger=case.ledger):
        return lapse(case, request_id=request_id, at=at)
    return _resumed(case, entry=entry)


def lapse(case: Case, *, request_id: UUID, at: datetime) -> Case:
    """Let the clock run again after an unused repair term; the second time nothing changes."""
    question_of(case, request_id=request_id)
    if is_ended(request_id, ledger=case.ledger) or not case.is_open:
        return case
    return _resumed(case, entry=Entry(kind=Kind.LAPSED, at=at, request_id=request_id))


def decide(case: Case, *, by: str, at: datetime, prepared_by: frozenset[str] | None = None) -> Case:
    """Take the decision; it works only once it was sent (Awb 3:40).

    With `prepared_by` four eyes are asked: somebody else signs, and need not hold the case.

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError.
        FourEyesError: this person prepared it, or nobody did.
        BarredError: this person had a hand in what is objected to.
    """
    refuse_barred(case, by=by)
    check_at_work(case, by=by if prepared_by is None else case.handler or "")
    if prepared_by is not None and (by in prepared_by or not prepared_by):
        raise FourEyesError
    entry = Entry(kind=Kind.DECIDED, at=at, who=by)
    return replace(case, status="decided", ledger=(*case.ledger, entry))


def decide_by_rules(case: Case, *, at: datetime) -> Case:
    """Let the rules decide on a case that nobody took; there is no person who did.

    Raises:
        AlreadyDecidedError.
    """
    refuse_closed(case)
    return replace(case, status="decided", ledger=(*case.ledger, Entry(kind=Kind.DECIDED, at=at)))


def announce(case: Case, *, at: datetime, again: bool = False) -> Case:
    """Record that the decision reached the applicant's side; the first sending counts (Awb 3:41, 2:19).

    `again`: the one before did not arrive, so that this one counts (Awb 2:11 lid 3).
    """
    if case.status != "decided" and not (again and case.status == "announced"):
        return case
    return replace(case, status="announced", ledger=(*case.ledger, Entry(kind=Kind.SENT, at=at)))


def withdraw(case: Case, *, at: datetime) -> Case:
    """End a case that the applicant takes back; after a decision it changes nothing."""
    if not case.is_open:
        return case
    return replace(case, status="withdrawn", ledger=(*case.ledger, Entry(kind=Kind.WITHDRAWN, at=at)))


def check_at_work(case: Case, *, by: str) -> None:
    """See that this person can go on with this case now.

    Raises:
        AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError.
    """
    refuse_closed(case)
    if not case.is_handled_by(by):
        raise NotYourCaseError
    if case.status == "awaiting_supplement":
        raise WaitingForApplicantError


def refuse_closed(case: Case) -> None:
    """See that nothing was decided yet.

    Raises:
        AlreadyDecidedError: nothing is left to handle; TakenBackError where its applicant took it back.
    """
    if case.status == "withdrawn":
        raise TakenBackError
    if not case.is_open:
        raise AlreadyDecidedError


def refuse_barred(case: Case, *, by: str) -> None:
    """See that this person had no hand in what is objected to; the articles are from memory (Awb 7:5, 10:3 lid 3).

    Raises:
        BarredError: they had.
    """
    if by in case.barred:
        raise BarredError


def question_of(case: Case, *, request_id: UUID) -> Entry:
    """The entry of a question to the applicant.

    Raises:
        UnknownRequestError: nothing like it was asked in this case.
    """
    asked = (entry for entry in case.ledger if entry.kind is Kind.ASKED and entry.request_id == request_id)
    found = next(asked, None)
    if found is None:
        raise UnknownRequestError
    return found


def _resumed(case: Case, *, entry: Entry) -> Case:
    ledger = (*case.ledger, entry)
    waiting = any(each.kind is Kind.ASKED and not is_ended(each.request_id, ledger=ledger) for each in ledger)
    begun = case.handler is not None or any(each.who for each in ledger)
    after: CaseStatus = "in_progress" if begun else "received"
    return replace(case, status="awaiting_supplement" if waiting else after, ledger=ledger)

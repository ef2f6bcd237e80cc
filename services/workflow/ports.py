"""What the actions need from the world outside: kept cases, products, letters, and a way to tell facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from services.workflow.domain.advice import Advice, Given
from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft
from services.workflow.domain.linked import First
from services.workflow.domain.question import Question
from services.workflow.domain.timers import Agenda
from services.workflow.domain.todo import Done
from services.workflow.notice_ports import Notices, Renewing, Routing
from shared.catalogue.definitions import Product
from shared.events import (
    CosignAnswered,
    Decision,
    FileScan,
    MarkGiven,
    NoticeSent,
    OpinionGiven,
    PaymentChargedBack,
    PaymentReturned,
    PaymentSettled,
    SentFile,
    SubmissionReceived,
)
from shared.law.terms import Policy


class UnknownCaseError(Exception):
    """There is no such case, or none that this person may see."""


class CorrectionTooEarlyError(Exception):
    """A correction before this one was not heard yet."""


class UnknownPaymentError(Exception):
    """This case has no such payment."""


class UnknownFileError(Exception):
    """No such file came with this case (yet)."""


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    """A draft as it lies in the case: its version, who saved it last, when, and from which open page (`editor`).

    `prepared_by` is everybody who changed it: with four eyes none of them may sign it.
    """

    draft: Draft
    version: int
    saved_by: str
    saved_by_name: str
    saved_at: datetime
    editor: str
    prepared_by: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What came of saving: the draft and its version, what else is on the page, and where a colleague wrote too.

    `shown` is the draft with one's own texts in the fields of `clashes`; those of a colleague lie in `theirs`.
    """

    draft: Draft
    version: int
    shown: Draft
    clashes: tuple[str, ...] = ()
    theirs: SavedDraft | None = None


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who took a decision (None: the rules), when, who prepared it, and whether those must be others (`four_eyes`)."""

    by: str | None
    at: datetime
    prepared_by: frozenset[str]
    four_eyes: bool


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an open page (`editor`) wants to save, and the version of the draft that it began with (0: none)."""

    draft: Draft
    version: int
    editor: str


class Cases(Notices, Routing, Renewing, Protocol):
    """Cases and all that hangs on them; a case is locked until the transaction ends."""

    @property
    def touched(self) -> Sequence[str]:
        """The references of the cases that were locked, each once."""

    def add(self, case: Case, *, agenda: Agenda) -> bool:
        """Keep a new case with the first line of its timeline; False when its reference is known already."""

    def lock(self, reference: str) -> Case:
        """Give the case for this action alone. Raises UnknownCaseError."""

    def first_case(self, reference: str) -> First | None:
        """Give what counts of the case to which another belongs; None when there is none of this number."""

    def decision(self, case: Case) -> Decision | None:
        """Give the decision that was taken."""

    def lock_next(self, *, by: str) -> Case | None:
        """Give the most urgent case that nobody holds, and that nobody else is taking; none that bars this person."""

    def keep(self, case: Case, *, before: Case, agenda: Agenda, now: datetime) -> None:
        """Keep what changed since `before`; the ledger only grows, and what must happen by itself is as it says now."""

    def add_file(self, case: Case, *, file: SentFile, at: datetime) -> bool:
        """Keep a file that came after the application; False when it is known already."""

    def correct(self, case: Case, *, at: datetime, revision: int | None = None) -> bool:
        """Keep the case with its corrected application, and the former beside it; False when this was kept already.

        Without a revision it is the next. Raises CorrectionTooEarlyError.
        """

    def judge_file(self, case: Case, *, file_id: UUID, scan: FileScan) -> tuple[str, str] | None:
        """Keep the verdict on a file; give its name and question, None if nothing changes. Raises UnknownFileError."""

    def note(self, case: Case, *, kind: str, at: datetime, who: str | None, details: Mapping[str, Any]) -> None:
        """Add a line to the timeline."""

    def note_sent(self, notice: NoticeSent) -> None:
        """Add to the timeline that a message went out. Raises UnknownCaseError."""

    def add_request(self, case: Case, *, request_id: UUID, question: Question, by: str, at: datetime) -> None:
        """Keep a question to the applicant."""

    def answer_request(self, request_id: UUID, *, asked: str, text: str, at: datetime) -> Sequence[str] | None:
        """Keep an answer and give what is still open; None when this was answered already."""

    def tasks_done(self, case: Case) -> Mapping[str, Done]:
        """Give what was done of the tasks of a case, by task."""

    def keep_task(self, case: Case, *, done: Done) -> None:
        """Keep that a task was done or left out, over what was kept of it before."""

    def reopen_task(self, case: Case, *, task: str) -> None:
        """Forget that a task was done."""

    def advice_of(self, case: Case) -> Sequence[Advice]:
        """Give all advice that was asked on a case, the newest first."""

    def add_advice(self, case: Case, *, advice: Advice, by: str) -> None:
        """Keep what is asked of whom."""

    def give_advice(self, advice_id: UUID, *, given: Given) -> bool:
        """Keep an answer; False when there is one already."""

    def add_link(self, advice: Advice, *, token: str) -> None:
        """Let this token open it; those before it go on to work."""

    def lapse_request(self, request_id: UUID, *, at: datetime) -> None:
        """Mark that the time to answer is over."""

    def cosign(self, case: Case, *, answered: CosignAnswered) -> bool:
        """Keep what the second signatory answered; False when there is an answer already."""

    def rename_cosignatory(self, case: Case, *, name: str, email: str) -> bool:
        """Keep whom the applicant has asked now; False when that is who was asked before."""

    def move_request(self, request_id: UUID, *, answer_by: date) -> None:
        """Keep a later day to answer."""

    def is_away(self, subject: str) -> bool:
        """Whether this person said to be away today."""

    def standing_still(self, *, on: date) -> Sequence[str]:
        """Give the references of open cases whose term stands still on this day for another reason than a question."""

    def draft(self, case: Case) -> SavedDraft | None:
        """Give the draft decision as it was saved last."""

    def keep_draft(self, case: Case, *, saved: SavedDraft) -> None:
        """Keep a draft over the former one."""

    def page(self, case: Case, *, editor: str) -> Draft | None:
        """Give what an open page of this case knows of the draft; None when there is no such page."""

    def know(self, case: Case, *, editor: str, draft: Draft, by: str, at: datetime) -> None:
        """Keep what an open page knows of the draft from now on."""

    def add_decision(self, case: Case, *, decision_id: UUID, decision: Decision, signed: Signed) -> None:
        """Keep the decision that was taken; a case has one, and where four eyes are asked no preparer signed it."""

    def add_opinion(self, given: OpinionGiven) -> None:
        """Keep what somebody thinks of a question or rule."""

    def keep_mark(self, case: Case, *, given: MarkGiven) -> bool:
        """Keep the applicant's mark over an earlier one; False when a later one is kept already, or this one."""

    def add_settled(self, case: Case, *, settled: PaymentSettled) -> bool:
        """Keep the payment that settles the fee; False when it is kept already."""

    def charge_back(self, case: Case, *, taken: PaymentChargedBack) -> bool:
        """Keep that a bank took back what settled the fee; False when it is kept already.

        Raises:
            UnknownPaymentError: this payment is not heard yet.
        """

    def add_returned(self, case: Case, *, returned: PaymentReturned) -> bool:
        """Keep a payment that went back, or has to; False when it is kept already."""

    def record_letter(self, case: Case, *, notice: NoticeSent) -> None:
        """Keep when and how the decision was sent first."""


class Products(Protocol):
    """The product as it was when the application came in."""

    @property
    def policy(self) -> Policy:
        """How the law of its terms is read where it is open."""

    def product(self, product_id: str, *, version: str) -> Product:
        """Give the product. Raises UnknownVersionError (shared.catalogue.versions)."""

    def to_decide_on(self, case: Case) -> Product:
        """Give the product of a case with the end and number that a decision gives: of an objection the first case's.

        Raises UnknownVersionError.
        """


class Letters(Protocol):
    """The decision as the applicant will read it."""

    def compose(self, decision: Decision, *, reference: str, sent_on: date) -> str:
        """Give the letter as HTML, from the template of the PDF."""


class Tell(Protocol):
    """Hands a fact to its hearers within the transaction."""

    def __call__(self, happened: object, /) -> object:
        """Tell it."""


class Whole(Protocol):
    """Gives a submission with nothing left out."""

    def __call__(self, said: SubmissionReceived, /) -> SubmissionReceived:
        """Open what is sealed in it. Raises SealedError where there is no key to it."""


class SealedError(Exception):
    """This was asked of a desk without the key of sealed answers."""


def refuse_sealed(said: SubmissionReceived, /) -> SubmissionReceived:
    """Give the submission if nothing in it is sealed (the port `Whole`, for who has no key)."""
    if said.sealed:
        raise SealedError
    return said


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that one action has at hand, within one transaction."""

    cases: Cases
    products: Products
    tell: Tell
    whole: Whole = refuse_sealed

"""Stand-ins for the ports of the workflow service, all in memory."""

# ruff: noqa: ARG002 a stand-in takes what the port takes and uses what the test needs

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.advice import Advice, Given
from services.workflow.domain.appeal import Appeal
from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft
from services.workflow.domain.ledger import Kind, all_of
from services.workflow.domain.linked import First
from services.workflow.domain.outcomes import Renewal, Renewed
from services.workflow.domain.question import Question
from services.workflow.domain.routing import Table
from services.workflow.domain.timers import Agenda, Timer
from services.workflow.domain.todo import Done
from services.workflow.domain.withdrawing import Prepared, Withdrawal
from services.workflow.ports import (
    CorrectionTooEarlyError,
    Desk,
    SavedDraft,
    Signed,
    UnknownCaseError,
    UnknownFileError,
)
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
)
from shared.law.calendar import long_date
from shared.law.terms import Policy, objection_term
from tests.products import CATALOGUE
from tests.services.workflow.fake_notices import FakeNotices
from tests.services.workflow.town import objecten

OTHERS = ("bezwaar",)


@dataclass
class FakeCases(FakeNotices):
    """Cases in memory, with everything that was noted."""

    cases: dict[str, Case] = field(default_factory=dict)
    deadlines: dict[str, date] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    timers: dict[str, tuple[Timer, ...]] = field(default_factory=dict)
    questions: dict[UUID, str] = field(default_factory=dict)
    moved: dict[UUID, date] = field(default_factory=dict)
    answers: dict[UUID, dict[str, str]] = field(default_factory=dict)
    asks: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    lapsed: set[UUID] = field(default_factory=set)
    drafts: dict[str, SavedDraft] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    letters: dict[str, NoticeSent] = field(default_factory=dict)
    marks: dict[str, MarkGiven] = field(default_factory=dict)
    payments: dict[UUID, PaymentSettled | PaymentReturned] = field(default_factory=dict)
    scans: dict[UUID, str] = field(default_factory=dict)
    later: dict[UUID, SentFile] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    cosignatories: dict[str, tuple[str, str]] = field(default_factory=dict)
    tasks: dict[str, Done] = field(default_factory=dict)
    advice: dict[UUID, Advice] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    opinions: list[OpinionGiven] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    replacements: dict[str, Renewed] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    retained_anew: list[str] = field(default_factory=list)
    prepared: dict[str, Prepared] = field(default_factory=dict)
    appeals: dict[UUID, tuple[str, Appeal]] = field(default_factory=dict)
    table: Table | None = None
    renewed: dict[str, tuple[Renewal, str]] = field(default_factory=dict)
    pages: dict[str, Draft] = field(default_factory=dict)

    def add(self, case: Case, *, agenda: Agenda) -> bool:
        if case.reference in self.cases:
            return False
        self.cases[case.reference] = case
        self.deadlines[case.reference], self.timers[case.reference] = agenda.deadline, agenda.timers
        self.notes.append("received")
        if who := case.submission.cosignatory:
            self.questions[who.request_id] = case.reference
        return True

    def lock(self, reference: str) -> Case:
        if reference not in self.cases:
            raise UnknownCaseError
        return self.cases[reference]

    def first_case(self, reference: str) -> First | None:
        case = self.cases.get(reference)
        if case is None:
            return None
        people = {case.handler, *(entry.who for entry in case.ledger if entry.kind is Kind.DECIDED)}
        return First(ledger=case.ledger, people=frozenset(each for each in people if each))

    def page(self, case: Case, *, editor: str) -> Draft | None:
        return self.pages.get(editor)

    def know(self, case: Case, *, editor: str, draft: Draft, by: str, at: datetime) -> None:
        self.pages[editor] = draft

    def routing(self) -> Table | None:
        return self.table

    def place(self, case: Case) -> None:
        self.cases[case.reference] = case

    def give_up(self, case: Case, *, because: str, at: datetime) -> bool:
        new = case.reference not in self.given_up
        self.given_up.add(case.reference)
        return new

    def drop_prepared(self, case: Case) -> None:
        self.prepared.pop(case.reference, None)

    def retain_anew(self, case: Case) -> None:
        self.retained_anew.append(case.reference)

    def withdraw_permit(self, case: Case, *, withdrawal: Withdrawal, by: str, at: datetime) -> None:
        self.given_up.add(case.reference)

    def appeals_of(self, case: Case) -> Sequence[Appeal]:
        return [appeal for reference, appeal in self.appeals.values() if reference == case.reference]

    def keep_appeal(self, case: Case, *, appeal: Appeal, by: str, at: datetime) -> bool:
        self.appeals[appeal.id] = (case.reference, appeal)
        return True

    def prepare_withdrawal(self, case: Case, *, prepared: Prepared) -> None:
        self.prepared[case.reference] = prepared

    def prepared_withdrawal(self, case: Case) -> Prepared | None:
        return self.prepared.get(case.reference)

    def renew_first(self, case: Case, *, renewal: Renewal, text: str, by: str | None, at: datetime) -> None:
        self.renewed[case.reference] = (renewal, text)

    def replaced(self, case: Case) -> Renewed | None:
        return self.replacements.get(case.reference)

    def has_ended(self, case: Case) -> bool:
        return case.reference in self.given_up

    def decision(self, case: Case) -> Decision | None:
        return self.decisions.get(case.reference)

    def lock_next(self, *, by: str) -> Case | None:
        free = [
            case
            for case in self.cases.values()
            if case.handler is None and case.status in ("received", "in_progress") and by not in case.barred
        ]
        return min(free, key=lambda case: self.deadlines[case.reference], default=None)

    def keep(self, case: Case, *, before: Case, agenda: Agenda, now: datetime) -> None:
        assert case.ledger[: len(before.ledger)] == before.ledger
        self.cases[case.reference] = case
        self.deadlines[case.reference], self.timers[case.reference] = agenda.deadline, agenda.timers

    def add_file(self, case: Case, *, file: SentFile, at: datetime) -> bool:
        new = file.id not in self.later
        self.later[file.id] = file
        return new

    def correct(self, case: Case, *, at: datetime, revision: int | None = None) -> bool:
        known = self.revisions.get(case.reference, 0)
        revision = revision or known + 1
        if revision > known + 1:
            raise CorrectionTooEarlyError(revision)
        if revision <= known:
            return False
        self.revisions[case.reference] = revision
        self.cases[case.reference] = case
        return True

    def judge_file(self, case: Case, *, file_id: UUID, scan: FileScan) -> tuple[str, str] | None:
        came = (*case.submission.files, *self.later.values())
        file = next((one for one in came if one.id == file_id), None)
        if file is None:
            raise UnknownFileError(file_id)
        if self.scans.get(file_id, file.scan) == scan:
            return None
        self.scans[file_id] = scan
        return file.name, file.question

    def note(self, case: Case, *, kind: str, at: datetime, who: str | None, details: Mapping[str, Any]) -> None:
        self.notes.append(kind)

    def note_sent(self, notice: NoticeSent) -> None:
        if notice.reference not in self.cases:
            raise UnknownCaseError
        self.notes.append("sent")

    def add_request(self, case: Case, *, request_id: UUID, question: Question, by: str, at: datetime) -> None:
        self.questions[request_id] = case.reference
        self.asks[request_id] = question.asks

    def answer_request(self, request_id: UUID, *, asked: str, text: str, at: datetime) -> Sequence[str] | None:
        given = self.answers.setdefault(request_id, {})
        if asked in given:
            return None
        given[asked] = text
        return [each for each in self.asks.get(request_id, ()) if each not in given]

    def tasks_done(self, case: Case) -> Mapping[str, Done]:
        return self.tasks

    def keep_task(self, case: Case, *, done: Done) -> None:
        self.tasks[done.task] = done

    def reopen_task(self, case: Case, *, task: str) -> None:
        del self.tasks[task]

    def advice_of(self, case: Case) -> Sequence[Advice]:
        return list(self.advice.values())

    def add_advice(self, case: Case, *, advice: Advice, by: str) -> None:
        self.advice[advice.id] = advice

    def give_advice(self, advice_id: UUID, *, given: Given) -> bool:
        self.advice[advice_id] = replace(self.advice[advice_id], given=given)
        return True

    def add_link(self, advice: Advice, *, token: str) -> None:
        self.links.append(token)

    def lapse_request(self, request_id: UUID, *, at: datetime) -> None:
        self.lapsed.add(request_id)

    def cosign(self, case: Case, *, answered: CosignAnswered) -> bool:
        return self.answer_request(answered.request_id, asked="", text=answered.because, at=answered.at) is not None

    def rename_cosignatory(self, case: Case, *, name: str, email: str) -> bool:
        before = self.cosignatories.get(case.reference)
        self.cosignatories[case.reference] = (name, email)
        return before != (name, email)

    def move_request(self, request_id: UUID, *, answer_by: date) -> None:
        self.moved[request_id] = answer_by

    def is_away(self, subject: str) -> bool:
        return subject in self.away

    def standing_still(self, *, on: date) -> Sequence[str]:
        stops = {case.reference: all_of(Kind.SUSPENDED, ledger=case.ledger) for case in self.cases.values()}
        return [reference for reference, found in stops.items() if any(on <= (stop.last or on) for stop in found)]

    def draft(self, case: Case) -> SavedDraft | None:
        return self.drafts.get(case.reference)

    def keep_draft(self, case: Case, *, saved: SavedDraft) -> None:
        self.drafts[case.reference] = saved

    def add_decision(self, case: Case, *, decision_id: UUID, decision: Decision, signed: Signed) -> None:
        assert case.reference not in self.decisions
        self.decisions[case.reference] = decision

    def add_opinion(self, given: OpinionGiven) -> None:
        self.opinions.append(given)

    def keep_mark(self, case: Case, *, given: MarkGiven) -> bool:
        known = self.marks.get(case.reference)
        if known and known.at >= given.at:
            return False
        self.marks[case.reference] = given
        return True

    def add_settled(self, case: Case, *, settled: PaymentSettled) -> bool:
        return self._add_payment(settled.payment_id, told=settled)

    def add_returned(self, case: Case, *, returned: PaymentReturned) -> bool:
        return self._add_payment(returned.payment_id, told=returned)

    def charge_back(self, case: Case, *, taken: PaymentChargedBack) -> bool:
        raise NotImplementedError

    def _add_payment(self, payment_id: UUID, *, told: PaymentSettled | PaymentReturned) -> bool:
        known = payment_id in self.payments
        self.payments.setdefault(payment_id, told)
        return not known

    def record_letter(self, case: Case, *, notice: NoticeSent) -> None:
        self.letters.setdefault(case.reference, notice)


class FakeProducts:
    """The permit for an object, whatever is named, and what is none."""

    policy = Policy()

    def product(self, product_id: str, *, version: str) -> Product:
        return CATALOGUE.products[product_id] if product_id in OTHERS else objecten()

    def to_decide_on(self, case: Case) -> Product:
        return self.product(case.submission.product, version=case.submission.version)


@dataclass
class FakeLetters:
    """A letter of one line; without the remedies when `remedies` is off."""

    remedies: bool = True

    def compose(self, decision: Decision, *, reference: str, sent_on: date) -> str:
        until = long_date(objection_term(sent_on).safe)
        return f"<p>U kunt bezwaar maken tot en met {until}.</p>" if self.remedies else "<p>Dag.</p>"


@dataclass
class FakeDesk:
    """A desk in memory with what was told from it."""

    cases: FakeCases = field(default_factory=FakeCases)
    told: list[Any] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """The desk as the actions want it."""
        return Desk(cases=self.cases, products=FakeProducts(), tell=self.told.append)

    @property
    def names(self) -> list[str]:
        """What was told, by name."""
        return [type(fact).__name__ for fact in self.told]

    def change(self, reference: str, **changes: Any) -> None:
        """Have someone else change a case meanwhile."""
        self.cases.cases[reference] = replace(self.cases.cases[reference], **changes)

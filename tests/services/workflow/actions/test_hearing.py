"""What facts from elsewhere set in motion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.workflow.actions import announcing, answering, filing, handling, hearing
from services.workflow.actions.hearing import StillTimeError
from services.workflow.domain.case import AlreadyDecidedError, UnknownRequestError
from services.workflow.domain.question import Question
from services.workflow.ports import UnknownCaseError
from shared.events import (
    AnswerAwaited,
    ApplicationWithdrawn,
    CaseMoved,
    CaseOpened,
    DeadlineChanged,
    FileAdded,
    FileRefused,
    FileScanned,
    MarkGiven,
    OpinionGiven,
)
from shared.ids import new_id
from shared.values import ADVICE_FILE
from tests.contracts.samples import FILE
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.town import MILA, NOW, REFERENCE, SAMIR, given, notice, submission

UNTIL = date(2026, 12, 8)


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case on it."""
    made = FakeDesk()
    hearing.open_case(submission(), now=NOW, desk=made.desk)
    return made


def ask(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    question = Question(text="Hoe breed is de stoep?", answer_by=UNTIL)
    handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=office.desk)
    office.told.clear()


def test_a_submission_opens_one_case_and_tells_its_deadline_with_steps(office: FakeDesk) -> None:
    opened = office.told[0]
    assert isinstance(opened, CaseOpened)
    assert (opened.reference, opened.sequence, opened.decide_by) == (REFERENCE, 1, date(2027, 1, 19))
    assert opened.steps[0].article == "APV 1:2 lid 1"
    assert opened.shown == submission().shown


def test_a_file_that_stays_shut_is_told_to_the_applicant_while_the_case_is_open(office: FakeDesk) -> None:
    filing.add_file(FileAdded(reference=REFERENCE, at=NOW, file=FILE, words=""), now=NOW, desk=office.desk)
    office.told.clear()
    for _ in range(2):
        found = FileScanned(reference=REFERENCE, file_id=FILE.id, scan="infected")
        filing.judge_file(found, now=NOW, desk=office.desk)
    (told,) = office.told
    assert isinstance(told, FileRefused)
    assert (told.because, told.contact.email) == ("infected", "noor@example.org")
    assert office.cases.notes[-2:] == ["file_added", "infected"]
    advised = replace(FILE, id=new_id(), question=ADVICE_FILE)
    filing.add_file(FileAdded(reference=REFERENCE, at=NOW, file=advised, words="Brandweer"), now=NOW, desk=office.desk)
    assert office.cases.notes[-1] == "advice_file"
    filing.judge_file(replace(found, file_id=advised.id), now=NOW, desk=office.desk)
    assert office.cases.notes[-1] == "infected"
    assert office.told == [told]  # the applicant did not send that one


def test_a_file_after_the_end_is_kept_and_noted_as_too_late(office: FakeDesk) -> None:
    back = ApplicationWithdrawn(reference=REFERENCE, at=NOW, because="")
    hearing.receive_withdrawal(back, now=NOW, desk=office.desk)
    filing.add_file(FileAdded(reference=REFERENCE, at=NOW, file=FILE, words=""), now=NOW, desk=office.desk)
    assert office.cases.notes[-1] == "file_added_too_late"
    office.told.clear()
    filing.judge_file(FileScanned(reference=REFERENCE, file_id=FILE.id, scan="unjudged"), now=NOW, desk=office.desk)
    assert office.told == []


def test_a_case_opened_long_after_receipt_tells_the_moment_of_receipt() -> None:
    office = FakeDesk()
    later = NOW + timedelta(days=1)
    hearing.open_case(submission(), now=later, desk=office.desk)
    opened = office.told[0]
    assert isinstance(opened, CaseOpened)
    assert (opened.at, opened.received_at, opened.decide_by) == (later, NOW, date(2027, 1, 19))


def test_the_same_submission_told_again_opens_nothing(office: FakeDesk) -> None:
    hearing.open_case(submission(), now=NOW, desk=office.desk)
    assert office.names == ["CaseOpened"]
    assert office.cases.notes == ["received"]


def test_an_answer_lets_the_clock_run_again_and_says_why(office: FakeDesk) -> None:
    ask(office)
    (request_id,) = office.cases.questions
    later = NOW + timedelta(days=6)
    answering.receive_answer(given(request_id, at=later), now=later, desk=office.desk)
    changed = office.told[0]
    assert isinstance(changed, DeadlineChanged)
    assert changed.decide_by == date(2027, 1, 24)  # five days later: 25 up to and including 29 November
    assert "30 november 2026" in changed.because.nl
    assert "Awb 4:15 lid 1 onder a" in [step.article for step in changed.steps]
    assert office.cases.cases[REFERENCE].status == "in_progress"
    assert office.cases.deadlines[REFERENCE] == date(2027, 1, 24)


def test_the_same_answer_told_again_changes_nothing(office: FakeDesk) -> None:
    ask(office)
    (request_id,) = office.cases.questions
    for _ in range(2):
        answering.receive_answer(given(request_id, at=NOW), now=NOW, desk=office.desk)
    assert office.names == ["DeadlineChanged"]
    assert office.cases.notes.count("answered") == 1


def test_an_answer_to_nothing_is_refused(office: FakeDesk) -> None:
    with pytest.raises(UnknownRequestError):
        answering.receive_answer(given(new_id(), at=NOW), now=NOW, desk=office.desk)


def test_the_wait_ends_after_the_last_day_and_tells_it_once(office: FakeDesk) -> None:
    ask(office)
    (request_id,) = office.cases.questions
    with pytest.raises(StillTimeError):
        hearing.end_waiting(REFERENCE, request_id=request_id, now=NOW + timedelta(days=14), desk=office.desk)
    assert office.told == []
    for day in (15, 16):
        hearing.end_waiting(REFERENCE, request_id=request_id, now=NOW + timedelta(days=day), desk=office.desk)
    (changed,) = office.told
    assert isinstance(changed, DeadlineChanged)
    assert (changed.status, changed.sequence) == ("in_progress", 4)
    assert changed.decide_by == date(2027, 2, 2)  # 14 days stood still
    assert "8 december 2026" in changed.because.nl
    assert office.cases.notes[-1] == "lapsed"


def test_a_reminder_names_the_last_day_and_goes_only_while_an_answer_can_come(office: FakeDesk) -> None:
    ask(office)
    (request_id,) = office.cases.questions
    hearing.remind_applicant(REFERENCE, request_id=request_id, now=NOW + timedelta(days=7), desk=office.desk)
    (awaited,) = office.told
    assert isinstance(awaited, AnswerAwaited)
    assert (awaited.answer_by, awaited.contact.email) == (UNTIL, "noor@example.org")
    assert office.cases.notes[-1] == "reminded"
    answering.receive_answer(given(request_id, at=NOW), now=NOW, desk=office.desk)
    office.told.clear()
    hearing.remind_applicant(REFERENCE, request_id=request_id, now=NOW + timedelta(days=7), desk=office.desk)
    assert office.told == []


def test_an_answer_after_the_lapse_is_kept_but_tells_nothing_new(office: FakeDesk) -> None:
    ask(office)
    (request_id,) = office.cases.questions
    hearing.end_waiting(REFERENCE, request_id=request_id, now=NOW + timedelta(days=15), desk=office.desk)
    office.told.clear()
    late = NOW + timedelta(days=20)
    answering.receive_answer(given(request_id, at=late), now=late, desk=office.desk)
    assert office.told == []
    assert office.cases.answers[request_id]


def test_every_sent_message_lands_on_the_timeline_and_moves_nothing(office: FakeDesk) -> None:
    announcing.record_sent(notice("receipt", at=NOW), now=NOW, desk=office.desk)
    assert office.cases.notes == ["received", "sent"]
    assert office.cases.cases[REFERENCE].status == "received"


def test_a_message_of_no_case_is_refused(office: FakeDesk) -> None:
    with pytest.raises(UnknownCaseError):
        announcing.record_sent(notice("receipt", at=NOW, reference="Z-2026-XXXX-XXXX"), now=NOW, desk=office.desk)


def test_an_application_that_is_taken_back_closes_its_case_and_says_so_once(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    office.told.clear()
    taken_back = ApplicationWithdrawn(reference=REFERENCE, at=NOW, because="Het gaat niet door.")
    for _ in range(2):
        hearing.receive_withdrawal(taken_back, now=NOW, desk=office.desk)
    assert office.cases.cases[REFERENCE].status == "withdrawn"
    assert [(type(fact), fact.status) for fact in office.told] == [(CaseMoved, "withdrawn")]
    with pytest.raises(AlreadyDecidedError):
        handling.claim(REFERENCE, person=MILA, now=NOW, desk=office.desk)


def test_the_latest_mark_counts_in_whatever_order_they_come(office: FakeDesk) -> None:
    first = MarkGiven(reference=REFERENCE, at=NOW, mark=8, words="", steps=())
    given = [replace(first, at=NOW + timedelta(days=n), mark=8 - n) for n in range(3)]
    for each in (given[0], given[2], given[1], given[2]):
        hearing.receive_mark(each, now=NOW, desk=office.desk)
    assert office.cases.marks == {REFERENCE: given[2]}
    assert office.cases.notes.count("marked") == 2


def test_a_withdrawal_that_overtakes_its_submission_is_tried_again() -> None:
    early = ApplicationWithdrawn(reference=REFERENCE, at=NOW, because="")
    with pytest.raises(UnknownCaseError):
        hearing.receive_withdrawal(early, now=NOW, desk=FakeDesk().desk)


def test_an_opinion_is_kept_and_belongs_to_no_case(office: FakeDesk) -> None:
    office.told.clear()
    given = OpinionGiven(product="objecten", subject="purpose", verdict="unclear", words="Wat?", on=UNTIL)
    hearing.receive_opinion(given, now=NOW, desk=office.desk)
    assert office.cases.opinions == [given]
    assert office.told == []

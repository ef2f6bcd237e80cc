"""Taking, handing over and laying back a case, and asking the applicant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.workflow.actions import handling, hearing
from services.workflow.actions.handling import MayNotHandleError
from services.workflow.domain.case import AlreadyDecidedError, CaseTakenError, NotYourCaseError
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.question import Question
from services.workflow.ports import UnknownCaseError
from shared.events import CaseMoved, InformationAsked
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import BRAM, ELS, MILA, NOW, REFERENCE, SAMIR, submission

GOOD = Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 8))


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case on it, and nothing told yet."""
    return office_with(submission())


def test_the_next_case_is_the_one_with_the_least_time(office: FakeDesk) -> None:
    older = submission("Z-2026-OLD1-0001", received_at=NOW - timedelta(days=20))
    hearing.open_case(older, now=NOW, desk=office.desk)
    assert handling.take_next(person=SAMIR, now=NOW, desk=office.desk) == "Z-2026-OLD1-0001"
    assert handling.take_next(person=MILA, now=NOW, desk=office.desk) == REFERENCE
    assert handling.take_next(person=ELS, now=NOW, desk=office.desk) is None


def test_the_first_claim_tells_that_the_case_is_in_progress_the_second_nothing(office: FakeDesk) -> None:
    for _ in range(2):
        handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    (moved,) = office.told
    assert isinstance(moved, CaseMoved)
    assert (moved.status, moved.sequence) == ("in_progress", 2)
    assert office.cases.notes.count("claimed") == 1


def test_a_colleagues_case_is_not_claimed_but_can_be_assigned(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(CaseTakenError):
        handling.claim(REFERENCE, person=MILA, now=NOW, desk=office.desk)
    handling.assign(REFERENCE, to=MILA, person=ELS, now=NOW, desk=office.desk)
    assert office.cases.cases[REFERENCE].handler == "mila"
    assert office.cases.notes[-1] == "assigned"
    assert office.names == ["CaseMoved"]


def test_nobody_gets_a_case_who_does_not_work_on_cases(office: FakeDesk) -> None:
    with pytest.raises(MayNotHandleError):
        handling.assign(REFERENCE, to=BRAM, person=ELS, now=NOW, desk=office.desk)


def test_a_lead_lays_back_a_colleagues_case_a_handler_does_not(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(NotYourCaseError):
        handling.release(REFERENCE, person=MILA, now=NOW, desk=office.desk)
    handling.release(REFERENCE, person=ELS, now=NOW, desk=office.desk)
    handling.release(REFERENCE, person=ELS, now=NOW, desk=office.desk)
    assert office.cases.cases[REFERENCE].handler is None
    assert office.cases.notes.count("released") == 1


def test_a_question_is_told_with_its_last_day_and_stops_the_clock(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    handling.ask_applicant(REFERENCE, question=GOOD, person=SAMIR, now=NOW, desk=office.desk)
    asked = office.told[-1]
    assert isinstance(asked, InformationAsked)
    assert (asked.question, asked.answer_by, asked.sequence) == (GOOD.text, GOOD.answer_by, 3)
    assert asked.decide_by == date(2027, 1, 19)
    assert office.cases.cases[REFERENCE].status == "awaiting_supplement"


def test_a_case_that_waits_is_not_handed_out(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    handling.ask_applicant(REFERENCE, question=GOOD, person=SAMIR, now=NOW, desk=office.desk)
    handling.release(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    assert handling.take_next(person=MILA, now=NOW, desk=office.desk) is None


def test_a_faulty_question_changes_nothing(office: FakeDesk) -> None:
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    office.told.clear()
    sunday = Question(text="Hoe breed?", answer_by=date(2026, 12, 6))
    with pytest.raises(FaultyInputError):
        handling.ask_applicant(REFERENCE, question=sunday, person=SAMIR, now=NOW, desk=office.desk)
    assert office.told == []
    assert office.cases.cases[REFERENCE].status == "in_progress"


def test_nothing_happens_to_a_decided_or_unknown_case(office: FakeDesk) -> None:
    office.change(REFERENCE, status="decided")
    with pytest.raises(AlreadyDecidedError):
        handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(UnknownCaseError):
        handling.claim("Z-2026-XXXX-XXXX", person=SAMIR, now=NOW, desk=office.desk)

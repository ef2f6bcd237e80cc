"""An application is left unprocessed only after a question that got no sufficient answer, and in time (Awb 4:5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from services.workflow.actions import deciding, handling, hearing
from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.outcomes import NotProcessableError
from services.workflow.domain.question import Question
from tests.services.workflow.fakes import FakeDesk, FakeLetters
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, submission

LAST_DAY = date(2026, 12, 8)
LAPSED = NOW + timedelta(days=15)
DRAFT = Draft(result="not_processed", own_reason="De tekening ontbreekt nog.")


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case, which Samir holds."""
    return office_with(submission(), taken_by=SAMIR)


def unanswered(office: FakeDesk) -> None:
    question = Question(text="Waar is de tekening?", answer_by=LAST_DAY)
    handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=office.desk)
    (asked,) = office.cases.questions
    hearing.end_waiting(REFERENCE, request_id=asked, now=LAPSED, desk=office.desk)


def decide(office: FakeDesk, draft: Draft = DRAFT, *, now: datetime = LAPSED) -> None:
    deciding.decide(REFERENCE, draft=draft, person=SAMIR, now=now, desk=office.desk, letters=FakeLetters())


def test_who_asked_nothing_cannot_leave_it_unprocessed(office: FakeDesk) -> None:
    with pytest.raises(NotProcessableError):
        decide(office)
    assert REFERENCE not in office.cases.decisions


def test_after_an_unused_repair_term_it_is_left_with_what_is_missing_and_the_article(office: FakeDesk) -> None:
    unanswered(office)
    decide(office)
    decision = office.cases.decisions[REFERENCE]
    assert (decision.result, decision.conditions) == ("not_processed", ())
    assert [(reason.text, reason.source) for reason in decision.reasons] == [
        ("De tekening ontbreekt nog.", "Awb 4:5 lid 1")
    ]


def test_four_weeks_later_it_is_too_late(office: FakeDesk) -> None:
    unanswered(office)
    with pytest.raises(NotProcessableError):
        decide(office, now=NOW + timedelta(weeks=7))


def test_it_says_what_is_missing(office: FakeDesk) -> None:
    unanswered(office)
    with pytest.raises(FaultyInputError):
        decide(office, Draft(result="not_processed"))

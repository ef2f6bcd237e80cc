"""A case without its second signatory stands still, and goes on with an answer or without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.workflow.actions import cosigning, handling, hearing
from services.workflow.domain.case import WaitingForApplicantError, decide
from services.workflow.domain.clock import terms_of
from services.workflow.ports import UnknownCaseError
from shared.events import Contact, CosignAnswered, CosignAsked, Cosignatory, DeadlineChanged, Nature, Words
from shared.ids import new_id
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, objecten, submission

REQUEST: UUID = new_id()
WHO = Cosignatory(
    request_id=REQUEST,
    who=Words(nl="De eigenaar", en="The owner"),
    name="Els Berg",
    email="els@example.org",
    answer_by=date(2026, 12, 8),
)


@pytest.fixture
def office() -> FakeDesk:
    """A desk with a case that its owner must agree to."""
    return office_with(replace(submission(), cosignatory=WHO))


def answer(office: FakeDesk, *, days: int = 4, agreed: bool = True, because: str = "") -> None:
    at = NOW + timedelta(days=days)
    said = CosignAnswered(reference=REFERENCE, request_id=REQUEST, at=at, agreed=agreed, because=because)
    cosigning.receive_cosign(said, now=at, desk=office.desk)


def last_day(office: FakeDesk, *, today: date) -> date:
    return office.cases.cases[REFERENCE].clock(terms=terms_of(objecten().process), today=today).decide_by


def test_it_was_received_on_the_day_of_sending_and_stands_still_from_the_day_after(office: FakeDesk) -> None:
    case = office.cases.cases[REFERENCE]
    assert (case.status, case.awaits_cosignatory) == ("awaiting_supplement", True)
    assert case.ledger[0].on == NOW.date()
    assert last_day(office, today=date(2026, 11, 24)) == date(2027, 1, 19)
    assert last_day(office, today=date(2026, 12, 4)) == date(2027, 1, 28)


def test_nobody_takes_or_decides_it_while_it_waits(office: FakeDesk) -> None:
    assert handling.take_next(person=SAMIR, now=NOW, desk=office.desk) is None
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(WaitingForApplicantError):
        decide(office.cases.cases[REFERENCE], by=SAMIR.subject, at=NOW)


def test_with_the_agreement_it_lies_ready_and_the_days_of_waiting_are_added(office: FakeDesk) -> None:
    answer(office)
    assert office.cases.cases[REFERENCE].status == "received"
    assert office.names == ["DeadlineChanged"]
    assert office.told[0].decide_by == date(2027, 1, 22)
    assert "akkoord van de tweede ondertekenaar" in office.told[0].because.nl
    assert handling.take_next(person=SAMIR, now=NOW, desk=office.desk) == REFERENCE
    assert office.cases.notes == ["received", "cosigned", "claimed"]


def test_a_no_lets_the_handler_go_on_and_tells_the_applicant(office: FakeDesk) -> None:
    answer(office, agreed=False, because="Te breed")
    assert office.cases.notes[-1] == "not_cosigned"
    assert "ging niet akkoord" in office.told[0].because.nl


def test_a_second_answer_changes_nothing(office: FakeDesk) -> None:
    answer(office)
    before = office.cases.cases[REFERENCE]
    answer(office, days=5, agreed=False)
    assert (office.cases.cases[REFERENCE], len(office.told)) == (before, 1)


def test_without_an_answer_the_clock_runs_again_and_the_case_is_handed_out(office: FakeDesk) -> None:
    for _ in range(2):
        hearing.end_waiting(REFERENCE, request_id=REQUEST, now=NOW + timedelta(days=15), desk=office.desk)
    assert office.names == ["DeadlineChanged"]
    told = office.told[0]
    assert isinstance(told, DeadlineChanged)
    assert "Wij kregen geen akkoord" in told.because.nl
    assert office.cases.notes == ["received", "cosign_lapsed"]
    assert handling.take_next(person=SAMIR, now=NOW, desk=office.desk) == REFERENCE


def test_an_agreement_after_that_is_kept_and_moves_no_date(office: FakeDesk) -> None:
    hearing.end_waiting(REFERENCE, request_id=REQUEST, now=NOW + timedelta(days=15), desk=office.desk)
    before = office.cases.cases[REFERENCE]
    answer(office, days=20)
    assert office.cases.cases[REFERENCE] == before
    assert office.cases.notes[-1] == "cosigned"


def test_an_answer_that_overtook_its_application_is_told_again() -> None:
    with pytest.raises(UnknownCaseError):
        answer(FakeDesk())


def test_another_address_stands_on_the_timeline(office: FakeDesk) -> None:
    for _ in range(2):
        cosigning.receive_cosign_turn(_asked(email="goed@example.org", at=NOW), now=NOW, desk=office.desk)
    assert office.cases.notes == ["received", "cosign_elsewhere"]


def _asked(*, email: str, at: datetime) -> CosignAsked:
    return CosignAsked(
        reference=REFERENCE,
        request_id=REQUEST,
        at=at,
        turn="again",
        title=Words(nl="Uitrit", en="Driveway"),
        nature=Nature.REPORT,
        name="Els Berg",
        email=email,
        language="nl",
        link="http://forms.example/akkoord/x",
        valid_until=date(2026, 12, 8),
        answer_by=date(2026, 12, 8),
        contact=Contact(name="Noor", email="noor@example.org", language="nl", status_link="http://forms.example/s/x"),
    )

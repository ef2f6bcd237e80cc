"""What may happen to a case, by whom and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.workflow.domain import case as cases
from services.workflow.domain.case import (
    AlreadyDecidedError,
    Case,
    CaseTakenError,
    NotYourCaseError,
    UnknownRequestError,
    WaitingForApplicantError,
)
from services.workflow.domain.ledger import Kind
from shared.ids import new_id
from tests.services.workflow.town import NOW, submission

QUESTION = UUID(int=1)
UNTIL = date(2026, 12, 8)


def fresh() -> Case:
    return cases.open_case(new_id(), submission=submission())


def held() -> Case:
    return cases.claim(fresh(), by="samir")


def waiting(*, at: datetime = NOW) -> Case:
    return cases.ask(held(), by="samir", request_id=QUESTION, answer_by=UNTIL, at=at)


def decided() -> Case:
    return cases.decide(held(), by="samir", at=NOW)


def test_a_new_case_is_received_and_belongs_to_nobody() -> None:
    case = fresh()
    assert (case.status, case.handler, [entry.kind for entry in case.ledger]) == ("received", None, [Kind.RECEIVED])


def test_the_first_claim_puts_the_case_in_progress() -> None:
    assert (held().status, held().handler) == ("in_progress", "samir")


def test_claiming_twice_changes_nothing() -> None:
    case = held()
    assert cases.claim(case, by="samir") == case


def test_a_case_that_a_colleague_holds_cannot_be_claimed() -> None:
    with pytest.raises(CaseTakenError):
        cases.claim(held(), by="mila")


def test_a_released_case_stays_in_progress_and_is_free() -> None:
    case = cases.release(held(), by="samir")
    assert (case.status, case.handler) == ("in_progress", None)


def test_only_who_holds_a_case_lays_it_back_unless_one_may_assign() -> None:
    with pytest.raises(NotYourCaseError):
        cases.release(held(), by="mila")
    assert cases.release(held(), by=None).handler is None


def test_a_question_makes_the_case_wait_and_enters_the_ledger() -> None:
    case = waiting()
    assert case.status == "awaiting_supplement"
    assert (case.ledger[-1].kind, case.ledger[-1].answer_by, case.ledger[-1].who) == (Kind.ASKED, UNTIL, "samir")


def test_only_who_holds_the_case_asks_or_decides() -> None:
    with pytest.raises(NotYourCaseError):
        cases.ask(held(), by="mila", request_id=QUESTION, answer_by=UNTIL, at=NOW)
    with pytest.raises(NotYourCaseError):
        cases.decide(held(), by="els", at=NOW)


def test_a_case_that_waits_is_not_decided_and_not_asked_again() -> None:
    with pytest.raises(WaitingForApplicantError):
        cases.decide(waiting(), by="samir", at=NOW)
    with pytest.raises(WaitingForApplicantError):
        cases.ask(waiting(), by="samir", request_id=new_id(), answer_by=UNTIL, at=NOW)


def test_an_answer_in_time_puts_the_case_in_progress_again() -> None:
    case = cases.answer(waiting(), request_id=QUESTION, at=NOW + timedelta(days=3))
    assert (case.status, case.ledger[-1].kind) == ("in_progress", Kind.ANSWERED)


def test_an_answer_on_the_last_day_still_counts_after_the_lapse_was_noted() -> None:
    lapsed = cases.lapse(waiting(), request_id=QUESTION, at=NOW + timedelta(days=15))
    case = cases.answer(lapsed, request_id=QUESTION, at=datetime.fromisoformat("2026-12-08T22:30:00+00:00"))
    assert case.ledger[-1].kind is Kind.ANSWERED
    assert case.status == "in_progress"


def test_an_answer_after_the_last_day_ends_the_waiting_without_counting_as_an_answer() -> None:
    case = cases.answer(waiting(), request_id=QUESTION, at=NOW + timedelta(days=20))
    assert (case.status, case.ledger[-1].kind) == ("in_progress", Kind.LAPSED)


def test_a_second_answer_changes_nothing() -> None:
    once = cases.answer(waiting(), request_id=QUESTION, at=NOW + timedelta(days=3))
    assert cases.answer(once, request_id=QUESTION, at=NOW + timedelta(days=4)) is once


def test_an_answer_to_an_old_question_does_not_end_the_waiting_for_a_new_one() -> None:
    lapsed = cases.lapse(waiting(), request_id=QUESTION, at=NOW + timedelta(days=15))
    again = cases.ask(lapsed, by="samir", request_id=UUID(int=2), answer_by=date(2026, 12, 22), at=NOW)
    late = cases.answer(again, request_id=QUESTION, at=NOW + timedelta(days=3))
    assert late.status == "awaiting_supplement"


def test_nobody_answers_what_was_not_asked() -> None:
    with pytest.raises(UnknownRequestError):
        cases.answer(held(), request_id=QUESTION, at=NOW)


def test_a_lapse_is_noted_once_and_never_after_an_answer() -> None:
    lapsed = cases.lapse(waiting(), request_id=QUESTION, at=NOW + timedelta(days=15))
    assert (lapsed.status, lapsed.ledger[-1].kind) == ("in_progress", Kind.LAPSED)
    assert cases.lapse(lapsed, request_id=QUESTION, at=NOW) is lapsed
    answered = cases.answer(waiting(), request_id=QUESTION, at=NOW + timedelta(days=3))
    assert cases.lapse(answered, request_id=QUESTION, at=NOW) is answered


def test_after_the_decision_nothing_more_is_decided_asked_or_handed_over() -> None:
    acts: list[Callable[[], Case]] = [
        lambda: cases.decide(decided(), by="samir", at=NOW),
        lambda: cases.ask(decided(), by="samir", request_id=QUESTION, answer_by=UNTIL, at=NOW),
        lambda: cases.claim(decided(), by="mila"),
        lambda: cases.assign(decided(), to="mila"),
        lambda: cases.release(decided(), by="samir"),
    ]
    for act in acts:
        with pytest.raises(AlreadyDecidedError):
            act()


def test_the_first_sending_of_the_decision_counts() -> None:
    sent = cases.announce(decided(), at=NOW)
    assert (sent.status, sent.ledger[-1].kind) == ("announced", Kind.SENT)
    assert cases.announce(sent, at=NOW + timedelta(days=1)) is sent
    again = cases.announce(sent, at=NOW + timedelta(days=1), again=True)
    assert again.ledger[-1].at == NOW + timedelta(days=1)
    assert cases.announce(held(), at=NOW, again=True).status == "in_progress"


def test_a_case_that_was_not_decided_is_not_announced() -> None:
    assert cases.announce(held(), at=NOW).status == "in_progress"


def test_messages_go_to_the_organisation_when_there_is_one() -> None:
    said = submission()
    company = replace(said, applicant=replace(said.applicant, organisation="Bakkerij ’t Zonnetje"))
    assert replace(fresh(), submission=company).contact.name == "Bakkerij ’t Zonnetje"

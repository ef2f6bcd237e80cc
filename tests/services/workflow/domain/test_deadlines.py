"""What staff may do to the term of a case, and what the law keeps them from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.workflow.domain import case as cases
from services.workflow.domain import deadlines
from services.workflow.domain.case import Case, NotYourCaseError
from services.workflow.domain.clock import Clock, Terms
from services.workflow.domain.deadlines import (
    DatesCrossError,
    NoExtensionError,
    NotSuspendedError,
    ProofNeededError,
    Stop,
    TermPassedError,
)
from shared.law.terms import Amount, Ground, SetBy, TermRule, Unit
from tests.services.workflow.town import submission

RULE = TermRule(
    amount=8,
    unit=Unit.weeks,
    set_by=SetBy.ordinance,
    article="APV 1:2 lid 1",
    extension=Amount(amount=8, unit=Unit.weeks, article="APV 1:2 lid 2"),
)
STOP = UUID(int=7)


def taken() -> Case:
    return cases.claim(cases.open_case(UUID(int=1), submission=submission()), by="samir")


def received() -> date:
    return taken().ledger[0].on


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def clock(case: Case, *, today: date) -> Clock:
    return case.clock(terms=Terms(rule=RULE), today=today)


def stop(ground: Ground, *, first: date, last: date | None = None, document: str | None = None) -> Stop:
    return Stop(id=STOP, ground=ground, first=first, last=last, document=document)


def suspend(case: Case, chosen: Stop) -> Case:
    return deadlines.suspend(case, by="samir", at=at(chosen.first), clock=clock(case, today=chosen.first), stop=chosen)


def test_consent_to_delay_is_in_writing() -> None:
    day = received() + timedelta(days=7)
    with pytest.raises(ProofNeededError):
        suspend(taken(), stop(Ground.consent, first=day, last=day))
    case = suspend(taken(), stop(Ground.consent, first=day, last=day + timedelta(days=6), document="brief van 1 maart"))
    assert clock(case, today=day + timedelta(days=20)).suspended_days == 7


def test_a_term_that_is_over_cannot_be_stopped() -> None:
    over = received() + timedelta(days=57)
    with pytest.raises(TermPassedError):
        suspend(taken(), stop(Ground.force_majeure, first=over))


def test_a_stop_ends_once_and_not_before_it_began() -> None:
    day = received() + timedelta(days=7)
    case = suspend(taken(), stop(Ground.abroad, first=day))
    with pytest.raises(DatesCrossError):
        deadlines.resume(case, by="samir", at=at(day), suspension_id=STOP, day=day - timedelta(days=1))
    ended = deadlines.resume(case, by="samir", at=at(day), suspension_id=STOP, day=day + timedelta(days=3))
    assert clock(ended, today=day + timedelta(days=30)).suspended_days == 3
    with pytest.raises(NotSuspendedError):
        deadlines.resume(ended, by="samir", at=at(day), suspension_id=STOP, day=day + timedelta(days=4))


def test_a_term_is_extended_once_in_time_and_by_whoever_holds_the_case() -> None:
    last = clock(taken(), today=received()).term.rolled
    longer = deadlines.extend(taken(), by="samir", at=at(last), clock=clock(taken(), today=last), rule=RULE)
    assert clock(longer, today=last).decide_by == received() + timedelta(weeks=16)
    with pytest.raises(NoExtensionError):
        deadlines.extend(longer, by="samir", at=at(last), clock=clock(longer, today=last), rule=RULE)
    late = last + timedelta(days=1)
    with pytest.raises(TermPassedError):
        deadlines.extend(taken(), by="samir", at=at(late), clock=clock(taken(), today=late), rule=RULE)
    with pytest.raises(NotYourCaseError):
        deadlines.extend(taken(), by="mila", at=at(last), clock=clock(taken(), today=last), rule=RULE)


def test_a_delay_notice_names_a_day_to_come_and_moves_nothing() -> None:
    day = received() + timedelta(days=50)
    with pytest.raises(DatesCrossError):
        deadlines.tell_delay(taken(), by="samir", at=at(day), until=day - timedelta(days=1))
    told = deadlines.tell_delay(taken(), by="samir", at=at(day), until=day + timedelta(days=20))
    assert clock(told, today=day).decide_by == clock(taken(), today=day).decide_by


def test_a_notice_of_default_is_taken_in_also_when_it_is_premature() -> None:
    day = received() + timedelta(days=20)
    case = deadlines.receive_default(taken(), at=at(day + timedelta(days=2)), day=day, by="samir", document=None)
    assert clock(case, today=day + timedelta(days=90)).premature == (day,)


def test_after_an_outage_the_applicant_gets_more_time_never_less() -> None:
    day = received() + timedelta(days=7)
    asked = cases.ask(taken(), by="samir", request_id=STOP, answer_by=day + timedelta(days=14), at=at(day))
    with pytest.raises(DatesCrossError):
        deadlines.move_repair_end(asked, by="samir", at=at(day), request_id=STOP, until=day + timedelta(days=14))
    moved = deadlines.move_repair_end(asked, by="samir", at=at(day), request_id=STOP, until=day + timedelta(days=16))
    in_time = cases.answer(moved, request_id=STOP, at=at(day + timedelta(days=16)))
    assert clock(in_time, today=day + timedelta(days=40)).suspended_days == 15


def test_an_answer_by_another_way_gives_the_time_of_our_reaction_back_and_a_working_day_at_least() -> None:
    asked_on, friday = received() + timedelta(days=7), date(2026, 12, 11)
    asked = cases.ask(taken(), by="samir", request_id=STOP, answer_by=friday, at=at(asked_on))
    point = deadlines.point_to_right_way
    at_once = point(asked, by="samir", at=at(friday), request_id=STOP, day=friday)
    found = clock(at_once, today=friday)
    assert found.waiting_until == date(2026, 12, 14)  # Friday's next working day is Monday
    assert [step.article for step in found.moved] == ["Awb 2:23"]
    assert "Wij wezen op 11 december 2026 op de goede weg." in found.moved[0].nl
    slow = point(asked, by="samir", at=at(friday), request_id=STOP, day=date(2026, 12, 8))
    assert clock(slow, today=friday).waiting_until == date(2026, 12, 14)
    with pytest.raises(DatesCrossError):
        point(asked, by="samir", at=at(friday), request_id=STOP, day=asked_on - timedelta(days=1))
    over = cases.lapse(asked, request_id=STOP, at=at(date(2026, 12, 12)))
    found_late = point(over, by="samir", at=at(date(2026, 12, 15)), request_id=STOP, day=friday)
    assert (over.status, found_late.status) == ("in_progress", "awaiting_supplement")
    assert clock(found_late, today=date(2026, 12, 15)).waiting_until == date(2026, 12, 15)
    again = cases.lapse(found_late, request_id=STOP, at=at(date(2026, 12, 16)))
    assert (again.status, again.went_unanswered) == ("in_progress", True)
    answered = cases.answer(found_late, request_id=STOP, at=at(date(2026, 12, 15)))
    assert answered.status == "in_progress"
    with pytest.raises(cases.UnknownRequestError):
        point(answered, by="samir", at=at(date(2026, 12, 15)), request_id=STOP, day=friday)


def test_the_term_runs_from_forwarding_within_the_house_only_if_a_message_shows_that_the_sender_was_told() -> None:
    day, case = received() + timedelta(days=3), taken()
    before = clock(case, today=day)

    def forward(case: Case, *, day: date, document: str | None = "mail") -> Case:
        return deadlines.forward(case, by="samir", at=at(day), clock=before, day=day, document=document)

    with pytest.raises(ProofNeededError):
        forward(case, day=day, document=None)
    with pytest.raises(DatesCrossError):
        forward(case, day=received())
    after = clock(forward(case, day=day), today=day)
    assert after.decide_by == before.decide_by + timedelta(days=3)
    assert next(step.article for step in after.term.steps) == "Awb 2:24"

"""What staff do to the term is done once, as it was shown, and the applicant is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.workflow.actions import handling, hearing, terming
from services.workflow.actions.hearing import StillTimeError
from services.workflow.actions.terming import LedgerMovedError
from services.workflow.domain.acts import Act, ActKind
from services.workflow.domain.case import NotYourCaseError
from services.workflow.domain.deadlines import NothingToCorrectError, TermSetByRuleError
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.ledger import Kind
from services.workflow.domain.question import Question
from shared.access import Person
from shared.events import DeadlineChanged
from shared.law.terms import Ground
from shared.term_events import AnswerTimeMoved, DefaultReceived, DelayTold, PenaltySet, TermExtended, TermSuspended
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import MILA, NOW, REFERENCE, SAMIR, TODAY, submission

LATER = NOW + timedelta(weeks=10)


@pytest.fixture
def desk() -> FakeDesk:
    """Samir's case, received today: eight weeks by APV 1:2, once eight more."""
    return office_with(submission(), taken_by=SAMIR)


def act(kind: ActKind, number: int = 1, **more: object) -> Act:
    return replace(Act(id=UUID(int=number), kind=kind, because="Het advies is er nog niet."), **more)  # type: ignore[arg-type]


def do(desk: FakeDesk, wanted: Act, *, by: Person = SAMIR, now: datetime = NOW, lines: int | None = None) -> None:
    seen = len(desk.cases.cases[REFERENCE].ledger) if lines is None else lines
    terming.take_act(REFERENCE, act=wanted, lines=seen, person=by, now=now, desk=desk.desk)


def last_kinds(desk: FakeDesk) -> list[Kind]:
    return [entry.kind for entry in desk.cases.cases[REFERENCE].ledger][1:]


def test_an_extension_moves_the_deadline_and_goes_out_as_a_letter(desk: FakeDesk) -> None:
    do(desk, act(ActKind.EXTEND))
    (told,) = desk.told
    assert isinstance(told, TermExtended)
    assert told.decide_by == desk.cases.deadlines[REFERENCE] == TODAY + timedelta(weeks=16)
    assert told.letter.reasons[0].text == "Het advies is er nog niet."
    assert told.letter.reasons[0].source == "APV 1:2 lid 2"
    assert not told.letter.objection
    assert desk.cases.notes[-1] == "term_extend"


def test_a_second_click_changes_and_tells_nothing(desk: FakeDesk) -> None:
    do(desk, act(ActKind.EXTEND), lines=1)
    do(desk, act(ActKind.EXTEND), lines=1)
    assert last_kinds(desk) == [Kind.EXTENDED]
    assert len(desk.told) == 1


def test_what_a_colleague_added_meanwhile_must_be_seen_first(desk: FakeDesk) -> None:
    do(desk, act(ActKind.DEFAULT, day=TODAY), by=MILA)
    with pytest.raises(LedgerMovedError):
        do(desk, act(ActKind.EXTEND, 2), lines=1)
    assert last_kinds(desk) == [Kind.DEFAULTED]


def test_who_does_not_hold_the_case_may_not_stop_its_term(desk: FakeDesk) -> None:
    with pytest.raises(NotYourCaseError):
        do(desk, act(ActKind.SUSPEND, ground=Ground.abroad, first=TODAY + timedelta(days=1)), by=MILA)
    assert desk.told == []


def test_the_term_stands_still_until_someone_lets_it_run_and_the_list_moves_along(desk: FakeDesk) -> None:
    do(desk, act(ActKind.SUSPEND, ground=Ground.abroad, first=TODAY + timedelta(days=1)))
    (told,) = desk.told
    assert isinstance(told, TermSuspended)
    assert (told.first, told.last) == (TODAY + timedelta(days=1), None)
    assert "(Awb 4:15 lid 1 onder b)" in told.because.nl
    later = NOW + timedelta(days=11)
    hearing.renew_deadlines(TODAY + timedelta(days=11), now=later, desk=desk.desk)
    assert desk.cases.deadlines[REFERENCE] == TODAY + timedelta(weeks=8, days=10)
    do(desk, act(ActKind.RESUME, 2, target=UUID(int=1), day=TODAY + timedelta(days=11)), now=later)
    assert isinstance(desk.told[-1], DeadlineChanged)
    assert desk.told[-1].decide_by == TODAY + timedelta(weeks=8, days=10)


def test_a_reason_is_needed_for_what_the_applicant_reads(desk: FakeDesk) -> None:
    with pytest.raises(FaultyInputError):
        do(desk, replace(act(ActKind.EXTEND), because=" "))
    assert last_kinds(desk) == []


def test_a_delay_notice_promises_and_moves_nothing(desk: FakeDesk) -> None:
    do(desk, act(ActKind.DELAY, until=TODAY + timedelta(weeks=9)))
    (told,) = desk.told
    assert isinstance(told, DelayTold)
    assert told.until == TODAY + timedelta(weeks=9)
    assert told.decide_by == TODAY + timedelta(weeks=8)


def test_no_other_day_is_named_where_a_regulation_sets_the_term(desk: FakeDesk) -> None:
    with pytest.raises(TermSetByRuleError):
        do(desk, act(ActKind.NAME, until=TODAY + timedelta(weeks=12)))


def test_a_notice_of_default_is_answered_with_its_effect(desk: FakeDesk) -> None:
    do(desk, act(ActKind.DEFAULT, day=TODAY))
    early = desk.told[-1]
    assert isinstance(early, DefaultReceived)
    assert (early.penalty_from, early.earliest) == (None, TODAY + timedelta(weeks=8, days=1))
    on = TODAY + timedelta(weeks=8, days=1)
    do(desk, act(ActKind.DEFAULT, 2, day=on), now=LATER)
    counts = desk.told[-1]
    assert isinstance(counts, DefaultReceived)
    assert counts.penalty_from == on + timedelta(days=15)


def test_a_mistake_gets_a_new_line_and_the_date_goes_back(desk: FakeDesk) -> None:
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=10)
    do(desk, act(ActKind.SUSPEND, ground=Ground.consent, first=first, last=last, document="brief"))
    assert desk.cases.deadlines[REFERENCE] == TODAY + timedelta(weeks=8, days=10)
    do(desk, act(ActKind.CORRECT, 2, target=UUID(int=1)))
    assert desk.cases.deadlines[REFERENCE] == TODAY + timedelta(weeks=8)
    assert last_kinds(desk) == [Kind.SUSPENDED, Kind.CORRECTED]
    assert isinstance(desk.told[-1], DeadlineChanged)
    with pytest.raises(NothingToCorrectError):
        do(desk, act(ActKind.CORRECT, 3, target=UUID(int=1)))


def test_what_was_announced_cannot_be_corrected_away(desk: FakeDesk) -> None:
    do(desk, act(ActKind.EXTEND))
    with pytest.raises(NothingToCorrectError):
        do(desk, act(ActKind.CORRECT, 2, target=UUID(int=1)))


def test_an_outage_or_another_way_gives_more_time_to_answer_also_to_the_timer(desk: FakeDesk) -> None:
    until = date(2026, 12, 8)
    question = Question(text="Hoe breed is de stoep?", answer_by=until)
    handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=desk.desk)
    (asked,) = desk.cases.questions
    do(desk, act(ActKind.OUTAGE, target=asked, until=date(2026, 12, 10)))
    assert isinstance(desk.told[-1], AnswerTimeMoved)
    assert desk.cases.moved == {asked: date(2026, 12, 10)}
    do(desk, act(ActKind.OTHER_WAY, 2, target=asked, day=TODAY), now=NOW)
    told = desk.told[-1]
    assert isinstance(told, AnswerTimeMoved)
    assert told.answer_by == desk.cases.moved[asked] == date(2026, 12, 11)
    assert "(Awb 2:16 en 2:23)" in told.because.nl
    with pytest.raises(StillTimeError):
        hearing.end_waiting(REFERENCE, request_id=asked, now=NOW + timedelta(days=17), desk=desk.desk)
    hearing.end_waiting(REFERENCE, request_id=asked, now=NOW + timedelta(days=18), desk=desk.desk)
    assert asked in desk.cases.lapsed


def test_the_penalty_is_set_by_letter_with_the_amount_and_the_way_to_object(desk: FakeDesk) -> None:
    on = TODAY + timedelta(weeks=8, days=1)
    do(desk, act(ActKind.DEFAULT, day=on), now=LATER)
    over = NOW + timedelta(weeks=17)
    do(desk, act(ActKind.PENALTY, 2), now=over)
    told = desk.told[-1]
    assert isinstance(told, PenaltySet)
    assert (told.euros, told.days) == (1442, 42)
    assert told.letter.objection
    assert [reason.source for reason in told.letter.reasons][-1] == "Awb 4:87"
    assert desk.cases.cases[REFERENCE].ledger[-1].euros == 1442

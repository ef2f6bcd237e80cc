"""Several things asked at once: the clock runs again when all is answered, and the case has the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.workflow.actions import answering, handling
from services.workflow.domain.askable import BESIDES, askable
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.question import Question
from shared.events import AnswerRow, InformationAsked, InformationGiven, Words
from shared.values import A_FILE, OWN_WORDS
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, TODAY, given, objecten, submission

UNTIL = TODAY + timedelta(days=14)
LATER = NOW + timedelta(days=6)


def asked(*asks: str) -> FakeDesk:
    office = office_with(submission(), taken_by=SAMIR)
    question = Question(text="Wij missen nog iets.", answer_by=UNTIL, asks=asks)
    handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=office.desk)
    return office


def purpose(office: FakeDesk) -> InformationGiven:
    (request_id,) = office.cases.questions
    row = AnswerRow(
        question="purpose",
        label=Words(nl="Waarvoor is het?", en="What is it for?"),
        text=Words(nl="Een nieuw dak", en="Een nieuw dak"),
    )
    return given(
        request_id,
        at=LATER,
        text="Een nieuw dak",
        asked="purpose",
        answers={"purpose": "Een nieuw dak"},
        shown=(row,),
    )


def test_the_clock_runs_again_only_when_all_is_answered() -> None:
    office = asked("purpose", OWN_WORDS)
    told = next(fact for fact in office.told if isinstance(fact, InformationAsked))
    assert told.asks == ("purpose", OWN_WORDS)
    answering.receive_answer(purpose(office), now=LATER, desk=office.desk)
    assert office.cases.cases[REFERENCE].status == "awaiting_supplement"
    assert "DeadlineChanged" not in office.names
    (request_id,) = office.cases.questions
    answering.receive_answer(given(request_id, at=LATER), now=LATER, desk=office.desk)
    assert office.cases.cases[REFERENCE].status == "in_progress"
    assert office.cases.notes[-2:] == ["part_answered", "answered"]
    assert office.names.count("DeadlineChanged") == 1


def test_a_question_of_the_form_has_its_new_answer_in_the_case_and_the_former_is_kept() -> None:
    office = asked("purpose")
    answering.receive_answer(purpose(office), now=LATER, desk=office.desk)
    said = office.cases.cases[REFERENCE].submission
    assert said.answers["purpose"] == "Een nieuw dak"
    texts = {row.question: row.text.nl for section in said.shown for row in section.rows}
    assert (texts["purpose"], texts["spot"]) == ("Een nieuw dak", "Voor de deur")
    assert office.cases.revisions[REFERENCE] == 1


def test_the_rules_and_the_fee_follow_a_new_answer() -> None:
    office = asked("ends")
    (request_id,) = office.cases.questions
    before = office.cases.cases[REFERENCE].submission
    longer = given(request_id, at=LATER, text="1 maart", asked="ends", answers={"ends": "2027-03-01"})
    answering.receive_answer(longer, now=LATER, desk=office.desk)
    after = office.cases.cases[REFERENCE].submission
    assert after.ends is not None
    assert (after.ends.isoformat(), after.starts) == ("2027-03-01", before.starts)
    assert (after.rules, after.fee_cents) != (before.rules, before.fee_cents)


def test_after_the_decision_an_answer_changes_nothing_in_the_application() -> None:
    office = asked("purpose")
    before = office.cases.cases[REFERENCE]
    office.change(REFERENCE, status="decided")
    answering.receive_answer(purpose(office), now=LATER, desk=office.desk)
    assert office.cases.cases[REFERENCE].submission == before.submission


@pytest.mark.parametrize("asks", [(), ("nothing",), ("objects",), ("email",)])
def test_only_what_can_be_asked_again_is_asked(asks: tuple[str, ...]) -> None:
    with pytest.raises(FaultyInputError):
        asked(*asks)


def test_own_words_and_a_file_need_a_text_that_asks_for_them() -> None:
    office = office_with(submission(), taken_by=SAMIR)
    for asks in ((OWN_WORDS,), (A_FILE,)):
        question = Question(text=" ", answer_by=UNTIL, asks=asks)
        with pytest.raises(FaultyInputError):
            handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=office.desk)


def test_who_gets_letters_reads_in_words_all_that_is_asked() -> None:
    said = submission()
    office = office_with(replace(said, applicant=replace(said.applicant, email="")), taken_by=SAMIR)
    question = Question(text="Wij missen nog iets.", answer_by=UNTIL, asks=("purpose",))
    handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=office.desk)
    told = next(fact for fact in office.told if isinstance(fact, InformationAsked))
    assert told.question == "Wij missen nog iets.\n- Waarvoor zet u dit neer?"


def test_what_is_missing_is_offered_first_and_nothing_about_who_applies() -> None:
    said = submission()
    missing = tuple(row for section in said.shown for row in section.rows if row.question == "spot")
    found = askable(replace(said, missing=missing), product=objecten())
    assert (found[0].question, found[0].missing) == ("spot", True)
    assert not {"name", "email", "phone", "objects", *BESIDES} & {each.question for each in found}

"""The verbs on a real database: everything is kept together, and two at once never do the same."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import psycopg
import pytest

from services.workflow import lists, queries
from services.workflow.actions import announcing, answering, deciding, drafting, handling, hearing
from services.workflow.domain.case import AlreadyDecidedError, CaseTakenError
from services.workflow.domain.clock import terms_of
from services.workflow.domain.decision import Draft, OwnCondition, compose
from services.workflow.domain.question import Question
from services.workflow.ports import Edit, Signed
from shared.access import Person
from shared.ids import new_id
from shared.law.calendar import local_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import ELS, MILA, NOW, REFERENCE, SAMIR, TODAY, given, notice, objecten, submission

AT_ONCE = 24
CROWD = 100
"""So many people ask for the next case at the same moment."""


def all_at_once(act: Callable[[int], str], *, people: int = AT_ONCE) -> list[str]:
    """Have so many threads do something at the same moment."""
    start = threading.Barrier(people)

    def run(number: int) -> str:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(run, range(people)))


def ask(town: Town) -> None:
    question = Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 8))
    with town.desk() as desk:
        handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=desk)


def test_a_case_comes_back_from_the_database_as_it_went_in(town: Town) -> None:
    town.claimed(SAMIR)
    with town.connection() as connection:
        found = queries.find_case(connection, person=SAMIR, reference=REFERENCE, today=TODAY)
    assert found is not None
    assert found.case.submission == submission()
    assert (found.case.handler, found.handler_name, found.case.status) == ("samir", "Samir Haddad", "in_progress")


def test_state_and_fact_are_kept_together_or_not_at_all(town: Town) -> None:
    town.receive()

    def claim_and_fail() -> None:
        with town.desk() as desk:
            handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=desk)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        claim_and_fail()
    assert town.rows("select handler from workflow.cases") == [{"handler": None}]
    assert [row["name"] for row in town.rows("select name from bus.event order by id")] == ["CaseOpened"]


def test_the_same_submission_twice_at_once_opens_one_case(town: Town) -> None:
    town.receive()
    all_at_once(lambda _number: town.receive())
    assert town.rows("select count(*) as n from workflow.cases") == [{"n": 1}]
    assert town.rows("select count(*) as n from bus.event where name = 'CaseOpened'") == [{"n": 1}]


def test_a_hundred_at_once_never_get_the_same_case(town: Town) -> None:
    for number in range(CROWD - 4):
        town.receive(submission(f"Z-2026-{number:04}", received_at=NOW - timedelta(days=number)))

    def take(number: int) -> str:
        with town.desk() as desk:
            person = (SAMIR, MILA, ELS)[number % 3]
            return handling.take_next(person=person, now=NOW, desk=desk) or "nothing"

    taken = Counter(all_at_once(take, people=CROWD))
    assert taken.pop("nothing") == 4
    assert set(taken.values()) == {1}
    assert len(taken) == CROWD - 4


def test_the_next_case_is_the_most_urgent_one(town: Town) -> None:
    for number in (3, 9, 6):
        town.receive(submission(f"Z-2026-{number:04}", received_at=NOW - timedelta(days=number)))
    with town.desk() as desk:
        assert handling.take_next(person=SAMIR, now=NOW, desk=desk) == "Z-2026-0009"


def test_of_all_who_claim_one_case_at_once_one_person_gets_it(town: Town) -> None:
    town.receive()

    def claim(number: int) -> str:
        person = (SAMIR, MILA, ELS)[number % 3]
        try:
            with town.desk() as desk:
                handling.claim(REFERENCE, person=person, now=NOW, desk=desk)
        except CaseTakenError:
            return "taken"
        return person.subject

    holders = set(all_at_once(claim)) - {"taken"}
    assert holders == {town.rows("select handler from workflow.cases")[0]["handler"]}


def test_of_all_who_decide_at_once_one_decision_is_taken(town: Town) -> None:
    town.claimed(SAMIR)

    def decide(number: int) -> str:
        draft = Draft(result="granted", blocks=("no-harm",), own_reason=f"{number}")
        try:
            with town.desk() as desk:
                deciding.decide(REFERENCE, draft=draft, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
        except AlreadyDecidedError:
            return "too late"
        return "decided"

    assert Counter(all_at_once(decide)) == {"decided": 1, "too late": AT_ONCE - 1}
    assert town.rows("select count(*) as n from bus.event where name = 'CaseDecided'") == [{"n": 1}]


def test_question_answer_decision_and_sending_go_through_the_ledger(town: Town) -> None:
    town.claimed(SAMIR)
    ask(town)
    request_id = town.rows("select id from workflow.requests")[0]["id"]
    answered = NOW + timedelta(days=6)
    with town.desk() as desk:
        answering.receive_answer(given(request_id, at=answered), now=answered, desk=desk)
    with town.desk() as desk:
        draft = Draft(result="granted", blocks=("no-harm",))
        deciding.decide(REFERENCE, draft=draft, person=SAMIR, now=answered, desk=desk, letters=FakeLetters())
    with town.desk() as desk:
        announcing.record_sent(notice("decision", at=answered), now=answered, desk=desk)
    kinds = [row["kind"] for row in town.rows("select kind from workflow.ledger order by id")]
    assert kinds == ["received", "asked", "answered", "decided", "sent"]
    case = town.rows("select status, deadline, sequence from workflow.cases")[0]
    assert case == {"status": "announced", "deadline": date(2027, 1, 24), "sequence": 5}
    assert town.rows("select sent_at, letter_link from workflow.decisions")[0]["sent_at"] == answered
    later = answered + timedelta(days=3)
    with town.desk() as desk:
        announcing.record_sent(notice("decision", at=later, again=True), now=later, desk=desk)
        clock = desk.cases.lock(REFERENCE).clock(terms=terms_of(objecten().process), today=local_date(later))
    assert clock.sent_on == local_date(later)  # the first sending did not arrive (Awb 2:11 lid 3)
    assert town.rows("select sent_at from workflow.decisions") == [{"sent_at": later}]


def test_the_cached_deadline_is_what_the_ledger_gives(town: Town) -> None:
    town.claimed(SAMIR)
    ask(town)
    with town.desk() as desk:
        request_id = town.rows("select id from workflow.requests")[0]["id"]
        hearing.end_waiting(REFERENCE, request_id=request_id, now=NOW + timedelta(days=15), desk=desk)
    with town.connection() as connection:
        found = queries.find_case(connection, person=SAMIR, reference=REFERENCE, today=TODAY)
    assert found is not None
    clock = found.case.clock(terms=terms_of(objecten().process), today=local_date(NOW + timedelta(days=15)))
    assert town.rows("select deadline from workflow.cases") == [{"deadline": clock.decide_by}]
    assert clock.decide_by == date(2027, 2, 2)


@pytest.mark.parametrize("table", ["ledger", "timeline"])
@pytest.mark.parametrize("change", ["update workflow.{} set at = now()", "delete from workflow.{}"])
def test_what_happened_is_never_changed_or_erased(town: Town, table: str, change: str) -> None:
    town.receive()
    with pytest.raises(psycopg.errors.RaiseException), town.connection() as connection:
        connection.execute(change.format(table).encode())


def test_a_draft_comes_back_with_who_saved_it(town: Town) -> None:
    town.claimed(SAMIR)
    draft = Draft(
        result="refused",
        blocks=("dates", "safety"),
        own_reason="Te smal.",
        own_source="APV 1:8",
        own_conditions=(OwnCondition(text="a", because="b", source="c"),),
    )
    with town.desk() as desk:
        edit = Edit(draft=draft, version=0, editor="page")
        drafting.keep_draft(REFERENCE, edit=edit, person=MILA, now=NOW, desk=desk)
    with town.desk() as desk:
        saved = desk.cases.draft(desk.cases.lock(REFERENCE))
    assert saved is not None
    assert (saved.draft, saved.version, saved.saved_by_name) == (draft, 1, "Mila Janssen")


@pytest.mark.parametrize("person", [SAMIR, ELS])
def test_the_list_shows_what_the_person_may_see(town: Town, person: Person) -> None:
    town.receive()
    with town.connection() as connection:
        found = lists.list_cases(connection, person=person, wanted=lists.Wanted(), today=TODAY)
    assert [row["reference"] for row in found.rows] == [REFERENCE]


def test_an_application_from_before_answers_were_sealed_is_still_read(town: Town) -> None:
    town.receive()
    with town.connection() as connection:
        connection.execute(
            "update workflow.cases set submission_version = 1, submission = submission - 'sealed' - 'same_person'"
        )
    with town.desk() as desk:
        assert desk.cases.lock(REFERENCE).submission == submission()


def test_the_database_itself_refuses_that_a_preparer_signs(town: Town) -> None:
    town.claimed(SAMIR)
    granted = Draft(result="granted", blocks=("no-harm",))
    decision = compose(granted, submission=submission(), product=objecten(), on=TODAY, handler=SAMIR.name)

    def sign(prepared_by: frozenset[str]) -> None:
        signed = Signed(by=SAMIR.subject, at=NOW, prepared_by=prepared_by, four_eyes=True)
        with town.desk() as desk:
            case = desk.cases.lock(REFERENCE)
            desk.cases.add_decision(case, decision_id=new_id(), decision=decision, signed=signed)

    for preparers in (frozenset({SAMIR.subject, MILA.subject}), frozenset[str]()):
        with pytest.raises(psycopg.errors.CheckViolation):
            sign(preparers)


def test_everybody_who_changed_a_draft_is_kept_with_it(town: Town) -> None:
    town.claimed(SAMIR)
    for version, person in enumerate((SAMIR, MILA)):
        edit = Edit(draft=Draft(own_reason=person.name), version=version, editor=person.subject)
        with town.desk() as desk:
            drafting.keep_draft(REFERENCE, edit=edit, person=person, now=NOW, desk=desk)
    with town.desk() as desk:
        saved = desk.cases.draft(desk.cases.lock(REFERENCE))
    assert saved is not None
    assert saved.prepared_by == {"samir", "mila"}

"""An objection belongs to a first case: its own clock, people who did not decide first, its own outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.actions import announcing, deciding, handling, hearing
from services.workflow.actions.bulk import REFUSED, Chosen, Hands, do_one
from services.workflow.actions.keeping import clock_of
from services.workflow.actions.terming import take_act
from services.workflow.desk import HouseLetters
from services.workflow.domain.acts import Act, ActKind
from services.workflow.domain.bulk import BulkAct, Order, Outage
from services.workflow.domain.case import BarredError
from services.workflow.domain.deadlines import NoCommitteeError
from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.ledger import Entry, Kind
from services.workflow.domain.linked import First, counted_from, timeliness
from services.workflow.domain.question import Question
from shared.ids import new_id
from shared.law.objection import decision_on_objection_term
from tests.services.workflow.fakes import FakeDesk, FakeLetters
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import (
    MILA,
    NOW,
    OBJECTION,
    REFERENCE,
    SAMIR,
    notice,
    objection,
    submission,
    whole_catalogue,
)

LETTERS = HouseLetters(whole_catalogue().municipality)
FOUNDED = Draft(
    result="founded",
    blocks=("reason-right",),
    hearing="heard",
    hearing_note="U liet foto's zien.",
    renewal="granted",
    renewal_text="U mag de container plaatsen.",
)


@pytest.fixture
def office() -> FakeDesk:
    """A desk where Samir granted Noor's permit; the letter went the same day."""
    made = office_with(submission(), taken_by=SAMIR)
    granted = Draft(result="granted", blocks=("no-harm",))
    deciding.decide(REFERENCE, draft=granted, person=SAMIR, now=NOW, desk=made.desk, letters=FakeLetters())
    announcing.record_sent(notice("decision", at=NOW), now=NOW, desk=made.desk)
    return made


def object_to(office: FakeDesk, *, on: datetime = NOW + timedelta(days=10), to: str = REFERENCE) -> None:
    hearing.open_case(objection(received_at=on, to=to), now=on, desk=office.desk)


def last_day(office: FakeDesk) -> date:
    now = NOW + timedelta(days=10)
    return clock_of(office.cases.cases[OBJECTION], now=now, desk=office.desk).decide_by


def warning(office: FakeDesk) -> str:
    said = timeliness(office.cases.cases[OBJECTION])
    return said.nl if said else ""


def test_the_term_runs_from_the_end_of_the_term_to_object_as_a_court_counted_it() -> None:
    sent = Entry(kind=Kind.SENT, at=datetime(2023, 4, 14, 9, tzinfo=UTC))
    end = counted_from(First(ledger=(sent,), people=frozenset()))
    assert end == date(2023, 5, 26)
    assert decision_on_objection_term(end).rolled == date(2023, 7, 7)
    later = First(ledger=(sent,), people=frozenset(), taken_back_on=date(2023, 9, 1))
    assert counted_from(later) == date(2023, 10, 13)


def test_an_objection_counts_from_the_day_after_the_last_day_to_object_not_from_receipt(office: FakeDesk) -> None:
    object_to(office)
    assert office.cases.cases[OBJECTION].ledger[0].on == date(2027, 1, 5)
    assert last_day(office) == date(2027, 2, 16)
    assert warning(office) == ""


@given(days=st.integers(min_value=0, max_value=41))
def test_whatever_the_day_of_an_objection_within_its_term_the_last_day_is_the_same(days: int) -> None:
    first = First(ledger=(Entry(kind=Kind.SENT, at=NOW),), people=frozenset())
    end = counted_from(first)
    assert end is not None
    assert NOW.date() + timedelta(days=days) < end
    assert decision_on_objection_term(end).rolled >= end + timedelta(weeks=6)


def test_a_late_objection_is_taken_in_with_a_warning(office: FakeDesk) -> None:
    object_to(office, on=datetime(2027, 1, 6, 12, tzinfo=UTC))
    assert "te laat" in warning(office)
    assert "Awb 6:11" in warning(office)


def test_an_objection_whose_last_day_fell_in_an_outage_that_was_announced_is_in_time_until_the_day_named(
    office: FakeDesk,
) -> None:
    outage = Outage(
        first=date(2027, 1, 4), last=date(2027, 1, 5), until=date(2027, 1, 8), announced="Gemeenteblad 2027, 1"
    )
    for day, words in ((8, "kwam dus op tijd (Awb 2:21)"), (9, "te laat")):
        object_to(office, on=datetime(2027, 1, day, 12, tzinfo=UTC))
        said = timeliness(office.cases.cases.pop(OBJECTION), outage=outage)
        assert said
        assert words in said.nl


def test_on_the_last_day_it_is_in_time_and_by_post_a_week_later_the_postmark_counts(office: FakeDesk) -> None:
    said = objection(received_at=datetime(2027, 1, 5, 22, 59, tzinfo=UTC))
    hearing.open_case(said, now=NOW, desk=office.desk)
    assert warning(office) == ""
    posted = objection(received_at=datetime(2027, 1, 12, 12, tzinfo=UTC), reference="Z-2026-2222-2230", channel="post")
    hearing.open_case(posted, now=NOW, desk=office.desk)
    said_of_post = timeliness(office.cases.cases["Z-2026-2222-2230"])
    assert said_of_post
    assert "Awb 6:9 lid 2" in said_of_post.nl


def test_one_with_a_number_of_no_case_runs_from_its_receipt_and_says_so(office: FakeDesk) -> None:
    object_to(office, to="Z-2026-0000-0000")
    assert last_day(office) == date(2027, 1, 15)
    assert "Awb 6:10" in warning(office)


def test_who_decided_first_cannot_take_get_or_decide_the_objection(office: FakeDesk) -> None:
    object_to(office)
    with pytest.raises(BarredError):
        handling.claim(OBJECTION, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(BarredError):
        handling.assign(OBJECTION, to=SAMIR, person=MILA, now=NOW, desk=office.desk)
    assert handling.take_next(person=SAMIR, now=NOW, desk=office.desk) is None
    assert handling.take_next(person=MILA, now=NOW, desk=office.desk) == OBJECTION


def test_a_founded_objection_tells_of_the_hearing_and_how_to_appeal(office: FakeDesk) -> None:
    object_to(office)
    handling.claim(OBJECTION, person=MILA, now=NOW, desk=office.desk)
    deciding.decide(OBJECTION, draft=FOUNDED, person=MILA, now=NOW, desk=office.desk, letters=LETTERS)
    decision = office.cases.decisions[OBJECTION]
    assert (decision.result, decision.subject, decision.conditions) == ("founded", "uw bezwaar", ())
    assert [reason.source for reason in decision.reasons] == ["Awb 7:11 lid 2", "Awb 7:2", "Awb 7:11 lid 2"]
    assert decision.reasons[2].text == (
        f"Wij herroepen ons besluit in zaak {REFERENCE}. "
        "In plaats daarvan besluiten wij: wij geven het alsnog. U mag de container plaatsen."
    )
    assert office.cases.renewed == {OBJECTION: ("granted", "U mag de container plaatsen.")}
    letter = LETTERS.compose(decision, reference=OBJECTION, sent_on=NOW.date())
    assert "Uw bezwaar is gegrond." in letter
    assert "U kunt in beroep gaan tot en met dinsdag 5 januari 2027." in letter
    assert "U kunt bezwaar maken" not in letter


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (Draft(result="founded", blocks=("reason-right",)), "hearing"),
        (Draft(result="unfounded", hearing="waived", hearing_note="Dat schreef u."), "refusal_grounds"),
        (Draft(result="inadmissible", hearing="plainly_inadmissible", hearing_note="Te laat."), "own_reason"),
        (Draft(result="unfounded", blocks=("reasons-hold",), hearing="own_facts", hearing_note="x"), "hearing"),
        (Draft(result="granted", blocks=("reason-right",)), "result"),
        (replace(FOUNDED, renewal=None), "renewal"),
        (replace(FOUNDED, renewal="refused", renewal_text=" "), "renewal_text"),
    ],
)
def test_the_law_wants_a_reason_a_hearing_and_an_outcome_of_an_objection(
    office: FakeDesk, draft: Draft, missing: str
) -> None:
    object_to(office)
    handling.claim(OBJECTION, person=MILA, now=NOW, desk=office.desk)
    with pytest.raises(FaultyInputError) as refused:
        deciding.decide(OBJECTION, draft=draft, person=MILA, now=NOW, desk=office.desk, letters=LETTERS)
    assert missing in {fault.name for fault in refused.value.faults}


def test_a_committee_that_was_told_makes_it_twelve_weeks_and_an_adjournment_six_more(office: FakeDesk) -> None:
    object_to(office)
    now = NOW + timedelta(days=10)
    handling.claim(OBJECTION, person=MILA, now=now, desk=office.desk)
    for kind, last in ((ActKind.COMMITTEE, date(2027, 3, 30)), (ActKind.EXTEND, date(2027, 5, 11))):
        lines = len(office.cases.cases[OBJECTION].ledger)
        act = Act(id=new_id(), kind=kind, because="Wij vragen advies.")
        take_act(OBJECTION, act=act, lines=lines, person=MILA, now=now, desk=office.desk)
        assert last_day(office) == last
    assert office.names[-2:] == ["DeadlineChanged", "TermExtended"]
    assert "commissie" in office.told[-2].because.nl
    again = Act(id=new_id(), kind=ActKind.COMMITTEE, because="Nog een keer.")
    with pytest.raises(NoCommitteeError):
        take_act(OBJECTION, act=again, lines=lines + 1, person=MILA, now=now, desk=office.desk)


def test_a_question_for_many_leaves_an_objection_alone_as_it_would_stop_the_clock_without_ground(
    office: FakeDesk,
) -> None:
    object_to(office)
    now = NOW + timedelta(days=11)
    handling.claim(OBJECTION, person=MILA, now=now, desk=office.desk)
    found = office.cases.cases[OBJECTION]
    order = Order(act=BulkAct.ASK, question=Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 18)))
    chosen = Chosen(reference=OBJECTION, sequence=found.sequence, draft=0)
    with pytest.raises(handling.NoFlawError) as refused:
        do_one(chosen, order=order, hands=Hands(person=MILA), now=now, desk=office.desk, letters=LETTERS)
    assert REFUSED[type(refused.value)] == "no_flaw"
    assert office.cases.cases[OBJECTION].ledger == found.ledger

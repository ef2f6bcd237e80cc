"""What a resident sees of a case, in whatever order the facts came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from uuid import UUID

from services.forms.domain.cases import CaseFact, CaseView, Given, view_case
from services.forms.domain.told import TITLES
from services.notify.domain.messages import Kind
from shared.catalogue.lasting import NUMBER
from shared.events import (
    AnswerRow,
    CaseDecided,
    CaseMoved,
    CaseOpened,
    DeadlineChanged,
    InformationAsked,
    Nature,
    NoticeSent,
    Words,
)
from shared.ids import new_id
from shared.term_events import DecisionRenewed, DelayTold, TermSuspended
from tests.services.forms.noor import NOW
from tests.services.forms.town import CONTACT, DECISION, STEP, TITLE

REQUEST = UUID("01890000-0000-7000-8000-000000000001")


def at(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


OPENED = CaseOpened(
    reference="R",
    sequence=1,
    at=at(0),
    received_at=NOW,
    title=TITLE,
    nature=Nature.PERMIT,
    contact=CONTACT,
    decide_by=date(2027, 1, 19),
    steps=(STEP,),
    shown=(),
    product="objecten",
    team="permits",
)
STARTED = CaseMoved(
    reference="R",
    sequence=2,
    at=at(1),
    title=TITLE,
    nature=Nature.PERMIT,
    status="in_progress",
    contact=CONTACT,
    decide_by=date(2027, 1, 19),
)
ASKED = InformationAsked(
    reference="R",
    sequence=3,
    at=at(2),
    title=TITLE,
    nature=Nature.PERMIT,
    request_id=REQUEST,
    question="Hoe breed is de stoep?",
    asks=("own-words",),
    answer_by=date(2026, 12, 8),
    contact=CONTACT,
    decide_by=date(2027, 1, 19),
)
CHANGED = DeadlineChanged(
    reference="R",
    sequence=4,
    at=at(3),
    title=TITLE,
    nature=Nature.PERMIT,
    status="in_progress",
    contact=CONTACT,
    decide_by=date(2027, 1, 26),
    because=TITLE,
    steps=(STEP, STEP),
)
DECIDED = CaseDecided(reference="R", sequence=5, at=at(4), decision_id=new_id(), decision=DECISION, contact=CONTACT)
SENT = NoticeSent(
    reference="R",
    message_id=new_id(),
    kind="decision",
    channel="email",
    sent_at=at(5),
    letter_link="http://notify.example/brieven/x",
    letter_sha256="00",
    objection_until=date(2027, 1, 7),
    again=False,
)
ANSWERED = Given(request_id=REQUEST, text="1,80 meter", given_at=at(3))


def view(*facts: CaseFact, notices: tuple[NoticeSent, ...] = (), given: tuple[Given, ...] = ()) -> CaseView:
    return view_case(NOW, facts=facts, notices=notices, given=given)


def test_before_anything_came_in_the_form_is_received() -> None:
    before = view()
    assert (before.state, before.decide_by, len(before.timeline)) == ("received", None, 1)


def test_a_case_that_is_worked_on_says_so() -> None:
    assert view(OPENED).state == "received"
    assert view(OPENED, STARTED).state == "working"


def test_an_open_question_makes_the_resident_act() -> None:
    waiting = view(OPENED, STARTED, ASKED)
    assert waiting.state == "waiting"
    assert [request.question for request in waiting.open_requests] == ["Hoe breed is de stoep?"]


def test_an_answered_question_is_not_asked_again() -> None:
    answered = view(OPENED, STARTED, ASKED, given=(ANSWERED,))
    assert (answered.state, answered.open_requests) == ("working", ())


def test_a_case_that_goes_on_without_the_answer_waits_no_longer_but_still_listens() -> None:
    late = view(OPENED, STARTED, ASKED, CHANGED)
    assert late.state == "working"
    assert len(late.open_requests) == 1


def test_a_date_that_moves_while_we_wait_for_the_resident_ends_no_waiting() -> None:
    extended = DeadlineChanged(**{**vars(CHANGED), "status": "awaiting_supplement"})
    assert view(OPENED, STARTED, ASKED, extended).state == "waiting"


def test_a_date_that_moves_before_anybody_started_starts_nothing() -> None:
    extended = DeadlineChanged(**{**vars(CHANGED), "status": "received"})
    assert view(OPENED, extended).state == "received"


def test_a_moved_date_is_shown_with_its_reason_and_steps() -> None:
    moved = view(OPENED, ASKED, CHANGED)
    assert (moved.decide_by, moved.because, len(moved.steps)) == (date(2027, 1, 26), TITLE, 2)


def test_a_decision_can_be_read_only_once_it_was_sent() -> None:
    taken = view(OPENED, DECIDED)
    assert (taken.state, taken.decided, taken.decision) == ("decided", True, None)
    sent = view(OPENED, DECIDED, notices=(SENT,))
    assert sent.decision == DECISION
    assert sent.objection_until == date(2027, 1, 7)
    assert sent.letter_link == "http://notify.example/brieven/x"


def test_a_decided_case_asks_nothing_any_more() -> None:
    assert view(OPENED, ASKED, DECIDED).open_requests == ()


def test_a_case_is_on_time_until_its_day_passed_unless_the_term_stands_still_or_a_later_day_was_told() -> None:
    of_term = vars(STARTED) | {"sequence": 6, "because": TITLE}
    still = TermSuspended(**of_term, steps=(STEP,), first=date(2026, 12, 1), last=None)
    delayed = view(OPENED, STARTED, DelayTold(**of_term, until=date(2027, 2, 1)))
    due, after = date(2027, 1, 19), date(2027, 1, 20)
    assert [view(OPENED, STARTED).pace(due, today=day) for day in (due, after)] == ["on_time", "late"]
    assert view(OPENED, STARTED, ASKED).pace(due, today=after) == "still"
    assert view(OPENED, STARTED, still).pace(due, today=after) == "still"
    assert view(OPENED, STARTED, still, replace(CHANGED, sequence=7)).pace(due, today=after) == "late"
    assert (delayed.pace(due, today=due), delayed.pace(due, today=after)) == ("delayed", "late")
    assert delayed.expected_on == date(2027, 2, 1)


def test_the_order_in_which_facts_come_in_changes_nothing() -> None:
    whole = view(OPENED, STARTED, ASKED, CHANGED, DECIDED, notices=(SENT,), given=(ANSWERED,))
    known: tuple[CaseFact, ...] = (OPENED, STARTED, ASKED, CHANGED, DECIDED)
    for facts in permutations(known):
        assert view(*facts, notices=(SENT,), given=(ANSWERED,)) == whole


def test_the_timeline_has_the_newest_first() -> None:
    told = view(OPENED, STARTED, ASKED, DECIDED, notices=(SENT,), given=(ANSWERED,)).timeline
    assert [line.title.nl for line in told] == [
        "Wij hebben u het besluit gestuurd",
        "Wij hebben besloten",
        "U hebt onze vraag beantwoord",
        "Wij hebben u iets gevraagd",
        "Wij bekijken uw aanvraag",
        "U hebt het formulier verstuurd",
    ]


def test_what_is_given_only_after_an_objection_has_the_end_and_number_of_that() -> None:
    number = AnswerRow(question=NUMBER, label=TITLE, text=Words(nl="B 123", en="B 123"))
    of_term = {**vars(STARTED), "status": "announced", "sequence": 6}
    renewed = DecisionRenewed(
        **of_term, outcome=TITLE, gives=True, by_applicant=True, ends=date(2031, 11, 23), number=number
    )
    found = view(OPENED, DECIDED, renewed, notices=(SENT,))
    assert (found.ends, found.number) == (date(2031, 11, 23), number)
    silent = view(OPENED, DECIDED, replace(renewed, ends=None, number=None), notices=(SENT,))
    assert (silent.ends, silent.number) == (DECISION.ends, None)
    gone = view(OPENED, DECIDED, replace(renewed, gives=False), notices=(SENT,))
    assert (gone.ends, gone.number) == (DECISION.ends, None)


TO_OTHERS = {
    *("advice", "advice_reminder", "cosign", "cosign_reminder", "panel", "support", "view", "view_decided", "morning")
}
BEFORE_IT_WAS_SENT = {"draft", "expiring", "confirm", "application_ready"}


def test_of_every_kind_of_message_it_is_known_whether_the_applicant_sees_it() -> None:
    assert set(TITLES) == {kind.value for kind in Kind} - TO_OTHERS - BEFORE_IT_WAS_SENT


def test_the_applicant_sees_what_was_sent_to_them_and_nothing_that_went_to_others() -> None:
    receipt = replace(SENT, message_id=new_id(), kind="receipt", channel="post", sent_at=at(1), letter_link=None)
    elsewhere = tuple(replace(receipt, message_id=new_id(), kind=kind) for kind in sorted(TO_OTHERS))
    seen = view(OPENED, DECIDED, notices=(receipt, *elsewhere, SENT)).messages
    assert [(one.title.nl, one.channel, one.sent_at) for one in seen] == [
        ("Ons besluit", "email", at(5)),
        ("Bevestiging van ontvangst", "post", at(1)),
    ]
    assert [one.letter_link for one in seen] == ["http://notify.example/brieven/x", None]

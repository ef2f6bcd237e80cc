"""Preparing a decision without losing a word, and taking it once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.workflow.actions import announcing, deciding, drafting
from services.workflow.actions.deciding import DraftChangedError, NoDraftError, NoRemediesError
from services.workflow.domain.case import AlreadyDecidedError, NotYourCaseError
from services.workflow.domain.clock import terms_of
from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import FaultyInputError
from services.workflow.ports import Edit, Kept
from shared.access import Person
from shared.events import CaseDecided
from tests.services.workflow.fakes import FakeDesk, FakeLetters
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import ELS, MILA, NOW, REFERENCE, SAMIR, notice, submission

GRANT = Draft(result="granted", blocks=("no-harm", "dates"))


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case, which Samir holds."""
    return office_with(submission(), taken_by=SAMIR)


def save(office: FakeDesk, draft: Draft, *, version: int, editor: str, person: Person = SAMIR) -> int:
    edit = Edit(draft=draft, version=version, editor=editor)
    return drafting.keep_draft(REFERENCE, edit=edit, person=person, now=NOW, desk=office.desk).version


def decide(office: FakeDesk, *, draft: Draft = GRANT, person: Person = SAMIR) -> None:
    deciding.decide(REFERENCE, draft=draft, person=person, now=NOW, desk=office.desk, letters=FakeLetters())


def decide_draft(office: FakeDesk, *, version: int) -> None:
    letters = FakeLetters()
    deciding.decide_draft(REFERENCE, version=version, person=SAMIR, now=NOW, desk=office.desk, letters=letters)


def test_a_page_saves_over_itself_again_and_again(office: FakeDesk) -> None:
    assert save(office, Draft(own_reason="a"), version=0, editor="page") == 1
    assert save(office, Draft(own_reason="ab"), version=0, editor="page") == 2
    assert save(office, Draft(own_reason="ab"), version=0, editor="page") == 2


def kept(office: FakeDesk, draft: Draft, *, version: int, editor: str, person: Person = SAMIR) -> Kept:
    edit = Edit(draft=draft, version=version, editor=editor)
    return drafting.keep_draft(REFERENCE, edit=edit, person=person, now=NOW, desk=office.desk)


def test_a_page_never_saves_over_what_a_colleague_saved_meanwhile(office: FakeDesk) -> None:
    save(office, Draft(own_reason="Samir"), version=0, editor="samirs page")
    save(office, Draft(own_reason="Mila"), version=1, editor="milas page", person=MILA)
    for _ in range(2):
        found = kept(office, Draft(own_reason="Samir again"), version=1, editor="samirs page")
        assert (found.clashes, found.shown.own_reason) == (("own_reason",), "Samir again")
        assert found.theirs
        assert (found.theirs.saved_by_name, found.theirs.draft.own_reason) == ("Mila Janssen", "Mila")
    assert office.cases.drafts[REFERENCE].draft.own_reason == "Mila"


def test_what_two_people_change_in_different_fields_comes_together(office: FakeDesk) -> None:
    save(office, Draft(own_reason="Begin"), version=0, editor="samirs page")
    mila = kept(office, Draft(own_reason="Begin", own_source="APV 2:10"), version=1, editor="milas page", person=MILA)
    assert mila.clashes == ()
    samir = kept(office, Draft(own_reason="Begin en eind", result="granted"), version=1, editor="samirs page")
    assert samir.clashes == ()
    lies = office.cases.drafts[REFERENCE]
    assert (lies.draft.own_reason, lies.draft.own_source, lies.draft.result) == ("Begin en eind", "APV 2:10", "granted")
    assert lies.prepared_by == {"samir", "mila"}
    again = kept(office, Draft(own_reason="Begin en einde", result="granted"), version=1, editor="samirs page")
    assert (again.clashes, again.draft.own_source) == ((), "APV 2:10")


def test_two_pages_of_one_person_do_not_overwrite_each_other_either(office: FakeDesk) -> None:
    save(office, Draft(own_reason="first"), version=0, editor="one tab")
    assert kept(office, Draft(own_reason="second"), version=0, editor="other tab").clashes == ("own_reason",)
    assert office.cases.drafts[REFERENCE].draft.own_reason == "first"


def test_who_saw_the_change_may_replace_it(office: FakeDesk) -> None:
    save(office, Draft(own_reason="Mila"), version=0, editor="milas page", person=MILA)
    assert save(office, Draft(own_reason="Samir"), version=1, editor="samirs page") == 2


def test_a_decision_is_told_whole_and_only_once(office: FakeDesk) -> None:
    decide(office)
    (told,) = office.told
    assert isinstance(told, CaseDecided)
    assert (told.decision.result, told.decision.handler, told.sequence) == ("granted", "Samir Haddad", 3)
    assert office.cases.cases[REFERENCE].status == "decided"
    with pytest.raises(AlreadyDecidedError):
        decide(office)
    assert len(office.told) == 1


def test_a_decision_without_reasons_changes_nothing(office: FakeDesk) -> None:
    with pytest.raises(FaultyInputError):
        decide(office, draft=Draft(result="refused"))
    assert office.told == []
    assert office.cases.cases[REFERENCE].status == "in_progress"


def test_only_who_holds_the_case_decides_even_a_lead(office: FakeDesk) -> None:
    with pytest.raises(NotYourCaseError):
        decide(office, person=ELS)


def test_a_letter_without_remedies_does_not_go(office: FakeDesk) -> None:
    letters = FakeLetters(remedies=False)
    with pytest.raises(NoRemediesError):
        deciding.decide(REFERENCE, draft=GRANT, person=SAMIR, now=NOW, desk=office.desk, letters=letters)
    assert office.told == []


def test_the_decision_is_exactly_the_draft_that_was_shown(office: FakeDesk) -> None:
    version = save(office, GRANT, version=0, editor="page")
    save(
        office,
        Draft(result="refused", blocks=("safety",), hearing="own_facts"),
        version=version,
        editor="milas page",
        person=MILA,
    )
    with pytest.raises(DraftChangedError):
        decide_draft(office, version=version)
    decide_draft(office, version=version + 1)
    assert office.cases.decisions[REFERENCE].result == "refused"


def test_without_a_draft_there_is_nothing_to_decide(office: FakeDesk) -> None:
    with pytest.raises(NoDraftError):
        decide_draft(office, version=1)


def test_after_the_decision_no_draft_is_saved(office: FakeDesk) -> None:
    decide(office)
    with pytest.raises(AlreadyDecidedError):
        save(office, GRANT, version=0, editor="page")


def test_the_sent_letter_announces_the_decision_once(office: FakeDesk) -> None:
    decide(office)
    first, second = notice("decision", at=NOW + timedelta(hours=1)), notice("decision", at=NOW + timedelta(days=2))
    for sent in (first, second):
        announcing.record_sent(sent, now=sent.sent_at, desk=office.desk)
    case = office.cases.cases[REFERENCE]
    assert case.status == "announced"
    assert office.cases.letters[REFERENCE] is first
    clock = case.clock(
        terms=terms_of(office.desk.products.product("objecten", version="").process), today=date(2026, 11, 25)
    )
    assert clock.objection is not None
    assert clock.objection.safe == date(2027, 1, 5)

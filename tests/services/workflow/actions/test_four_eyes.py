"""Where a product asks four eyes, whoever prepared a decision cannot sign it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.workflow.actions import announcing, deciding, drafting
from services.workflow.actions.withdrawing import withdraw_permit
from services.workflow.domain.case import FourEyesError, NotYourCaseError
from services.workflow.domain.decision import Draft
from services.workflow.domain.withdrawing import Withdrawal, WithdrawalChangedError, stamp_of
from services.workflow.ports import Desk, Edit
from shared.access import Person
from shared.catalogue.definitions import Product
from tests.services.workflow.fakes import FakeDesk, FakeLetters, FakeProducts
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import ELS, MILA, NOW, REFERENCE, SAMIR, notice, objecten, submission

GRANT = Draft(result="granted", blocks=("no-harm", "dates"))


class StrictProducts(FakeProducts):
    """The permit for an object on the street, signed by somebody else than who prepared it."""

    def product(self, product_id: str, *, version: str) -> Product:
        del product_id, version
        product = objecten()
        return replace(product, process=replace(product.process, four_eyes=True))


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case, which Samir holds."""
    return office_with(submission(), taken_by=SAMIR)


def strict(office: FakeDesk) -> Desk:
    return replace(office.desk, products=StrictProducts())


def prepare(office: FakeDesk, person: Person, *, version: int = 0, draft: Draft = GRANT) -> int:
    edit = Edit(draft=draft, version=version, editor=person.subject)
    return drafting.keep_draft(REFERENCE, edit=edit, person=person, now=NOW, desk=strict(office)).version


def sign(office: FakeDesk, person: Person, *, version: int) -> None:
    deciding.decide_draft(
        REFERENCE, version=version, person=person, now=NOW, desk=strict(office), letters=FakeLetters()
    )


def test_who_prepared_is_refused_and_a_colleague_signs(office: FakeDesk) -> None:
    version = prepare(office, SAMIR)
    with pytest.raises(FourEyesError):
        sign(office, SAMIR, version=version)
    assert office.told == []
    sign(office, ELS, version=version)
    assert office.names == ["CaseDecided"]
    assert office.cases.cases[REFERENCE].ledger[-1].who == "els"


def test_everybody_who_changed_the_draft_prepared_it(office: FakeDesk) -> None:
    prepare(office, SAMIR)
    version = prepare(office, MILA, version=1, draft=replace(GRANT, own_reason="Ook de buren zijn het eens."))
    for person in (SAMIR, MILA):
        with pytest.raises(FourEyesError):
            sign(office, person, version=version)
    sign(office, ELS, version=version)
    assert office.names == ["CaseDecided"]


def test_who_saves_without_a_change_did_not_prepare_it(office: FakeDesk) -> None:
    version = prepare(office, SAMIR)
    assert prepare(office, ELS, version=version) == version
    sign(office, ELS, version=version)
    assert office.names == ["CaseDecided"]


def test_another_system_cannot_prepare_and_sign_in_one_call(office: FakeDesk) -> None:
    with pytest.raises(FourEyesError):
        deciding.decide(REFERENCE, draft=GRANT, person=SAMIR, now=NOW, desk=strict(office), letters=FakeLetters())
    assert office.told == []


def test_nobody_signs_for_a_case_that_nobody_holds(office: FakeDesk) -> None:
    version = prepare(office, SAMIR)
    office.change(REFERENCE, handler=None)
    with pytest.raises(NotYourCaseError):
        sign(office, ELS, version=version)


def take_back(office: FakeDesk, person: Person, *, because: str = "Het is onveilig.", minutes: int = 0) -> bool:
    written = Withdrawal(because=because, source="APV 1:6", hearing="heard", hearing_note="Op 1 december.")
    seen = stamp_of(office.cases.prepared.get(REFERENCE))
    at = NOW + timedelta(minutes=minutes)
    return withdraw_permit(REFERENCE, withdrawal=written, seen=seen, person=person, now=at, desk=strict(office))


def test_a_permit_is_taken_back_by_two_people_and_whoever_changes_the_text_is_not_the_second(office: FakeDesk) -> None:
    sign(office, MILA, version=prepare(office, SAMIR))
    announcing.record_sent(notice("decision", at=NOW), now=NOW, desk=office.desk)
    assert take_back(office, SAMIR) is False
    with pytest.raises(FourEyesError):
        take_back(office, SAMIR)
    assert take_back(office, MILA, because="Het is te groot.", minutes=1) is False
    with pytest.raises(FourEyesError):
        take_back(office, MILA, because="Het is te groot.", minutes=2)
    stale = replace(office.cases.prepared[REFERENCE].withdrawal, because="Anders.")
    with pytest.raises(WithdrawalChangedError):
        withdraw_permit(REFERENCE, withdrawal=stale, seen="", person=SAMIR, now=NOW, desk=strict(office))
    assert REFERENCE not in office.cases.given_up
    assert take_back(office, ELS, because="Het is te groot.", minutes=3) is True
    assert REFERENCE in office.cases.given_up

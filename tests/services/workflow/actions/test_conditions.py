"""Conditions that come to what the law gave: within six weeks, with their letter, and the permit stays (Awb 4:20f)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.workflow.actions import announcing, deciding
from services.workflow.actions.withdrawing import withdraw_permit
from services.workflow.domain.decision import Draft
from services.workflow.domain.withdrawing import ConditionsTooLateError, Withdrawal, stamp_of
from services.workflow.ports import Desk
from shared.access import Person
from shared.catalogue.definitions import PermitLife, Product, Silence, SilenceEffect
from shared.term_events import ConditionsAdded, PermitWithdrawn
from tests.services.workflow.fakes import FakeDesk, FakeLetters, FakeProducts
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import MILA, NOW, REFERENCE, SAMIR, notice, objecten, submission

ANNOUNCED = NOW + timedelta(days=60)
"""The eight weeks to decide are over."""


class BySilence(FakeProducts):
    """The permit for an object on the street, which silence gives until further notice."""

    def __init__(self, **process: Any) -> None:
        self._process = {"silence": Silence(effect=SilenceEffect.GRANTED, article="APV 2:10")} | process

    def product(self, product_id: str, *, version: str) -> Product:
        del product_id, version
        product = objecten()
        return replace(product, process=replace(product.process, permit=PermitLife(indefinite=True), **self._process))


@pytest.fixture
def office() -> FakeDesk:
    """A desk where the law gave what Noor asked, and the letter that says so went."""
    made = office_with(submission(), taken_by=SAMIR)
    desk, draft = silent(made), Draft(result="by_law")
    deciding.decide(REFERENCE, draft=draft, person=SAMIR, now=ANNOUNCED, desk=desk, letters=FakeLetters())
    announcing.record_sent(notice("decision", at=ANNOUNCED), now=ANNOUNCED, desk=desk)
    made.told.clear()
    return made


def silent(office: FakeDesk, **process: Any) -> Desk:
    return replace(office.desk, products=BySilence(**process))


def add(office: FakeDesk, *, days: int = 1, person: Person = SAMIR, **process: Any) -> bool:
    written = Withdrawal(
        conditions="Houd 1,5 meter vrij.\n\n  Bel ons vooraf.  ",
        because="Anders kan niemand erlangs.",
        source="APV 1:6",
        hearing="heard",
        hearing_note="U belde op 1 februari.",
    )
    return withdraw_permit(
        REFERENCE,
        withdrawal=written,
        seen=stamp_of(office.cases.prepared.get(REFERENCE)),
        person=person,
        now=ANNOUNCED + timedelta(days=days),
        desk=silent(office, **process),
    )


def test_the_letter_brings_each_condition_why_and_that_damage_is_paid_and_the_permit_stays(office: FakeDesk) -> None:
    assert add(office) is True
    (told,) = (fact for fact in office.told if isinstance(fact, ConditionsAdded))
    assert (told.letter.kind, told.letter.objection) == ("conditions", True)
    assert [(reason.text, reason.source) for reason in told.letter.reasons] == [
        ("Voorschrift 1: Houd 1,5 meter vrij.", "Awb 4:20f lid 1"),
        ("Voorschrift 2: Bel ons vooraf.", "Awb 4:20f lid 1"),
        ("Anders kan niemand erlangs.", "APV 1:6"),
        (told.letter.reasons[3].text, "Awb 4:7"),
        ("Lijdt u hierdoor schade? Dan vergoeden wij die. Laat het ons weten.", "Awb 4:20f lid 3"),
    ]
    assert not [fact for fact in office.told if isinstance(fact, PermitWithdrawn)]
    assert REFERENCE not in office.cases.given_up


def test_conditions_come_until_six_weeks_after_the_announcement_and_no_later(office: FakeDesk) -> None:
    assert add(office, days=42) is True
    with pytest.raises(ConditionsTooLateError):
        add(office, days=48)


def test_only_what_the_law_gave_gets_conditions_afterwards(office: FakeDesk) -> None:
    with pytest.raises(ConditionsTooLateError):
        add(office, silence=None)


def test_where_the_product_asks_so_a_colleague_signs_the_conditions(office: FakeDesk) -> None:
    assert add(office, four_eyes=True) is False
    assert office.cases.prepared[REFERENCE].withdrawal.added == ("Houd 1,5 meter vrij.", "Bel ons vooraf.")
    assert add(office, person=MILA, four_eyes=True) is True
    assert REFERENCE not in office.cases.prepared

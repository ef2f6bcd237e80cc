"""What is sensitive is sealed with every trace of it before it is kept or told, and whole again for who has the key."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from services.forms.actions.sending import submit_once
from services.forms.domain.identity import Identity
from services.forms.ports import OnceOnly, Sent
from shared.catalogue.definitions import Computed, Product, Sensitive
from shared.catalogue.plan import sensitive_names
from shared.events import SubmissionReceived
from shared.keyring import BrokenSealError, Keyring
from shared.sealed import open_submission
from shared.wire import to_wire
from tests.keys import KEYRING
from tests.services.forms.noor import ANSWERS, NOW, OBJECTEN, Memory, Shelf, means_with
from tests.services.workflow.town import whole_catalogue

BSN = "999970100"
CARD = whole_catalogue().product("gehandicaptenparkeerkaart")
APPLICATION: dict[str, Any] = {
    "request": "first",
    "applicant_kind": "person",
    "registered": True,
    "card_kind": "driver",
    "licence": "5000000001",
    "wheelchair": False,
    "distance": "over_100",
    "other_limitation": "Ik heb de ziekte van Bechterew",
    "aids": ["walker"],
    "since": "maart 2024",
    "expected": "longer",
    "earlier_exam": False,
    "gp_consent": False,
    "delivery": "collect",
    "name": "Noor de Vries",
    "bsn": BSN,
    "contact_address": ANSWERS["contact_address"],
    "email": "noor@example.org",
    "truth": True,
}


def told(product: Product, answers: dict[str, Any], *, who: Identity | None = None) -> SubmissionReceived:
    """What the other services hear of an application."""
    memory = Memory()
    means = replace(means_with(memory, products=Shelf(now={product.id: product})), who=who)
    sent = Sent(answers=answers, language="nl", incomplete=True)
    submit_once(product, sent=sent, once=OnceOnly(key_hash=b"k", body_hash=b"b"), means=means, now=NOW)
    (happened,) = memory.told
    assert isinstance(happened, SubmissionReceived)
    (kept,) = memory.submissions.values()
    assert kept == happened
    return happened


def names_in(said: SubmissionReceived) -> set[str]:
    """Every question that is named somewhere in an application."""
    rows = [*said.missing, *(row for section in said.shown for row in section.rows)]
    return {*said.answers, *(row.question for row in rows), *(name for rule in said.rules for name in rule.inputs)}


def test_nothing_sensitive_is_told_in_clear_not_even_which_of_it_was_asked() -> None:
    said = told(CARD, APPLICATION)
    sensitive = set(sensitive_names(CARD))
    assert {"distance", "other_limitation", "exam_needed", "bsn", "holder_bsn"} <= sensitive
    assert names_in(said) & sensitive == set()
    assert {"walks-further", "medical-advice", "refer", "fee-with-exam"} & {rule.rule for rule in said.rules} == set()
    clear = json.dumps(to_wire(said))
    for text in (BSN, "Bechterew", "over_100", "meer dan 100 meter"):
        assert text not in clear
    assert said.answers["delivery"] == "collect"
    assert {"other-municipality", "old-card-invalid"} <= {rule.rule for rule in said.rules}


def test_who_has_the_key_reads_it_whole_and_nobody_else() -> None:
    said = told(CARD, APPLICATION)
    whole = open_submission(said, keyring=KEYRING)
    assert whole.sealed is None
    assert {name: whole.answers[name] for name in APPLICATION} == APPLICATION
    assert "walks-further" in {rule.rule for rule in whole.rules if rule.outcome == "fired"}
    assert "Ik heb de ziekte van Bechterew" in [row.text.nl for section in whole.shown for row in section.rows]
    assert "exam_where" not in names_in(whole)
    for wrong in (Keyring("b" * 40), KEYRING):
        with pytest.raises(BrokenSealError):
            open_submission(replace(said, reference="Z-2026-2222-2222"), keyring=wrong)


def test_what_is_told_is_as_long_whatever_was_answered() -> None:
    yes, no = (told(CARD, {**APPLICATION, "gp_consent": consents}) for consents in (False, True))
    assert yes.sealed
    assert no.sealed
    assert len(yes.sealed) == len(no.sealed)
    assert names_in(yes) == names_in(no)


def test_a_product_without_sensitive_questions_tells_all_as_before() -> None:
    said = told(OBJECTEN, ANSWERS)
    assert said.sealed is None
    assert said.same_person == ()
    assert {name: said.answers[name] for name in ANSWERS} == ANSWERS
    assert open_submission(said, keyring=KEYRING) is said


def test_an_applicant_is_known_again_by_the_number_in_the_form_or_that_of_the_sign_in() -> None:
    by_answer = told(CARD, APPLICATION).same_person
    noor = Identity(kind="person", number=BSN, mark=b"n", level="substantieel", name="Noor de Vries")
    by_sign_in = told(OBJECTEN, ANSWERS, who=noor).same_person
    company = replace(noor, kind="company", number="68750110")
    assert by_answer == by_sign_in == KEYRING.marks(BSN)
    assert told(OBJECTEN, ANSWERS, who=company).same_person == ()
    for_another = {**ANSWERS, "applicant_kind": "represented", "represented": "Fatima Yilmaz"}
    assert told(OBJECTEN, for_another, who=noor).same_person == ()


def test_a_calculated_value_and_the_line_that_shows_it_are_as_sensitive_as_what_they_rest_on() -> None:
    assert sensitive_names(CARD)["exam_needed"] is Sensitive.HEALTH
    assert "medical" not in sensitive_names(CARD)
    twice = Computed(id="twice", formula="exam_needed", label=None, unit=None, digits=None, table=None)
    assert sensitive_names(replace(CARD, computed=(*CARD.computed, twice)))["twice"] is Sensitive.HEALTH

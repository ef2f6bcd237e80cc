"""A card says in its own decision until when it is valid and which number it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.workflow.domain import case as cases
from services.workflow.domain.decision import Draft, compose, faults_of, keep_other_side
from services.workflow.domain.given import to_decide_on
from services.workflow.domain.retention import keeping_of
from shared.catalogue.lasting import NUMBER
from shared.events import Decision, SubmissionReceived, Words
from tests.services.workflow.town import NOW, TODAY, objecten, submission, whole_catalogue

CARD = whole_catalogue().product("gehandicaptenparkeerkaart")
OBJECTING = whole_catalogue().product("bezwaar")
GRANT = Draft(result="granted", blocks=("driver",), until="2031-11-24", number=" B 123 ")


def of_card() -> SubmissionReceived:
    answers = {"request": "first", "applicant_kind": "person", "card_kind": "driver"}
    return replace(submission(), product=CARD.id, version=CARD.version, title=CARD.title, answers=answers, ends=None)


def written(draft: Draft) -> Decision:
    return compose(draft, submission=of_card(), product=CARD, on=TODAY, handler="Samir Haddad")


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        (GRANT, []),
        (replace(GRANT, until="", number=""), ["until.day", "number"]),
        (replace(GRANT, until="31/2/2030"), ["until.day"]),
        (replace(GRANT, until="2026-11-23"), ["until.day"]),  # yesterday
        (replace(GRANT, until="2031-11-25"), ["until.day"]),  # five years and a day
        (replace(GRANT, until="2027-05-23"), ["until.day"]),  # half a year, but for a day
        (replace(GRANT, until="2027-05-24"), []),
        (replace(GRANT, number="9" * 41), ["number"]),
        (Draft(result="refused", blocks=("no-examination",), hearing="own_facts"), []),
    ],
)
def test_a_card_is_given_until_a_day_within_five_years_and_under_its_number(draft: Draft, names: list[str]) -> None:
    assert [fault.name for fault in faults_of(draft, product=CARD, on=TODAY)] == names


def test_a_card_that_ends_too_soon_is_told_from_which_day_on_and_one_that_replaces_another_keeps_its_day() -> None:
    (fault,) = faults_of(replace(GRANT, until="2027-01-31"), product=CARD, on=TODAY)
    assert fault.reason.nl == "Dit geldt minstens 6 maanden. Kies een dag vanaf 24 mei 2027."
    replacing = to_decide_on(CARD, answers={"request": "replacement"})
    assert faults_of(replace(GRANT, until="2027-01-31"), product=replacing, on=TODAY) == ()
    assert to_decide_on(CARD, answers={"request": "renewal"}).process == CARD.process


FOUNDED = Draft(result="founded", blocks=("reason-right",), hearing="heard", renewal_text="Een kaart.")


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        (replace(FOUNDED, renewal="granted"), ["until.day", "number"]),
        (replace(FOUNDED, renewal="granted_partly", until="2027-05-23", number="B 1"), ["until.day"]),
        (replace(FOUNDED, renewal="granted", until="2027-05-24", number="B 1"), []),
        (replace(FOUNDED, renewal="refused"), []),
        (replace(FOUNDED, renewal="revoked"), []),
    ],
)
def test_a_card_that_is_given_only_on_an_objection_has_its_end_and_number_there(draft: Draft, names: list[str]) -> None:
    product = to_decide_on(OBJECTING, answers={"request": "first"}, first=CARD)
    draft = replace(draft, hearing_note="U kwam.")
    assert [fault.name for fault in faults_of(draft, product=product, on=TODAY)] == names
    other = to_decide_on(OBJECTING, answers={}, first=objecten())
    assert faults_of(draft, product=other, on=TODAY) == ()


def test_the_letter_says_until_when_and_which_number() -> None:
    decision = written(GRANT)
    assert (decision.starts, decision.ends) == (TODAY, date(2031, 11, 24))
    number = decision.facts[-1]
    assert (number.question, number.label.nl, number.text) == (
        NUMBER,
        "Nummer van de kaart",
        Words(nl="B 123", en="B 123"),
    )


def test_what_was_typed_of_a_card_stays_while_another_result_is_chosen_and_stands_in_no_refusal() -> None:
    turned = keep_other_side(Draft(result="refused"), before=GRANT, product=CARD)
    assert (turned.until, turned.number) == (GRANT.until, GRANT.number)
    decision = written(turned)
    assert (decision.ends, [fact.question for fact in decision.facts]) == (None, [])


def test_the_case_of_a_card_is_kept_until_a_year_after_the_card_ends() -> None:
    case = cases.open_case(UUID(int=1), submission=of_card())
    case = cases.decide(cases.claim(case, by="samir"), by="samir", at=NOW)
    found = keeping_of(cases.announce(case, at=NOW), decision=written(GRANT), product=CARD)
    assert found
    assert (found.rule.number, found.until) == ("8.1.14", date(2032, 11, 24))

"""A decision says why, on what article, and under which conditions (Awb 3:45 to 3:47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.workflow.domain.decision import (
    Draft,
    OwnCondition,
    compose,
    faults_of,
    first_draft,
    keep_other_side,
    offer_blocks,
)
from shared.events import Decision
from tests.services.workflow.town import TODAY, objecten, submission

PARTLY = Draft(
    result="granted_partly", blocks=("no-harm", "safety", "dates"), given="De container.", withheld="De steiger."
)


def names(draft: Draft) -> list[str]:
    return [fault.name for fault in faults_of(draft, product=objecten(), on=TODAY)]


def written(draft: Draft) -> Decision:
    return compose(draft, submission=submission(), product=objecten(), on=TODAY, handler="Samir Haddad")


def test_without_a_result_nothing_is_decided() -> None:
    assert names(Draft()) == ["result"]


def test_a_grant_needs_a_reason_from_the_product_or_in_own_words() -> None:
    assert names(Draft(result="granted")) == ["grant_reasons"]
    assert names(Draft(result="granted", blocks=("no-harm",))) == []
    assert names(Draft(result="granted", own_reason="Er is genoeg ruimte.")) == []


def test_a_ground_for_refusal_is_no_reason_to_grant() -> None:
    assert names(Draft(result="granted", blocks=("safety",))) == ["grant_reasons"]


def test_a_refusal_needs_a_ground_and_own_words_only_with_their_article() -> None:
    refusal = Draft(result="refused", hearing="own_facts")
    assert names(refusal) == ["refusal_grounds"]
    assert names(replace(refusal, own_reason="Het past hier niet.")) == ["refusal_grounds"]
    assert names(replace(refusal, own_reason="Het past hier niet.", own_source="APV 1:8")) == []
    assert names(replace(refusal, blocks=("safety",))) == []


def test_nothing_is_turned_down_before_the_applicant_was_heard_or_the_law_says_why_not() -> None:
    for draft in (Draft(result="refused", blocks=("safety",)), PARTLY):
        assert names(draft) == ["hearing"]
        assert names(replace(draft, hearing="own_facts")) == []
        for hearing in ("heard", "urgent", "money"):
            assert names(replace(draft, hearing=hearing)) == ["hearing_note"]
            assert names(replace(draft, hearing=hearing, hearing_note="Op 3 november gebeld.")) == []


def test_that_the_applicant_was_heard_is_told_in_the_letter_and_why_not_is_for_the_file() -> None:
    refusal = Draft(result="refused", blocks=("safety",), hearing="heard", hearing_note="U wilt een andere plek.")
    assert [(one.text, one.source) for one in written(refusal).reasons][-1] == (
        "Wij vroegen u eerst om een reactie. U wilt een andere plek.",
        "Awb 4:7",
    )
    assert len(written(replace(refusal, hearing="urgent")).reasons) == 1


def test_a_grant_in_part_says_what_is_given_what_is_not_and_why_for_both() -> None:
    bare = Draft(result="granted_partly", hearing="own_facts")
    assert names(bare) == ["given", "withheld", "refusal_grounds", "grant_reasons"]
    decision = written(replace(PARTLY, hearing="own_facts"))
    assert decision.reasons[0].text == "Dit krijgt u wel: De container.\nDit krijgt u niet: De steiger."
    assert len(decision.reasons) == 3
    assert [condition.source for condition in decision.conditions]


def test_that_nothing_is_needed_has_its_reason_and_no_conditions() -> None:
    assert names(Draft(result="not_needed")) == ["own_reason"]
    decision = written(Draft(result="not_needed", own_reason="Het is eigen grond.", blocks=("dates", "no-harm")))
    assert [reason.text for reason in decision.reasons] == ["Het is eigen grond."]
    assert decision.conditions == ()


def test_an_own_condition_says_why_and_an_empty_row_says_nothing() -> None:
    draft = Draft(result="granted", blocks=("no-harm",), own_conditions=(OwnCondition(), OwnCondition(text="Veeg.")))
    assert names(draft) == ["own_conditions.1.because"]
    draft = Draft(result="granted", blocks=("no-harm",), own_conditions=(OwnCondition(because="Het wordt vies."),))
    assert names(draft) == ["own_conditions.0.text"]


def test_a_text_that_the_product_does_not_have_is_refused() -> None:
    assert names(Draft(result="granted", blocks=("no-harm", "made-up"))) == ["blocks"]


def test_a_text_has_a_longest_length() -> None:
    assert names(Draft(result="granted", own_reason="x" * 5001)) == ["own_reason"]
    assert names(Draft(result="granted", blocks=("no-harm",), own_source="x" * 5001)) == ["own_source"]


def test_the_decision_carries_reasons_with_source_and_conditions_with_reason() -> None:
    decision = written(
        Draft(
            result="granted",
            blocks=("no-harm", "dates"),
            own_reason="De buren zijn het eens.",
            own_conditions=(OwnCondition(text="Veeg elke dag.", because="Dan blijft het schoon."),),
        )
    )
    assert [reason.source for reason in decision.reasons] == ["APV 2:10 lid 1", "APV 2:10 lid 1"]
    assert decision.reasons[1].text == "De buren zijn het eens."
    assert [condition.text for condition in decision.conditions][1] == "Veeg elke dag."
    assert all(condition.because and condition.source for condition in decision.conditions)
    assert decision.subject == f"een voorwerp op of aan de weg, {decision.place}"
    assert (decision.authority, decision.signatory) == (objecten().process.authority, objecten().process.signatory)


def test_a_refusal_has_no_conditions_and_no_reasons_to_grant() -> None:
    decision = written(Draft(result="refused", blocks=("no-harm", "dates", "safety")))
    assert decision.conditions == ()
    assert len(decision.reasons) == 1
    assert "gevaarlijk" in decision.reasons[0].text


def test_the_facts_are_the_answers_that_the_product_names_with_what_was_worked_out_from_them() -> None:
    facts = {fact.question: fact.text.nl for fact in written(Draft(result="granted")).facts}
    assert facts["objects"] == "1 container van 4 bij 2 meter"
    assert facts["total_area"] == "8 m²"


def test_the_fee_comes_with_its_source() -> None:
    decision = written(Draft(result="granted"))
    assert decision.fee_cents == 5000
    assert decision.fee_source


def test_received_and_decided_are_calendar_days() -> None:
    decision = written(Draft(result="granted"))
    assert (decision.received_on, decision.decided_on) == (date(2026, 11, 24), TODAY)


def test_what_the_answers_suggest_stands_first_and_only_conditions_are_chosen_beforehand() -> None:
    offer = offer_blocks(submission(footway_width="1.20"), product=objecten())
    assert offer.refusal_grounds[0].id == "safety"
    assert "safety" in offer.suggested
    chosen = first_draft(offer).blocks
    assert "footway-free" in chosen
    assert not {block.id for block in (*offer.grant_reasons, *offer.refusal_grounds)} & set(chosen)


def test_what_was_chosen_for_the_other_result_is_kept_while_its_fields_are_hidden() -> None:
    own = (OwnCondition(text="Veeg.", because="Het wordt vies."),)
    before = Draft(result="granted", blocks=("no-harm", "dates"), own_conditions=own)
    refused = keep_other_side(Draft(result="refused", blocks=("safety",)), before=before, product=objecten())
    assert set(refused.blocks) == {"safety", "no-harm", "dates"}
    assert refused.own_conditions == own
    back = keep_other_side(Draft(result="granted", blocks=("no-harm",)), before=refused, product=objecten())
    assert set(back.blocks) == {"no-harm", "safety"}
    assert back.own_conditions == ()

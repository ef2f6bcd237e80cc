"""What every effect of a rule does, and how tables, periods and files count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import Evaluation, evaluate
from tests.products import read_product
from tests.shared.catalogue.texts import FILES as TRIAL
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

WIDE = read_product(FILES, product_id="party")
ON = date(2026, 11, 2)
PLAN = [{"name": "plan.pdf", "type": "application/pdf", "bytes": 1000}]
STALLS = [
    {"sells": "food", "gas": True, "bottles": [{"litres": "20"}, {"litres": "12.5"}]},
    {"sells": "goods", "gas": True, "bottles": [{"litres": "50"}]},
]
ANSWERS: dict[str, Any] = {
    "stay": {"first": "2026-12-14", "last": "2026-12-15"},
    "begins": "09:30",
    "spot": {"words": "Bij de brug"},
    "plan": PLAN,
    "stalls": STALLS,
    "name": "Noor de Vries",
    "email": "noor@example.org",
    "birth": "2000-01-31",
    "bsn": "999970100",
    "partner": False,
}


def party(product: Product = WIDE, /, **changes: Any) -> Evaluation:
    return evaluate(product, {**ANSWERS, **changes}, on=ON)


def changed(right: str, wrong: str, *, process: str = PROCESS) -> Product:
    assert right in FORM
    return read_product({"form.yaml": FORM.replace(right, wrong, 1), "process.yaml": process}, product_id="party")


def test_a_cell_counts_only_while_the_condition_of_its_column_is_true() -> None:
    stalls = party().answers["stalls"]
    assert stalls[0] == STALLS[0]
    assert stalls[1] == {"sells": "goods"}
    assert party().computed["gas_litres"] == [32.5, None]


def test_the_condition_of_a_column_sees_the_questions_of_the_form_too() -> None:
    without_plan = party(plan=None)
    assert "bottles" not in without_plan.answers["stalls"][0]
    assert without_plan.computed["gas_litres"] == [None, None]


def test_sums_go_through_a_table_and_the_tables_in_it() -> None:
    food = [{"sells": "food", "gas": True, "bottles": [{"litres": "30"}]}] * 2
    result = party(stalls=food)
    assert result.computed["gas_litres"] == [30.0, 30.0]
    assert result.computed["all_litres"] == 60.0


def test_what_lacks_its_answer_is_named_down_to_the_cell() -> None:
    stalls = [{"sells": "food"}, {}, {"sells": "food", "gas": True, "bottles": [{}]}, {"sells": "goods"}]
    result = party(stalls=stalls, name="", begins=None)
    assert result.missing == ("begins", "stalls.0.gas", "stalls.1.sells", "stalls.2.bottles.0.litres", "name")
    assert result.must == ("name",)


def test_what_is_optional_hidden_or_only_shown_is_never_missing() -> None:
    assert party().missing == ()
    assert {"welcome", "stay_shown"} <= party().visible
    assert party(partner=True).missing == ("partner_name", "partner_email")


def test_a_wrong_cell_is_named_by_its_path() -> None:
    stalls = [{"sells": "food", "gas": True, "bottles": [{"litres": "20"}, {"litres": "100"}]}]
    assert party(stalls=stalls).invalid == ("stalls.0.bottles.1.litres",)


def test_a_declaration_that_is_not_made_is_missing() -> None:
    declared = changed("kind: yes_no\n        label: {nl: Partner?", "kind: declaration\n        label: {nl: Partner?")
    assert party(declared, partner=False).missing == ("partner",)
    assert party(declared, partner=True).missing == ("partner_name", "partner_email")


def test_parts_of_a_period_are_days() -> None:
    assert party().computed["length_of_stay"] == 2.0
    assert party(stay={"first": "2026-12-15", "last": "2026-12-14"}).computed["length_of_stay"] is None


def test_a_question_by_rule_comes_with_the_reason_of_the_rule() -> None:
    assert "noise_plan" not in party().visible
    early = party(begins="06:59", noise_plan=PLAN)
    assert early.ask_also["noise_plan"].because.nl == "Dat is vroeg."
    assert early.answers["noise_plan"] == PLAN
    assert "noise_plan" not in party(begins=None, noise_plan=PLAN).answers


def test_a_question_by_rule_waits_for_a_rule_that_is_in_force() -> None:
    text = "when: begins < '07:00'\n    because: {nl: Dat is vroeg., en: That is early.}\n    source: APV 2:25\n"
    later = changed(f"{text}    valid_from: 2026-01-01", f"{text}    valid_from: 2026-12-01")
    assert "noise_plan" not in party(later, begins="06:00").visible


def test_another_product_gets_the_answers_under_its_own_names() -> None:
    assert party().other_product is None
    elsewhere = party(stay={"first": "2026-12-14", "last": "2026-12-17"}).other_product
    assert elsewhere is not None
    assert (elsewhere.product, [each.rule for each in elsewhere.outcomes]) == ("event", ["other"])
    assert elsewhere.answers["event_name"] == "Noor de Vries"
    assert elsewhere.answers["days"] == 4.0
    assert elsewhere.answers["email"] == "noor@example.org"


def test_carried_answers_are_kept_where_they_fit_and_named_where_they_are_lost() -> None:
    trial = read_product(TRIAL, product_id="trial")
    things = [{"colour": "red", "length": "2.5"}, {"colour": "green", "length": "1", "width": "2"}]
    given = {"name": "Noor", "heavy": "yes", "weight": 12, "things": things, "unknown": 1, "email": ""}
    carried = carry_over(given, into=trial)
    assert carried.answers == {"name": "Noor", "weight": 12, "things": [things[0], {"length": "1"}]}
    assert carried.lost == ("heavy", "things.1.colour", "things.1.width", "unknown")


def test_a_likely_refusal_warns_and_keeps_from_granting_at_once() -> None:
    at_once = changed(
        "effect: route\n    value: street\n    when: all_litres > 50", "effect: at_once\n    when: partner"
    )
    assert party(at_once, partner=True).at_once
    young = party(at_once, partner=True, birth="2015-01-01")
    assert [each.rule for each in young.likely_refusal] == ["too-young"]
    assert not young.at_once
    assert not party(at_once, partner=True, stay={"first": "2026-12-13", "last": "2026-12-13"}).at_once


def test_rules_route_add_tasks_and_ask_for_advice() -> None:
    usual = party()
    assert (usual.team, usual.tasks, usual.advisers) == ("events", ("check-completeness",), ())
    much = party(stalls=[{"sells": "food", "gas": True, "bottles": [{"litres": "51"}]}], partner=True)
    assert much.team == "street"
    assert much.tasks == ("check-completeness", "look-at-gas", "call")
    assert much.advisers == ("fire",)


@pytest.mark.parametrize(("last", "cents"), [("2026-12-14", 20171), ("2026-12-16", 20513)])
def test_a_fee_per_piece_comes_on_top_of_a_fixed_one(last: str, cents: int) -> None:
    fee = party(stay={"first": "2026-12-14", "last": last}).fee
    assert fee is not None
    assert fee.cents == cents


def test_a_fee_per_piece_is_rounded_to_whole_cents_and_unknown_without_the_number() -> None:
    half = changed("formula: days(stay.first, stay.last) + 1", "formula: (days(stay.first, stay.last) + 1) / 2")
    fee = party(half, stay={"first": "2026-12-14", "last": "2026-12-14"}).fee
    assert fee is not None
    assert fee.cents == 20000 + 86
    assert party(stay=None).fee is None


def test_the_second_signatory_is_needed_when_the_form_says_so() -> None:
    assert not party().cosign
    assert party(partner=True).cosign
    assert party(changed("cosign:\n  when: partner\n", "cosign:\n")).cosign
    assert not evaluate(read_product(TRIAL, product_id="trial"), {}, on=ON).cosign


def test_what_is_sensitive_is_never_recorded_with_a_rule() -> None:
    looked_at = changed("when: age(birth) < 18", "when: age(birth) < 18 && bsn != ''")
    inputs = next(each.inputs for each in party(looked_at).outcomes if each.rule == "too-young")
    assert inputs == {"birth": "2000-01-31"}
    resting = party(changed("formula: sum(gas_litres)", "formula: >-\n      sum(gas_litres) + (bsn == '1' ? 1 : 100)"))
    assert next(each for each in resting.outcomes if each.rule == "gas-team").inputs == {}

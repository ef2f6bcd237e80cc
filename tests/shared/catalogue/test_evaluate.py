"""What follows from answers: hidden is absent everywhere, unknown grants nothing, and numbers come out as on paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shared.catalogue
from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.events import RuleOutcome
from shared.wire import to_wire
from tests.products import CATALOGUE, read_product
from tests.shared.catalogue.texts import FILES, FORM

FOLDER = Path(shared.catalogue.__file__).parent
OBJECTEN = CATALOGUE.product("objecten")
TRIAL = read_product(FILES, product_id="trial")
ON = date(2026, 11, 2)

CONTAINER = {"kind": "container", "length": "4.00", "width": "2.00", "count": 1}
ANSWERS: dict[str, Any] = {
    "objects": [CONTAINER],
    "surfaces": ["pavement"],
    "footway_width": "1.80",
    "starts": "2026-12-14",
    "ends": "2026-12-18",
}


def objecten(**changes: Any) -> Evaluation:
    return evaluate(OBJECTEN, {**ANSWERS, **changes}, on=ON)


def outcome_of(evaluation: Evaluation, rule: str) -> RuleOutcome:
    return next(each for each in evaluation.outcomes if each.rule == rule)


def trial(form: str) -> Product:
    return read_product({**FILES, "form.yaml": form}, product_id="trial")


def test_a_question_whose_condition_is_false_or_unknown_is_absent_everywhere() -> None:
    hidden = evaluate(TRIAL, {"heavy": False, "weight": 120}, on=ON)
    unknown = evaluate(TRIAL, {"weight": 120}, on=ON)
    for result in (hidden, unknown):
        assert "weight" not in result.visible
        assert "weight" not in result.answers
        assert outcome_of(result, "too-heavy").outcome == "unknown"
        assert outcome_of(result, "too-heavy").inputs == {}


def test_a_question_that_rests_on_a_hidden_one_is_hidden_too() -> None:
    result = objecten(surfaces=["pavement"], road_closed=True, traffic_measures="Borden en hekken")
    assert not {"road_closed", "traffic_measures", "carriageway_width"} & result.visible
    assert not {"road_closed", "traffic_measures"} & result.answers.keys()
    assert result.advice == ()


def test_conditional_questions_appear_with_what_calls_for_them() -> None:
    open_road = objecten(surfaces=["road", "parking"], road_closed=False)
    assert {"road_closed", "carriageway_width", "parking_bays"} <= open_road.visible
    assert not {"footway_width", "traffic_measures"} & open_road.visible
    closed = objecten(surfaces=["road"], road_closed=True)
    assert "traffic_measures" in closed.visible
    assert "carriageway_width" not in closed.visible
    company = objecten(applicant_kind="company")
    assert {"organisation", "kvk"} <= company.visible
    assert "other_object" in objecten(objects=[CONTAINER, {"kind": "other"}]).visible


def test_square_metres_are_worked_out_per_row_and_in_all() -> None:
    rows = [CONTAINER, {"kind": "crane", "length": "2.5", "width": "1.1", "count": 3}]
    result = objecten(objects=rows)
    assert result.computed["area"] == [8.0, 8.25]
    assert result.computed["total_area"] == 16.25
    assert result.computed["days_placed"] == 5.0


def test_a_row_without_its_width_leaves_the_total_unknown() -> None:
    result = objecten(objects=[CONTAINER, {"kind": "crane", "length": "2.5", "count": 1}])
    assert result.computed["area"] == [8.0, None]
    assert result.computed["total_area"] is None
    assert result.fee is None
    assert result.not_needed is None
    assert result.at_once is False


def test_three_times_ten_centimetres_is_thirty() -> None:
    result = objecten(objects=[{"kind": "container", "length": "0.1", "width": "1", "count": 3}])
    assert result.computed["area"] == [0.3]


@pytest.mark.parametrize(
    ("changes", "fee"),
    [
        ({}, "small"),
        ({"objects": [{**CONTAINER, "width": "2.50"}]}, "small"),
        ({"objects": [{**CONTAINER, "width": "2.51"}]}, "large"),
        ({"ends": "2026-12-19"}, "small"),
        ({"ends": "2026-12-20"}, "large"),
        ({"objects": []}, None),
        ({"ends": "2026-12-13"}, None),
    ],
)
def test_the_fee_turns_at_ten_square_metres_and_at_a_week(changes: dict[str, Any], fee: str | None) -> None:
    result = objecten(**changes)
    assert (result.fee.fee_class if result.fee else None) == fee
    assert (result.fee.cents if result.fee else None) == {"small": 5000, "large": 21000, None: None}[fee]


def test_one_large_figure_settles_the_large_fee_while_the_other_is_unknown() -> None:
    result = evaluate(OBJECTEN, {"starts": "2026-12-01", "ends": "2027-01-31"}, on=ON)
    assert result.fee is not None
    assert result.fee.fee_class == "large"


@pytest.mark.parametrize(
    ("changes", "not_needed", "at_once"),
    [
        ({}, False, True),
        ({"ends": "2026-12-14"}, True, True),
        ({"ends": "2026-12-14", "footway_width": "1.79"}, False, False),
        ({"ends": "2026-12-14", "footway_width": ""}, False, False),
        ({"ends": "2026-12-14", "surfaces": ["road"], "road_closed": False}, False, False),
        ({"ends": "2026-12-14", "objects": [{**CONTAINER, "kind": "crane"}]}, False, False),
        ({"ends": "2026-12-27"}, False, True),
        ({"ends": "2026-12-28"}, False, False),
        ({"ends": "2026-12-13"}, False, False),
    ],
)
def test_no_permit_or_one_at_once_only_for_what_is_small_short_and_out_of_the_way(
    changes: dict[str, Any], not_needed: bool, at_once: bool
) -> None:
    result = objecten(**changes)
    assert (result.not_needed is not None) is not_needed
    assert result.at_once is at_once


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, set()),
        ({"starts": "2026-11-22"}, {"late"}),
        ({"starts": "2026-11-23"}, set()),
        ({"footway_width": "1.79"}, {"narrow-footway"}),
        ({"footway_width": "1.5"}, {"narrow-footway"}),
        ({"footway_width": "1.49"}, {"blocked-footway"}),
        ({"ends": "2027-01-24"}, set()),
        ({"ends": "2027-01-25"}, {"long"}),
        ({"surfaces": ["road"], "road_closed": False, "carriageway_width": "3.49"}, {"narrow-carriageway"}),
        ({"surfaces": ["road"], "road_closed": False, "carriageway_width": "3.5"}, set()),
    ],
)
def test_warnings_turn_at_their_thresholds_and_block_nothing(changes: dict[str, Any], warned: set[str]) -> None:
    result = objecten(**changes)
    assert {each.rule for each in (*result.warnings, *result.likely_refusal)} == warned


def test_too_little_room_is_likely_refused_and_a_tight_spot_only_warned_of() -> None:
    assert [each.rule for each in objecten(footway_width="1.49").likely_refusal] == ["blocked-footway"]
    assert objecten(footway_width="1.5").likely_refusal == ()


def test_a_drawing_is_asked_only_where_it_matters() -> None:
    assert not {"plan", "photos", "traffic_plan"} & objecten().visible
    assert "plan" in objecten(objects=[{**CONTAINER, "count": 2}]).visible
    closed = objecten(surfaces=["road"], road_closed=True)
    assert {"plan", "photos", "traffic_plan"} <= closed.visible
    assert closed.team == "street"


def test_closing_the_road_calls_the_traffic_adviser() -> None:
    result = objecten(surfaces=["road"], road_closed=True)
    assert [each.rule for each in result.advice] == ["advice-traffic"]
    assert OBJECTEN.rule("advice-traffic").value == "traffic"
    assert "diversion-signs" in result.suggested
    assert "carriageway-free" not in result.suggested


def test_an_end_before_the_start_is_a_wrong_answer_and_an_open_end_is_not() -> None:
    assert objecten(ends="2026-12-13").invalid == ("ends",)
    assert objecten(ends="2026-12-14").invalid == ()
    assert objecten(ends=None).invalid == ()


def test_every_rule_in_force_is_recorded_with_what_it_looked_at() -> None:
    result = objecten()
    assert [each.rule for each in result.outcomes] == [rule.id for rule in OBJECTEN.rules]
    assert outcome_of(result, "fee-small").outcome == "fired"
    assert outcome_of(result, "fee-large").outcome == "silent"
    assert outcome_of(result, "narrow-carriageway").outcome == "unknown"
    assert outcome_of(result, "narrow-footway").inputs == {"footway_width": "1.80"}
    assert outcome_of(result, "late").inputs == {"starts": "2026-12-14"}


def test_a_rule_counts_from_its_first_day_up_to_and_including_its_last() -> None:
    dated = trial(
        FORM.replace(
            "source: APV 1:1\n    valid_from: 2026-01-01\n",
            "source: APV 1:1\n    valid_from: 2026-02-01\n    valid_until: 2026-03-31\n",
        )
    )
    for day, counts in [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ]:
        rules = [each.rule for each in evaluate(dated, {}, on=day).outcomes]
        assert ("too-heavy" in rules) is counts


def test_the_fee_is_the_one_of_the_day() -> None:
    first = "cents: 1000\n    valid_from: 2026-01-01\n"
    second = "{class: plain, cents: 1200, valid_from: 2027-01-01, source: L, label: {nl: a, en: a}}"
    form = FORM.replace(first, f"{first}    valid_until: 2026-12-31\n").replace("roles:", f"  - {second}\nroles:", 1)
    dated = trial(form)
    things = {"things": [{"colour": "red", "length": "2"}]}
    cents = [evaluate(dated, things, on=day).fee for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [fee.cents for fee in cents if fee] == [1000, 1200]


def test_a_code_that_is_no_choice_grants_nothing() -> None:
    assert objecten(surfaces=["pavement", "roof"]).at_once is False
    assert objecten(objects=[{**CONTAINER, "kind": "castle"}]).at_once is False


def test_answers_nobody_asked_for_are_left_out() -> None:
    assert "password" not in objecten(password="x").answers


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["kind", "length", "width", "count"]), inner)
    ),
    max_leaves=6,
)


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    codes = [choice.value for choice in question.choices]
    match question.kind:
        case Kind.INTEGER:
            return st.integers()
        case Kind.DECIMAL:
            return st.decimals(allow_nan=False).map(str)
        case Kind.YES_NO | Kind.DECLARATION:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(codes)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(codes), unique=True)
        case Kind.DATE:
            return st.dates().map(str)
        case Kind.ADDRESS:
            return st.fixed_dictionaries({"postcode": st.text(max_size=7), "number": st.text(max_size=5)})
        case Kind.TABLE:
            row = st.fixed_dictionaries({}, optional={each.id: answers_to(each) for each in question.columns})
            return st.lists(row, max_size=4)
        case _:
            return st.text(max_size=20)


right_shape = st.fixed_dictionaries({}, optional={each.id: answers_to(each) for each in OBJECTEN.questions})
any_shape = st.fixed_dictionaries({}, optional={each.id: anything for each in OBJECTEN.questions})


@settings(max_examples=300, deadline=None, database=None)
@given(answers=st.one_of(right_shape, any_shape), on=st.dates())
def test_no_answers_make_it_fall_and_all_it_says_can_travel(answers: dict[str, Any], on: date) -> None:
    result = evaluate(OBJECTEN, answers, on=on)
    assert result.answers.keys() <= result.visible
    assert result.answers.keys() <= answers.keys()
    assert {each.id for each in OBJECTEN.questions if each.when is None and not each.by_rule} <= result.visible
    json.dumps(result.computed)
    for outcome in result.outcomes:
        to_wire(outcome)


@settings(max_examples=200, deadline=None, database=None)
@given(answers=right_shape)
def test_what_is_counted_gives_the_same_again(answers: dict[str, Any]) -> None:
    once = evaluate(OBJECTEN, answers, on=ON)
    again = evaluate(OBJECTEN, once.answers, on=ON)
    assert again == once


@settings(max_examples=200, deadline=None, database=None)
@given(answers=right_shape, gone=st.sampled_from([each.id for each in OBJECTEN.questions]))
def test_an_answer_less_never_brings_freedom_from_a_permit(answers: dict[str, Any], gone: str) -> None:
    full = evaluate(OBJECTEN, answers, on=ON)
    less = evaluate(OBJECTEN, {name: value for name, value in answers.items() if name != gone}, on=ON)
    assert not (less.not_needed and not full.not_needed)
    assert not (less.at_once and not full.at_once)

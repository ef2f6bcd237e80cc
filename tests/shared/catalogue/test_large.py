"""The generated forms that speed is measured with are sound, and as large as is said of them."""

from __future__ import annotations

from datetime import date

from shared.catalogue.evaluate import evaluate
from tests.bench.forms import large_answers, large_product, small_answers, small_product
from tests.products import read_product

ON = date(2026, 11, 2)


def test_the_large_form_has_three_hundred_questions_and_its_answers_reach_all_of_it() -> None:
    product = read_product(large_product(), product_id="large")
    assert (len(product.questions), len(product.rules)) == (300, 65)
    result = evaluate(product, large_answers(), on=ON)
    assert result.visible == {each.id for each in product.questions}
    assert (result.missing, result.invalid) == ((), ())
    assert len(result.answers["objects"]) == 50
    assert result.computed["total_area"] == 369.0
    assert result.computed["digging"] == 16.5
    assert {each.outcome for each in result.outcomes} == {"fired", "silent"}
    assert result.fee is not None


def test_hidden_cells_of_the_large_table_are_left_out() -> None:
    product = read_product(large_product(), product_id="large")
    rows = [{**row, "note": "weg", "deep": True, "depth": "1"} for row in large_answers()["objects"]]
    counted = evaluate(product, {**large_answers(), "objects": rows}, on=ON).answers["objects"]
    assert [("note" in row, "depth" in row) for row in counted[:3]] == [(True, False), (False, True), (False, True)]


def test_the_small_form_has_thirteen_questions() -> None:
    product = read_product(small_product(), product_id="small")
    assert len(product.questions) == 13
    assert evaluate(product, small_answers(), on=ON).missing == ()

"""What a form still lacks is told at the question, or at the cell of its row."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.forms.domain.progress import Progress, UnknownStepError
from tests.products import CATALOGUE, read_product
from tests.shared.catalogue.wide import FILES

WIDE = read_product(FILES, product_id="party")
PLAN = [{"name": "plan.pdf", "type": "application/pdf", "bytes": 1000}]


def faults(**answers: Any) -> list[tuple[str, str]]:
    found = Progress(WIDE, answers, date(2026, 11, 2)).open_faults(WIDE.steps[0])
    return [(fault.name, fault.text.nl) for fault in found if fault.name.startswith("stalls")]


def test_a_column_that_its_row_does_not_ask_for_is_not_lacking() -> None:
    assert faults(stalls=[{"sells": "goods"}], plan=PLAN) == []
    assert [name for name, _ in faults(stalls=[{"sells": "food"}], plan=PLAN)] == ["stalls.0.gas"]
    gas = {"sells": "food", "gas": True}
    assert faults(stalls=[gas]) == []
    assert [name for name, _ in faults(stalls=[gas], plan=PLAN)] == ["stalls.0.bottles"]


def test_a_wrong_cell_of_a_table_in_a_table_is_told_with_both_rows() -> None:
    bottles = [{"litres": "20"}, {"litres": "100"}]
    told = faults(stalls=[{"sells": "goods"}, {"sells": "food", "gas": True, "bottles": bottles}], plan=PLAN)
    assert told == [("stalls.1.bottles.1.litres", "Kraam 2: fles 2: te veel")]


def test_only_a_step_of_this_resident_is_found() -> None:
    hidden = 0
    for product in CATALOGUE.products.values():
        blank = Progress(product, {}, date(2026, 11, 2))
        for step in product.steps:
            try:
                found = Progress(product, {}, date(2026, 11, 2)).step(step.id)
            except UnknownStepError:
                hidden += 1
                assert step not in blank.steps
            else:
                assert found in blank.steps
    assert hidden


def test_a_step_that_asks_everybody_something_is_found_without_working_out_the_rules() -> None:
    progress = Progress(WIDE, {}, date(2026, 11, 2))
    assert progress.step(WIDE.steps[0].id) is WIDE.steps[0]
    assert "evaluation" not in vars(progress)

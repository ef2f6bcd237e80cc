"""What it costs to work out a form: hidden questions, calculated values, rules and fee, for one page or live check."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import evaluate
from tests.bench.forms import large_answers, large_product, small_answers, small_product
from tests.bench.lines import Figure
from tests.products import read_product

PEER_MS = 296.0
"""Open Formulieren 3.5.6: 282 to 310 ms of server CPU for each check of a form of 300 questions and 65 rules."""
AIM_MS = 10.0
_ON = date(2026, 11, 2)
_TIMES = 50


def measure_evaluation() -> None:
    """(h) CPU time to work out a small and a large form."""
    small = read_product(small_product(), product_id="small")
    large = read_product(large_product(), product_id="large")
    _tell(small, answers=small_answers(), peer=None)
    _tell(large, answers=large_answers(), peer=PEER_MS)


def _tell(product: Product, *, answers: dict[str, Any], peer: float | None) -> None:
    tables = [each.id for each in product.questions if each.columns]
    rows = sum(len(answers[name]) for name in tables)
    Figure(
        measure="h",
        what=f"working out a form of {len(product.questions)} questions, {len(product.rules)} rules, {rows} rows",
        value=_cpu_ms(lambda: evaluate(product, answers, on=_ON)),
        unit="ms CPU",
        baseline="writing the same answers as JSON and reading them again",
        baseline_value=_cpu_ms(lambda: json.loads(json.dumps(answers))),
        peer=peer,
        aim=AIM_MS,
    ).tell()


def _cpu_ms(work: Callable[[], object]) -> float:
    """The best of five rounds: whatever else the machine does only makes it slower."""
    work()
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for _ in range(_TIMES):
            work()
        best = min(best, (time.process_time() - begun) / _TIMES)
    return best * 1000

"""What it costs to work out a form: hidden questions, calculated values, rules and fee, for one page or live check."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.forms.actions.filling import keep_page, start_draft
from services.forms.domain.pages import Page
from services.forms.domain.retyping import retype
from shared.catalogue.definitions import Product, Step
from shared.catalogue.evaluate import evaluate
from tests.bench.forms import large_answers, large_product, small_answers, small_product
from tests.bench.lines import Figure
from tests.products import read_product
from tests.services.forms.noor import Memory, means_with

PEER_MS = 296.0
"""Open Formulieren 3.5.6: 282 to 310 ms of server CPU for each check of a form of 300 questions and 65 rules."""
AIM_MS = 10.0
_ON = date(2026, 11, 2)
_NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
_TIMES = 50


def measure_evaluation() -> None:
    """(h) CPU time to work out a small and a large form, and to save a step of it."""
    small = read_product(small_product(), product_id="small")
    large = read_product(large_product(), product_id="large")
    for product, answers, peer in ((small, small_answers(), None), (large, large_answers(), PEER_MS)):
        _tell(product, answers=answers, peer=peer)
        _tell_save(product, answers=answers, peer=peer)


def _tell(product: Product, *, answers: dict[str, Any], peer: float | None) -> None:
    tables = [each.id for each in product.questions if each.columns]
    rows = sum(len(answers[name]) for name in tables)
    what = f"working out a form of {len(product.questions)} questions, {len(product.rules)} rules, {rows} rows"
    _tell_ms(_cpu_ms(lambda: evaluate(product, answers, on=_ON)), what=what, answers=answers, peer=peer)


def _tell_save(product: Product, *, answers: dict[str, Any], peer: float | None) -> None:
    """Its dearest page: what was typed is read, the form worked out before and after, and the page kept in memory."""
    memory = Memory()
    means = means_with(memory, products=_Offered(product))
    token = start_draft(product, language="nl", means=means, now=_NOW)
    memory.drafts = {key: replace(draft, answers=answers) for key, draft in memory.drafts.items()}
    pages = [_filled(step, answers=answers) for step in product.steps]
    dearest = max(_cpu_ms(lambda page=page: keep_page(token, page=page, means=means, now=_NOW)) for page in pages)  # type: ignore[misc]
    what = f"saving a step of a form of {len(product.questions)} questions and {len(product.rules)} rules"
    _tell_ms(dearest, what=what, answers=answers, peer=peer)


def _tell_ms(value: float, *, what: str, answers: dict[str, Any], peer: float | None) -> None:
    Figure(
        measure="h",
        what=what,
        value=value,
        unit="ms CPU",
        baseline="writing the same answers as JSON and reading them again",
        baseline_value=_cpu_ms(lambda: json.loads(json.dumps(answers))),
        peer=peer,
        aim=AIM_MS,
    ).tell()


def _filled(step: Step, *, answers: dict[str, Any]) -> Page:
    asked = frozenset(question.id for question in step.questions)
    return Page(step=step.id, asked=asked, typed=retype(step.questions, answers=answers), language="nl")


class _Offered:
    """The one product that is offered (the port `Products`)."""

    def __init__(self, product: Product) -> None:
        self.current = {product.id: product}
        self._product = product

    def version(self, _product_id: str, *, version: str) -> Product:  # noqa: ARG002 there is one
        return self._product


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

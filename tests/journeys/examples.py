"""The example cases of the products, as people would bring them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from dev.example import CATALOGUE, moved
from dev.up import today
from shared.catalogue.definitions import Product
from shared.catalogue.nodes import Text
from tests.products import CATALOGUE as PRODUCTS
from tests.services.workflow.town import PARTY

GOES_IN = ("permit", "at_once")
"""The outcomes of a form that is handed in."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """Answers that are handed in, their dates moved to lie as far from today, and what must come of them."""

    product: Product
    name: str
    answers: dict[str, Any]
    expect: dict[str, Any]


def complete_example(product_id: str) -> Example:
    """An example that lacks nothing and ends as an application: rather one that is likely granted, and costs money."""
    found = [_read(path) for path in sorted((CATALOGUE / product_id / "cases").glob("*.yaml"))]
    return min((one for one in found if _is_complete(one.expect)), key=_how_plain)


def hand_in(product_id: str, *, forms: str, email: str) -> str:
    """Hand in such an example over the API; give the reference."""
    answers = {**complete_example(product_id).answers, "email": email}
    return _submit(product_id, answers=answers, forms=forms)


def report_party(*, forms: str, email: str) -> str:
    """Report a party five weeks from now at a place of its own, under every threshold; give the reference."""
    day = today() + timedelta(weeks=5)
    answers: dict[str, Any] = {
        **PARTY,
        "dates": {"first": day.isoformat(), "last": day.isoformat()},
        "neighbours_date": (day - timedelta(weeks=2)).isoformat(),
        "place": {"words": f"Voorbeeldpark, veld {uuid4().hex[:6]}"},
        "email": email,
    }
    return _submit("klein-evenement", answers=answers, forms=forms)


def _submit(product_id: str, *, answers: dict[str, Any], forms: str) -> str:
    answer = requests.post(
        f"{forms}/api/v1/forms/{product_id}/submissions",
        json={"answers": answers, "language": "nl"},
        headers={"Idempotency-Key": uuid4().hex},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def _how_plain(example: Example) -> tuple[bool, bool]:
    effects = example.expect.get("effects") or {}
    return bool(effects.get("likely_refusal")), example.expect.get("fee_cents") is None


def _is_complete(expect: dict[str, Any]) -> bool:
    whole = not expect.get("missing") and not expect.get("invalid")
    return whole and expect.get("outcome") in GOES_IN


def _read(path: Path) -> Example:
    case = Text(file=path.name, faults=[]).open(path.read_text(encoding="utf-8"))
    assert case is not None, path
    weeks = -((case.day("on") - today()).days // 7)
    return Example(
        product=PRODUCTS.product(path.parents[1].name),
        name=path.stem,
        answers=moved(case.plain("answers"), by=timedelta(weeks=weeks)),
        expect=case.plain("expect"),
    )

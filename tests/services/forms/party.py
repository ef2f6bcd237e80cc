"""The party in the street: a form with a question of every kind, and fields that fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shared.catalogue.definitions import Catalogue, Product
from tests.products import read_product
from tests.services.forms.noor import CATALOGUE

FOLDER = Path(__file__).parent / "everything"
PARTY: Product = read_product(
    {name: (FOLDER / name).read_text(encoding="utf-8") for name in ("form.yaml", "process.yaml")}, product_id="party"
)
WITH_PARTY: Catalogue = replace(CATALOGUE, products={**CATALOGUE.products, "party": PARTY})
FILLED_IN: Mapping[str, Mapping[str, str]] = {
    "when": {
        "stay.first.day": "14",
        "stay.first.month": "dec",
        "stay.first.year": "2027",
        "stay.last.day": "15",
        "stay.last.month": "12",
        "stay.last.year": "2027",
        "begins": "14.00 uur",
        "birth.day": "1",
        "birth.month": "2",
        "birth.year": "1980",
        "spot.words": "Het grasveld achter de school",
        "spot.point": "52,1561 5,3878",
        "home.postcode": "3811lx",
        "home.number": "14",
        "home.suffix": "",
    },
    "what": {
        "loud": "true",
        "music": "band",
        "needs": "fences",
        "stalls.0.sells": "food",
        "stalls.0.width": "3",
        "stalls.0.depth": "2,5",
        "stalls.0.fire": "true",
        "stalls.0.bottles.0.litres": "10",
        "stalls.0.bottles.0.checked.day": "1",
        "stalls.0.bottles.0.checked.month": "mei",
        "stalls.0.bottles.0.checked.year": "2026",
        "stalls.0.pitch.postcode": "3811 LX",
        "stalls.0.pitch.number": "16",
        "stalls.0.pitch.suffix": "",
        "guests": "1.200",
        "income": "€ 1.250,-",
        "story": "Iedereen komt.\r\nAltijd.",
    },
    "who": {
        "name": "Noor de Vries",
        "email": "noor@example.org",
        "phone": "06 12345678",
        "bsn": "9999 70 100",
        "kvk": "12345678",
        "branch": "000012345678",
        "account": "NL91 ABNA 0417 1643 00",
        "car": "ab-123-c",
        "truth": "true",
    },
}


def asked(step_id: str) -> str:
    """What a page says it asked: all questions of this step."""
    step = next(step for step in PARTY.steps if step.id == step_id)
    return " ".join(question.id for question in step.questions)

"""A form that belongs to an earlier case begins with what is known, and asks what must be said anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.forms.actions.linking import Former, NoFormError, begin_again, begin_anew
from services.forms.domain.identity import Identity
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.events import Link
from shared.values import LinkKind
from tests.products import CATALOGUE
from tests.services.forms.noor import NOW, Memory, Shelf, means_with

NOOR = Identity(kind="person", number="999970100", mark=b"n", level="substantieel", name="Noor de Vries")
FIRST: dict[str, Any] = {
    "request": "first",
    "applicant_kind": "person",
    "registered": True,
    "card_kind": "driver",
    "delivery": "collect",
    "photo": [{"name": "pas.jpg", "type": "image/jpeg", "bytes": 40_000}],
    "truth": True,
}


def begun(product: Product, kind: LinkKind, *, answers: dict[str, Any], number: str | None = None) -> dict[str, Any]:
    memory = Memory()
    means = replace(means_with(memory, products=Shelf(now={product.id: product})), who=NOOR)
    former = Former(reference="Z-2026-7K3M-29QX", product=product, answers=answers, number=number)
    link = Link(kind=kind, reference=former.reference)
    token = begin_again(former, link=link, language="nl", means=means, now=NOW)
    draft = memory.drafts[token_hash(token)]
    assert draft.link == link
    return dict(draft.answers)


@pytest.mark.parametrize(("kind", "request_"), [("renewal", "renewal"), ("amendment", "replacement")])
def test_a_card_is_renewed_or_replaced_under_its_number_and_photo_and_statement_are_asked_again(
    kind: LinkKind, request_: str
) -> None:
    answers = begun(CATALOGUE.product("gehandicaptenparkeerkaart"), kind, answers=FIRST, number="B 123")
    assert (answers["request"], answers["old_card"]) == (request_, "B 123")
    assert answers["delivery"] == "collect"
    assert not {"photo", "truth"} & set(answers)


def test_what_was_withdrawn_begins_once_more_with_all_but_files_and_statements() -> None:
    card = CATALOGUE.product("gehandicaptenparkeerkaart")
    memory = Memory()
    means = replace(means_with(memory, products=Shelf(now={card.id: card})), who=NOOR)
    former = Former(reference="Z-2026-7K3M-29QX", product=card, answers={**FIRST, "request": "renewal"})
    link = Link(kind="renewal", reference="Z-2021-7K3M-29QX")
    draft = memory.drafts[token_hash(begin_anew(former, link=link, language="nl", means=means, now=NOW))]
    assert draft.link == link
    assert draft.answers["request"] == "renewal"
    assert draft.answers["delivery"] == "collect"
    assert not {"photo", "truth"} & set(draft.answers)
    with pytest.raises(NoFormError):
        begin_anew(former, link=None, language="nl", means=means_with(memory, products=Shelf(now={})), now=NOW)


def test_a_pitch_is_prolonged_for_other_days() -> None:
    pitch = {"purpose": "season", "starts": "2027-01-01", "ends": "2027-03-01", "goods": "ice_cream"}
    answers = begun(CATALOGUE.product("standplaats"), "renewal", answers=pitch)
    assert (answers["purpose"], answers["goods"]) == ("season", "ice_cream")
    assert not {"starts", "ends"} & set(answers)

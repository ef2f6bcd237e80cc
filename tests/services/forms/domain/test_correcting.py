"""Who may change what was sent: whoever sent it, or whoever has its secret link where nobody signed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.forms.domain.correcting import Correctable, begin_correction, price_differs, takes_corrections
from services.forms.domain.drafts import UnknownDraftError, check_owner
from services.forms.domain.identity import Identity, SignInFirstError
from services.forms.domain.payments import Bill, Payment
from shared.catalogue.definitions import Payment as PaymentTerms
from shared.catalogue.definitions import PaymentMoment, PersonLevel, SignIn
from shared.ids import new_id
from tests.services.forms.noor import ANSWERS, NOW, OBJECTEN, TODAY

ASKS = replace(OBJECTEN, sign_in=SignIn(person=PersonLevel.SUBSTANTIEEL))
NOOR = Identity(kind="person", number="999990019", mark=b"noor", level="substantieel", name="Noor de Vries")
FATIMA = replace(NOOR, mark=b"fatima", name="Fatima")
FROM_THE_DESK = Correctable(
    reference="Z-2026-K4T9-2QXM",
    product=ASKS.id,
    version=ASKS.version,
    language="nl",
    received_at=NOW,
    answers=ANSWERS,
    owner=None,
)
NOORS = replace(FROM_THE_DESK, owner=b"noor")


@pytest.mark.parametrize("who", [None, NOOR])
def test_what_came_in_at_the_desk_opens_with_its_secret_link_whatever_sign_in_the_product_asks(
    who: Identity | None,
) -> None:
    check_owner(begin_correction(FROM_THE_DESK, today=TODAY), product=ASKS, who=who)
    assert takes_corrections(owner=None, who=who)


def test_what_noor_sent_signed_in_opens_for_noor_only() -> None:
    draft = begin_correction(NOORS, today=TODAY)
    check_owner(draft, product=ASKS, who=NOOR)
    with pytest.raises(SignInFirstError):
        check_owner(draft, product=ASKS, who=None)
    with pytest.raises(UnknownDraftError):
        check_owner(draft, product=ASKS, who=FATIMA)


@pytest.mark.parametrize(("who", "offered"), [(None, True), (NOOR, True), (FATIMA, False)])
def test_a_correction_is_offered_only_to_who_can_use_it(who: Identity | None, *, offered: bool) -> None:
    assert takes_corrections(owner=b"noor", who=who) is offered


def differs(bill: Bill | None, cents: int | None, *, moment: PaymentMoment = PaymentMoment.AFTER_SENDING) -> bool:
    product = replace(OBJECTEN, payment=PaymentTerms(moment=moment))
    return price_differs(bill, cents=cents, product=product, online=True)


def test_only_what_was_paid_or_begun_to_be_paid_keeps_its_price() -> None:
    payment = Payment(id=new_id(), cents=5000, made_at=NOW)
    paid = Bill(reference="R", cents=5000, payments=(payment,))
    assert differs(paid, 21000)
    assert not differs(paid, 5000)
    assert not differs(Bill(reference="R", cents=5000), 21000)
    assert not differs(None, 5000)


def test_what_counts_only_once_it_is_paid_is_changed_after_that_for_the_same_price() -> None:
    unpaid = Bill(reference="R", cents=5000, untold=True)
    assert not takes_corrections(owner=None, who=None, bill=unpaid)
    assert takes_corrections(owner=None, who=None, bill=replace(unpaid, untold=False))
    first = PaymentMoment.BEFORE_SENDING
    assert differs(None, 5000, moment=first)
    assert not differs(None, None, moment=first)
    assert not differs(replace(unpaid, untold=False), 5000, moment=first)
    on_invoice = replace(OBJECTEN, payment=PaymentTerms(moment=first))
    assert not price_differs(None, cents=5000, product=on_invoice, online=False)

"""The case says whether the fee is paid, and what went back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from services.workflow.ports import UnknownPaymentError
from shared.bus import PermanentError
from shared.events import PaymentChargedBack, PaymentReturned, PaymentSettled
from shared.ids import new_id
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, notice

CASE = f"/zaken/{REFERENCE}"
SETTLED = PaymentSettled(reference=REFERENCE, payment_id=new_id(), at=NOW, cents=5000)
RETURNED = PaymentReturned(
    reference=REFERENCE, payment_id=new_id(), at=NOW + timedelta(days=1), cents=5000, because="twice", done=False
)


def page(town: Town, path: str = "") -> str:
    """The words of a page of the case."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", town.client(SAMIR).get(f"{CASE}{path}").text))


def test_what_is_paid_on_invoice_is_not_called_unpaid(town: Town) -> None:
    town.receive()
    assert "€ 50,00 op rekening" in page(town)
    assert "Nog niet betaald" not in page(town)


def test_a_paid_fee_stands_in_the_file_and_on_the_timeline_once(town: Town) -> None:
    town.receive()
    town.hear(SETTLED, SETTLED)
    assert re.search(r"Betaald € 50,00 op \d+ november 2026", page(town))
    assert page(town, "/tijdlijn").count("Betaald: € 50,00") == 1
    assert len(town.rows("select * from bus.event where name = 'PaymentNoted'")) == 1


def test_a_refund_that_failed_asks_a_person_to_do_it(town: Town) -> None:
    town.receive()
    town.hear(SETTLED, RETURNED)
    assert re.search(r"Terugbetalen mislukt Twee keer betaald: € 50,00", page(town))
    assert "Terugbetalen mislukt: € 50,00. Doe dit met de hand." in page(town, "/tijdlijn")
    assert len(town.rows("select * from bus.event where name = 'PaymentNoted'")) == 1


def test_what_a_bank_takes_back_is_owed_again_and_says_so_once(town: Town) -> None:
    town.receive()
    taken = PaymentChargedBack(reference=REFERENCE, payment_id=SETTLED.payment_id, at=NOW, cents=5000)
    with pytest.raises(UnknownPaymentError):
        town.hear(taken)
    town.hear(SETTLED, taken, taken)
    assert re.search(r"Teruggehaald De bank haalde € 50,00 terug op \d+ november 2026", page(town))
    assert not re.search(r"Betaald € 50,00 op", page(town))
    assert page(town, "/tijdlijn").count("De bank haalde € 50,00 terug") == 1
    again = replace(SETTLED, payment_id=new_id())
    town.hear(again)
    assert re.search(r"Betaald € 50,00 op", page(town))


def test_a_message_about_a_form_that_was_never_told_is_no_message_that_failed(town: Town) -> None:
    for kind in ("paid_back", "unpaid"):
        town.hear(notice(kind, at=NOW, reference="Z-2026-2222-2222"))
    with pytest.raises(PermanentError):
        town.hear(notice("receipt", at=NOW, reference="Z-2026-2222-2222"))

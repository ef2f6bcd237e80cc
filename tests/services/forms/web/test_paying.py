"""Paying a fee after sending: to a provider's page and back, whatever happens there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.forms.mollie import MollieProvider
from services.forms.payment_inbox import watch_payments
from services.forms.web.paying import HOOK
from shared.bus import Courier, PermanentError
from shared.catalogue.definitions import PaymentMoment
from shared.clock import utc_now
from shared.database import connect
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.web.bank import (
    Bank,
    Worker,
    bank,
    catalogue_with,
    change,
    checkout_of,
    open_paid,
    pay,
    pay_withdrawn,
    plain,
    worker,
)
from tests.services.forms.web.test_sending import sent_by

__all__ = ["bank", "worker"]

pytestmark = pytest.mark.machine


@pytest.fixture
def app(database: Database, bank: Bank) -> Iterator[Flask]:
    """The web door of a municipality whose container is paid after sending."""
    yield from open_paid(database, bank, PaymentMoment.AFTER_SENDING)


def test_after_sending_one_pays_on_the_page_of_the_provider(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, reference = sent_by(client)
    receipt = client.get(f"{status}/ontvangen").text
    assert "Dit kost €\xa050,00. U kunt het meteen betalen, of later op deze bladzijde." in receipt
    assert "Uw aanvraag is verstuurd" in receipt
    page = pay(client, bank, status)
    assert re.search(r"U hebt €\xa050,00 betaald op \d+ \w+ \d{4}\.", page)
    assert "Betaal nu" not in page
    (settled,) = worker.told("PaymentSettled")
    assert (settled.reference, settled.cents) == (reference, 5000)
    worker.hear_all("PaymentUnclear")
    assert len(worker.told("PaymentSettled")) == 1
    assert client.post(f"{status}/betalen").location == f"{status}#betalen"


def test_what_was_sent_is_changed_as_long_as_that_costs_what_was_paid(client: FlaskClient, bank: Bank) -> None:
    status, _ = sent_by(client)
    form = client.post(f"{status}/wijzigen").location.removesuffix("/controleren")
    assert change(client, form, step="when", ends__day="30").location == f"{status}?gedaan=gewijzigd"
    assert "Dit kost €\xa0210,00" in client.get(status).text
    pay(client, bank, status)

    form = client.post(f"{status}/wijzigen").location.removesuffix("/controleren")
    refused = change(client, form, step="when", ends__day="16")
    every = {client.post(f"{form}/controleren", data={"revision": str(number)}).status_code for number in range(5)}
    assert every == {refused.status_code} == {409}
    assert "Door uw wijziging kost dit een ander bedrag." in refused.text
    assert change(client, form, step="when", ends__day="29").location == f"{status}?gedaan=gewijzigd"
    assert client.get(f"{status}/antwoorden.json").get_json()["answers"]["ends"] == "2027-01-29"


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("fail", "Uw bank heeft de betaling niet gedaan. Er is niets afgeschreven."),
        ("cancel", "U hebt het betalen gestopt. Er is niets afgeschreven."),
    ],
)
def test_a_payment_that_fails_says_so_and_can_be_done_again(
    client: FlaskClient, bank: Bank, worker: Worker, *, choice: str, words: str
) -> None:
    status, _ = sent_by(client)
    page = pay(client, bank, status, choice=choice)
    assert words in page
    assert "Opnieuw betalen" in page
    assert "U hebt €\xa050,00 betaald" in pay(client, bank, status)
    assert [state for state, _ in worker.states()] == [{"fail": "failed", "cancel": "canceled"}[choice], "paid"]


def test_a_second_click_and_leaving_the_page_lead_to_the_same_payment(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    first = checkout_of(client, status)
    assert checkout_of(client, status) == first
    bank.choose(first, choice="leave")
    assert checkout_of(client, status) == first
    assert worker.states() == [("open", "no")]


def test_while_the_bank_is_at_work_nobody_can_pay_again(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    page = pay(client, bank, status, choice="wait")
    assert "Wij wachten op uw bank. Betaal niet nog een keer." in page
    assert "Betaal nu" not in page
    assert client.post(f"{status}/betalen").location == f"{status}#betalen"
    bank.settle_late()
    worker.hear_all("PaymentUnclear", now=utc_now() + timedelta(minutes=3))
    assert "U hebt €\xa050,00 betaald" in client.get(status).text


def test_a_failed_payment_that_settles_late_beside_a_second_one_goes_back_once(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    pay(client, bank, status, choice="late")
    first = next(iter(bank.ledger._payments))
    pay(client, bank, status)
    bank.settle_late()
    report(client, first)
    report(client, first)
    worker.hear_all("PaymentUnclear")
    assert worker.states() == [("paid", "due"), ("paid", "no")]
    assert "Wij betalen €\xa050,00 aan u terug." in client.get(status).text
    assert len(worker.told("RefundOrdered")) == 1
    worker.hear_all("RefundOrdered")
    worker.hear_all("RefundOrdered")
    (returned,) = worker.told("PaymentReturned")
    assert (returned.cents, returned.because, returned.done) == (5000, "twice", True)
    assert [len(one.refunds) for one in bank.ledger._payments.values()] == [1, 0]
    assert "U hebt twee keer betaald. U krijgt € 50,00 terug op uw rekening." in plain(client.get(status).text)
    assert len(worker.told("PaymentSettled")) == 1


def test_what_is_paid_after_withdrawing_goes_back(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    checkout = checkout_of(client, status)
    client.post(f"{status}/intrekken", data={})
    assert "U hoeft niet meer te betalen." in client.get(status).text
    client.get(bank.choose(checkout, choice="pay"))
    worker.hear_all("RefundOrdered")
    (returned,) = worker.told("PaymentReturned")
    assert (returned.because, returned.done) == ("withdrawn", True)
    assert worker.told("PaymentSettled") == []


def test_a_refund_that_the_provider_refuses_is_left_to_a_person(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    pay_withdrawn(client, bank, status)
    next(iter(bank.ledger._payments.values())).status = "open"
    worker.hear_all("RefundOrdered")
    (returned,) = worker.told("PaymentReturned")
    assert returned.done is False
    assert "Terugbetalen is niet gelukt. Bel ons op" in plain(client.get(status).text)


def test_a_forged_report_changes_nothing_and_says_nothing(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    checkout_of(client, status)
    (name,) = bank.ledger._payments
    for forged in (name, "tr_nobody", "", "\x00" * 500):
        answer = client.post(HOOK, data={"id": forged, "status": "paid", "amount": "0.01"})
        assert (answer.status_code, answer.data) == (200, b"")
    worker.hear_all("PaymentUnclear")
    assert worker.states() == [("open", "no")]
    assert worker.told("PaymentSettled") == []


def test_without_any_report_the_payment_is_looked_up_until_it_is_sure(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    checkout = checkout_of(client, status)
    bank.choose(checkout, choice="pay")
    (planned,) = worker.rows(
        "select due_at - now() as wait from bus.delivery where consumer = 'forms' and done_at is null"
    )
    assert timedelta(minutes=1) < planned["wait"] <= timedelta(minutes=2)
    worker.hear_all("PaymentUnclear", now=utc_now() + timedelta(minutes=2))
    assert len(worker.told("PaymentSettled")) == 1
    assert len(worker.told("PaymentUnclear")) == 1


def test_reports_do_not_multiply_the_looking_up(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    checkout_of(client, status)
    (name,) = bank.ledger._payments
    report(client, name)
    report(client, name)
    worker.hear_all("PaymentUnclear")
    assert len(worker.told("PaymentUnclear")) == 3


def test_an_outage_of_the_provider_loses_nothing(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    bank.ledger.away = True
    answer = client.post(f"{status}/betalen")
    assert answer.location == f"{status}?betaling=storing#betalen"
    assert "Betalen lukt nu even niet" in client.get(answer.location).text
    bank.ledger.away = False
    checkout = checkout_of(client, status)
    bank.choose(checkout, choice="pay")
    bank.ledger.away = True
    (payment,) = worker.told("PaymentUnclear")
    later = utc_now() + timedelta(minutes=3)
    worker.hear(payment, now=later)
    assert worker.states() == [("open", "no")]
    again = worker.told("PaymentUnclear")[-1]
    bank.ledger.away = False
    worker.hear(again, now=later + timedelta(minutes=6))
    assert worker.states() == [("paid", "no")]


def test_a_crash_between_asking_and_keeping_makes_no_second_payment(
    client: FlaskClient, bank: Bank, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _ = sent_by(client)
    real = MollieProvider.open

    def crash(self: MollieProvider, order: Any) -> Any:
        real(self, order)
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(MollieProvider, "open", crash)
        assert client.post(f"{status}/betalen").status_code == 500
    assert worker.states() == [("made", "no")]
    checkout_of(client, status)
    assert len(bank.ledger._payments) == 1


def test_a_day_later_a_forgotten_payment_is_looked_up_after_all(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    bank.choose(checkout_of(client, status), choice="pay")
    with connect(worker.database.dsn("forms")) as connection:
        later = utc_now() + timedelta(days=1)
        watch_payments(connection, tell=Courier(connection, now=later).tell, now=later)
    assert len(worker.told("PaymentUnclear")) == 2
    worker.hear(worker.told("PaymentUnclear")[-1])
    assert worker.states() == [("paid", "no")]


def test_another_amount_than_was_asked_is_a_dead_message(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, _ = sent_by(client)
    bank.choose(checkout_of(client, status), choice="pay")
    next(iter(bank.ledger._payments.values())).asked["amount"]["value"] = "0.50"
    with pytest.raises(PermanentError):
        worker.hear_all("PaymentUnclear")
    assert worker.told("PaymentSettled") == []


def test_only_the_browser_that_may_see_the_case_is_led_to_it(client: FlaskClient, bank: Bank, app: Flask) -> None:
    status, reference = sent_by(client)
    back = bank.choose(checkout_of(client, status), choice="pay")
    stranger = app.test_client()
    answer = stranger.get(back)
    assert answer.status_code == 200
    assert reference not in answer.text
    assert status not in answer.text
    assert stranger.post(f"{status}/betalen").status_code == 404
    nowhere = stranger.get(f"/betaald/{UUID(int=1)}")
    assert plain(nowhere.text) == plain(answer.text)


def test_what_a_bank_takes_back_is_told_and_can_be_paid_again(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, reference = sent_by(client)
    pay(client, bank, status)
    first = next(iter(bank.ledger._payments))
    bank.ledger.charge_back(bank.ledger.find(first))
    for _ in range(2):
        report(client, first)
        worker.hear(worker.told("PaymentUnclear")[-1])
    (taken,) = worker.told("PaymentChargedBack")
    assert (taken.reference, taken.cents) == (reference, 5000)
    page = plain(client.get(status).text)
    assert "Uw bank haalde € 50,00 terug op" in page
    assert "Betaal nu" in page
    assert "U hebt €\xa050,00 betaald op" in pay(client, bank, status)
    assert len(worker.told("PaymentSettled")) == 2


class TestOnInvoice:
    """A municipality without a payment provider."""

    @pytest.fixture
    def app(self, database: Database) -> Iterator[Flask]:
        """The web door without a provider."""
        yield from open_web(database, catalogue=catalogue_with(PaymentMoment.BEFORE_SENDING))

    def test_without_a_provider_sending_is_never_blocked(self, client: FlaskClient, worker: Worker) -> None:
        status, _ = sent_by(client)
        assert len(worker.told("SubmissionReceived")) == 1
        assert "Betaal nu" not in client.get(status).text
        assert client.post(f"{status}/betalen").status_code == 404


def report(client: FlaskClient, name: str) -> None:
    """The provider says that something changed."""
    assert client.post(HOOK, data={"id": name}).status_code == 200

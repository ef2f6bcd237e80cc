"""A product that counts only once it is paid: nobody hears of it before, and after that it is as any other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.bus import PermanentError
from shared.catalogue.definitions import PaymentMoment
from tests.conftest import Database
from tests.services.forms.web.bank import Bank, Worker, bank, change, open_paid, pay, pay_withdrawn, plain, worker
from tests.services.forms.web.test_sending import sent_by

__all__ = ["bank", "worker"]

pytestmark = pytest.mark.machine


@pytest.fixture
def app(database: Database, bank: Bank) -> Iterator[Flask]:
    """The web door of a municipality whose container is paid before it counts."""
    yield from open_paid(database, bank, PaymentMoment.BEFORE_SENDING)


def test_who_paid_changes_it_until_somebody_begins_for_the_same_price(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    page = client.get(status).text
    assert "Wijzig uw antwoorden" not in page
    assert "Zodra u hebt betaald, kunt u uw antwoorden nog wijzigen." in page
    assert client.post(f"{status}/wijzigen").location == f"{status}?gedaan=begonnen"
    assert "Wijzig uw antwoorden" in pay(client, bank, status)
    form = client.post(f"{status}/wijzigen").location.removesuffix("/controleren")
    refused = change(client, form, step="when", ends__day="30")
    assert refused.status_code == 409
    assert "Door uw wijziging kost dit een ander bedrag." in refused.text
    assert change(client, form, step="when", ends__day="16").location == f"{status}?gedaan=gewijzigd"
    (told,) = worker.told("ApplicationCorrected")
    assert told.application["answers"]["ends"] == "2027-01-16"


def test_nobody_hears_of_it_until_it_is_paid(client: FlaskClient, bank: Bank, worker: Worker) -> None:
    status, reference = sent_by(client)
    assert worker.told("SubmissionReceived") == []
    for path in (f"{status}/ontvangen", status):
        page = client.get(path).text
        assert "Uw aanvraag telt pas als u hebt betaald" in page
        assert "Wij beslissen uiterlijk" not in page
    page = pay(client, bank, status)
    (told,) = worker.told("SubmissionReceived")
    (settled,) = worker.told("PaymentSettled")
    assert (told.reference, told.received_at) == (reference, settled.at)
    assert "telt pas" not in page
    assert "Uw aanvraag is verstuurd" in client.get(f"{status}/ontvangen").text


def test_of_one_that_is_withdrawn_unpaid_and_paid_later_only_the_applicant_hears(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, reference = sent_by(client)
    pay_withdrawn(client, bank, status)
    assert worker.told("SubmissionReceived") == worker.told("ApplicationWithdrawn") == []
    assert worker.states() == [("paid", "due")]
    worker.hear_all("RefundOrdered")
    (noted,) = worker.told("PaymentNoted")
    assert (noted.reference, noted.came, noted.contact.email) == (reference, "back", "noor@example.org")
    assert noted.contact.status_link.endswith(status)
    assert worker.told("PaymentReturned") == worker.told("PaymentSettled") == []
    page = plain(client.get(status).text)
    assert "U krijgt € 50,00 terug op uw rekening." in page
    assert "telt pas" not in page


def test_what_the_provider_will_not_return_of_such_a_form_stays_visible_among_the_failed_messages(
    client: FlaskClient, bank: Bank, worker: Worker
) -> None:
    status, _ = sent_by(client)
    pay_withdrawn(client, bank, status)
    next(iter(bank.ledger._payments.values())).status = "open"
    with pytest.raises(PermanentError):
        worker.hear_all("RefundOrdered")
    assert worker.states() == [("paid", "due")]

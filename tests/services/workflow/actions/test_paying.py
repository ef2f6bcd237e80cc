"""A payment stands in the file, on the timeline, and the applicant is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.workflow.actions import paying
from services.workflow.ports import UnknownCaseError
from shared.events import PaymentNoted, PaymentReturned, PaymentSettled
from shared.ids import new_id
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import NOW, REFERENCE, submission

SETTLED = PaymentSettled(reference=REFERENCE, payment_id=new_id(), at=NOW, cents=5000)
RETURNED = PaymentReturned(reference=REFERENCE, payment_id=new_id(), at=NOW, cents=5000, because="twice", done=True)


@pytest.fixture
def office() -> FakeDesk:
    """A desk with Noor's case on it."""
    return office_with(submission())


def test_a_payment_is_noted_and_told_once(office: FakeDesk) -> None:
    for _ in range(2):
        paying.receive_payment(SETTLED, desk=office.desk)
    assert office.cases.notes == ["received", "paid"]
    (noted,) = office.told
    assert isinstance(noted, PaymentNoted)
    assert (noted.came, noted.contact.email) == ("in", submission().applicant.email)


def test_what_went_back_is_noted_and_told_once(office: FakeDesk) -> None:
    for _ in range(2):
        paying.receive_return(RETURNED, desk=office.desk)
    assert office.cases.notes == ["received", "paid_back"]
    assert [noted.came for noted in office.told] == ["back"]


def test_what_the_provider_refused_to_return_is_for_a_person_and_nobody_is_told_that_it_came(office: FakeDesk) -> None:
    paying.receive_return(replace(RETURNED, done=False), desk=office.desk)
    assert office.cases.notes == ["received", "not_paid_back"]
    assert office.told == []


def test_a_payment_that_overtakes_its_application_waits_for_it() -> None:
    with pytest.raises(UnknownCaseError):
        paying.receive_payment(SETTLED, desk=FakeDesk().desk)

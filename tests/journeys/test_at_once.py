"""A party in the park is accepted while Noor still reads her receipt: no person, one mail, the letter as PDF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.journeys.conftest import Mailbox, Town
from tests.services.workflow.town import PARTY

pytestmark = pytest.mark.journey


def test_a_report_under_every_threshold_is_accepted_by_mail_and_pdf(town: Town, mailbox: Mailbox) -> None:
    for _ in range(4):  # one in twenty is of the sample, and waits for a person
        email = f"party-{uuid4().hex[:8]}@example.org"
        reference = report(town.url("forms"), email=email)
        mailbox.newest_to(email, subject="ontvangen")
        if letter := letter_of(mailbox, email=email, reference=reference):
            assert letter.startswith(b"%PDF-1.7")
            return
    raise AssertionError("no report was accepted")


def report(forms: str, *, email: str) -> str:
    """Report a party five weeks from now at a place of its own, over the API; give the reference."""
    day = date.today() + timedelta(weeks=5)  # noqa: DTZ011 the house lives in the same time zone
    answers: dict[str, Any] = {
        **PARTY,
        "dates": {"first": day.isoformat(), "last": day.isoformat()},
        "neighbours_date": (day - timedelta(weeks=2)).isoformat(),
        "place": {"words": f"Voorbeeldpark, veld {uuid4().hex[:6]}"},
        "email": email,
    }
    answer = requests.post(
        f"{forms}/api/v1/forms/klein-evenement/submissions",
        json={"answers": answers, "language": "nl"},
        headers={"Idempotency-Key": uuid4().hex},
        timeout=10,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def letter_of(mailbox: Mailbox, *, email: str, reference: str) -> bytes | None:
    """Open the letter as the mail brings it; None while none comes."""
    try:
        mail = mailbox.newest_to(email, subject="besloten")
    except AssertionError:
        return None
    assert reference not in mail["text"]
    with requests.Session() as reader:
        reader.post(mail["links"][0], data={"reference": reference}, timeout=10)
        return reader.get(f"{mail['links'][0]}/besluit.pdf", timeout=10).content

"""A party in the park is accepted while Noor still reads her receipt: no person, one mail, the letter as PDF."""

from __future__ import annotations

from uuid import uuid4

import pytest
import requests

from tests.journeys.conftest import Mailbox, Town
from tests.journeys.examples import report_party

pytestmark = pytest.mark.journey


def test_a_report_under_every_threshold_is_accepted_by_mail_and_pdf(town: Town, mailbox: Mailbox) -> None:
    for _ in range(4):  # one in twenty is of the sample, and waits for a person
        email = f"party-{uuid4().hex[:8]}@example.org"
        reference = report_party(forms=town.url("forms"), email=email)
        mailbox.newest_to(email, subject="ontvangen")
        if letter := letter_of(mailbox, email=email, reference=reference):
            assert letter.startswith(b"%PDF-1.7")
            return
    raise AssertionError("no report was accepted")


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

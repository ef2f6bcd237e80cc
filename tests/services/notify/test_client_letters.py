"""A letter with another system's text: it lasts and can be read by everyone, whatever a person typed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.notify.client_writer import TemplateWriter
from services.notify.domain.notifications import MOST_SUBJECT, Channel, KeyType, Notification
from services.notify.domain.states import Status
from tests.services.notify.noor import NOW
from tests.shared.letters.samples import HOSTILE, MARKS, MUNICIPALITY
from tests.shared.letters.test_pdf import faults, text_in

BODY = "Beste ((name)),\n\nNeem dit mee:\n\n((items))\n\n# Vragen\n\n1. Bel ons\n2. [Onze site](((link)))\n\n---"
LONG = "Een heel lange zin met veel woorden. " * 300


def letter(name: str) -> Notification:
    """A letter for someone of this name."""
    values = {"name": name, "items": [name[:200], "deze brief"], "link": "https://voorbeeld.example/é?a=1&b=2"}
    return Notification(
        id=uuid4(),
        client_id=uuid4(),
        key_type=KeyType.LIVE,
        channel=Channel.LETTER,
        template_id=None,
        template_version=None,
        recipient="N. de Vries",
        address=("N. de Vries", "Voorbeeldstraat 14", "3811 LX Amersfoort"),
        reference=None,
        subject=name[:MOST_SUBJECT],
        body="",
        values=values,
        postage=None,
        unsubscribe_url=None,
        status=Status.ACCEPTED,
        created_at=NOW,
    )


SIGNS = "a\x07b\x1b[1mc\ufffed\uffff👩‍🚀"


@pytest.mark.parametrize("name", [f"{HOSTILE} {LONG} שלום عالم", "", SIGNS], ids=["full", "empty", "signs"])
def test_the_letter_lasts_and_can_be_read_by_everyone(name: str) -> None:
    made = TemplateWriter(MUNICIPALITY, check_page=MARKS.check_page).letter(
        letter(name), body=BODY, code=MARKS.code, now=NOW
    )
    assert faults(made) == []
    assert "Onze site" in text_in(made)

"""Who signed online along with an initiative: counted for all, named for who works on it and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shared.catalogue.versions import remember
from shared.events import Address
from shared.participation import Supporter, SupportGathered
from shared.wire import to_wire
from tests.keys import KEYRING
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, DAAN, NOW, REFERENCE, SAMIR, somebody, submission, whole_catalogue

CASE = f"/zaken/{REFERENCE}"
NAMES = f"{CASE}/medestanders"
SIGNED = tuple(
    Supporter(
        name=name,
        address=Address(postcode="3811 LX", number="20", street="Voorbeeldstraat", town="Amersfoort"),
        known=known,
        on=date(2026, 11, 2),
    )
    for name, known in (("Bea <b>Jansen</b>", True), ("=cmd|' /C calc'!A1", False))
)


def receive_initiative(town: Town, *, reference: str = REFERENCE) -> None:
    """Have an initiative come in; who signed comes before it, and twice."""
    product = whole_catalogue().product("burgerinitiatief")
    sealed = KEYRING.seal([to_wire(one) for one in SIGNED], about=reference)
    gathered = SupportGathered(reference=reference, at=NOW, signed=len(SIGNED), sealed=sealed)
    with town.connection() as connection:
        remember(connection, product)
    town.hear(gathered, gathered)
    town.receive(replace(submission(reference), product=product.id, version=product.version, title=product.title))


@pytest.fixture
def initiative(town: Town) -> Town:
    """An initiative that people signed."""
    receive_initiative(town)
    return town


def test_the_case_says_how_many_signed_and_the_names_are_for_who_works_on_it(initiative: Town) -> None:
    page = initiative.client(SAMIR).get(CASE).text
    assert "2 personen tekenden online" in page
    assert NAMES in page
    desk = somebody("fleur", "Fleur Bos", "front-desk")
    for reader in (AUKE, desk):
        page = initiative.client(reader).get(CASE).text
        assert "2 personen tekenden online" in page
        assert NAMES not in page
    for reader in (AUKE, desk, DAAN):
        assert initiative.client(reader).get(NAMES).status_code == 403
        assert initiative.client(reader).post(NAMES, data={"reason": "handling"}).status_code == 403
    other = somebody("tom", "Tom Vos", "handler", "team:permits")
    assert initiative.client(other).get(NAMES).status_code == 404


def test_a_look_at_the_names_has_a_reason_and_is_recorded_without_them(initiative: Town) -> None:
    client = initiative.client(SAMIR)
    first = client.get(NAMES)
    assert (first.status_code, "De namen zijn verborgen" in first.text, "Jansen" in first.text) == (200, True, False)
    refused = client.post(NAMES, data={"reason": "curious"})
    assert (refused.status_code, "Jansen" in refused.text) == (422, False)
    page = client.post(NAMES, data={"reason": "handling"}).text
    assert "Bea &lt;b&gt;Jansen&lt;/b&gt;" in page
    assert "Nee, controleer dit" in page
    book = client.post(NAMES, data={"reason": "checking", "form": "csv"})
    assert "'=cmd" in book.text  # a name does nothing in a spreadsheet
    looks = initiative.rows("select who, act, details from workflow.audit where act like 'look.%%' order by number")
    assert [(one["who"], one["act"], one["details"]["reason"]) for one in looks] == [
        ("samir", "look.supporters", "handling"),
        ("samir", "look.supporters", "checking"),
    ]
    assert "Jansen" not in str(looks)
    assert "Medestanders" in initiative.client(AUKE).get("/inzage").text
    assert "Jansen" not in str(initiative.rows("select * from workflow.supporters"))


def test_a_case_without_signatures_has_no_page_for_them(town: Town) -> None:
    town.receive()
    assert "tekenden online" not in town.client(SAMIR).get(CASE).text
    nothing = town.client(SAMIR).get(NAMES)
    assert (nothing.status_code, nothing.location) == (303, CASE)

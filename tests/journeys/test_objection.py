"""Noor disagrees: from the page of the decision to the decision on her objection, by somebody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


def test_an_objection_goes_from_the_decision_to_somebody_else_and_back_with_an_answer(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    noor, samir, mila = (context.new_page() for context in browsers)
    email, workflow = f"object{id(noor)}@example.org", town.url("workflow")
    first = walk.apply(noor, forms=town.url("forms"), email=email)
    status = noor.url.removesuffix("/ontvangen")
    walk.sign_in(samir, workflow=workflow, name="Samir Haddad")
    walk.open_when_there(samir, address=f"{workflow}/zaken/{first}")
    walk.take(samir, workflow=workflow, reference=first)
    walk.grant(samir, workflow=workflow, reference=first)

    walk.until(noor, text="U kunt bezwaar maken tot en met", address=status)
    reference, own_page = _object(noor)
    walk.open_when_there(samir, address=f"{workflow}/zaken/{reference}")
    expect(samir.locator("main")).to_contain_text(f"Hoort bij {first}")
    samir.get_by_role("button", name="Neem in behandeling").click()
    expect(samir.locator("main")).to_contain_text("Een collega behandelt het bezwaar")

    walk.sign_in(mila, workflow=workflow, name="Mila Janssen")
    mila.goto(f"{workflow}/zaken/{first}")
    mila.get_by_role("link", name="Bezwaar tegen dit besluit").click()
    expect(mila.get_by_role("heading", level=1)).to_contain_text(reference)
    _decide(mila, workflow=workflow, reference=reference)

    mail = mailbox.newest_to(email, subject="besloten over uw bezwaar")
    letter = walk.open_letter(samir, link=mail["links"][0], reference=reference, code=lambda: _code(mailbox))
    assert letter.startswith(b"%PDF-1.7")
    walk.until(noor, text="Uw bezwaar is gegrond", address=own_page)
    expect(noor.locator("main")).to_contain_text("U kunt in beroep gaan bij de rechter tot en met")
    expect(noor.get_by_role("button", name="Maak online bezwaar")).to_have_count(0)


def _object(page: Page) -> tuple[str, str]:
    """Fill in the objection, of which the decision and the person are known; give its reference and status page."""
    page.get_by_role("button", name="Maak online bezwaar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Met welk besluit")
    expect(page.get_by_label("Wat is het zaaknummer van het besluit?")).to_have_value(walk.REFERENCE)
    page.get_by_label("Het besluit is aan mij gericht").check()
    walk.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Waarom bent u het niet eens?")
    page.get_by_label("Ik schrijf ze nu op").check()
    page.locator("[name='grounds']").fill("De voorwaarde over de planken is niet nodig.")
    page.get_by_label("Ja", exact=True).check()
    walk.go_on(page)
    if page.locator("[name='grounds']").count():
        walk.go_on(page)
    expect(page.get_by_label("Uw naam")).to_have_value("Noor de Vries")
    walk.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Controleer")
    page.get_by_role("button", name="Verstuur uw bezwaar").click()
    page.wait_for_url("**/ontvangen")
    return walk.reference_on(page), page.url.removesuffix("/ontvangen")


def _decide(page: Page, *, workflow: str, reference: str) -> None:
    """Hold the objection founded after a hearing."""
    walk.take(page, workflow=workflow, reference=reference)
    page.goto(f"{workflow}/zaken/{reference}/besluit")
    page.get_by_label("Bezwaar gegrond", exact=True).check()
    page.get_by_label("U hebt gelijk dat ons besluit niet klopt").check()
    page.get_by_label("Ja, er was een hoorzitting (Awb 7:2)").check()
    page.locator("[name='hearing_note']").fill("U liet foto's van de stoep zien.")
    page.get_by_label("Wij geven een deel").check()
    page.get_by_label("Wat besluit u nu?").fill("U mag de container 2 dagen neerzetten.")
    page.get_by_role("button", name="Controleer het besluit").click()
    letter = page.frame_locator("iframe").locator("body")
    expect(letter).to_contain_text("Uw bezwaar is gegrond")
    expect(letter).to_contain_text("in beroep gaan tot en met")
    expect(letter).to_contain_text("wij geven een deel. U mag de container 2 dagen neerzetten.")
    page.get_by_role("button", name=re.compile("Neem het besluit|Verstuur")).click()
    expect(page.locator("main")).to_contain_text("Besloten")


def _code(mailbox: Mailbox) -> str:
    """Read the code that came on Noor's telephone."""
    text = mailbox.newest_to("+31612345678", subject="sms", says="Uw code voor de brief")["text"]
    found = re.search(r"\b\d{6}\b", text)
    assert found
    return found.group()

"""A neighbour's view: the plan is made known, she reacts, the letter answers her, and she hears what was decided."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey

VIEW = "De stoep wordt te smal voor mijn rolstoel."
ANSWER = "Er blijft 2 meter over."


def make_known(samir: Page, *, case: str) -> str:
    """Take the case and publish a notice; give the address where people read it."""
    walk.open_when_there(samir, address=case)
    samir.get_by_role("button", name="Neem in behandeling").click()
    expect(samir.locator("main")).to_contain_text("Naar het besluit")
    samir.goto(f"{case}/omgeving")
    samir.locator("summary").filter(has_text="Maak een bekendmaking").click()
    samir.get_by_role("button", name="Publiceer").click()
    expect(samir.locator("main")).to_contain_text("Haal de bekendmaking weg")
    return samir.get_by_role("link", name="Bekijk wat mensen zien").get_attribute("href") or ""


def react(bea: Page, *, notice: str, email: str) -> None:
    """Read the notice and give a view on it."""
    walk.open_when_there(bea, address=notice)
    assert "Noor" not in bea.locator("main").inner_text()
    bea.get_by_role("link", name="Geef uw zienswijze").click()
    bea.get_by_label("Wat vindt u van dit plan?").fill(VIEW)
    bea.get_by_label("Uw naam").fill("Bea Buur")
    bea.locator("[name='address.postcode']").fill("3811 LX")
    bea.locator("[name='address.number']").fill("16")
    bea.get_by_role("button", name="Zoek het adres op").click()
    expect(bea.locator("[name='address.street']")).not_to_have_value("")
    bea.get_by_label("Uw e-mailadres").fill(email)
    bea.get_by_role("button", name="Verstuur uw zienswijze").click()
    expect(bea.locator("main")).to_contain_text("Uw zienswijze is binnen")


def weigh(samir: Page, *, case: str) -> None:
    """Answer the view, and end the time to react: a journey does not last two weeks."""
    walk.until(samir, text=VIEW, address=f"{case}/omgeving")
    samir.get_by_role("button", name="Haal de bekendmaking weg").click()
    expect(samir.locator("main")).to_contain_text("De bekendmaking is weggehaald")
    samir.get_by_label("Wat zegt deze zienswijze in het kort?").fill("De stoep wordt smal.")
    samir.get_by_label("Wat vindt de gemeente ervan?").fill(ANSWER)
    samir.get_by_label("Nee", exact=True).check()
    samir.get_by_role("button", name="Bewaar dit").click()
    expect(samir.locator("main")).to_contain_text("De zienswijze is gewogen")


def test_a_neighbour_reads_of_the_plan_and_the_letter_answers_her_view(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    noor, bea, samir = (context.new_page() for context in browsers)
    theirs = f"bea{id(bea)}@example.org"
    reference = walk.apply(noor, forms=town.url("forms"), email=f"noor{id(noor)}@example.org")
    case = f"{town.url('workflow')}/zaken/{reference}"
    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    notice = make_known(samir, case=case)
    react(bea, notice=notice, email=theirs)
    assert "ZW-" in mailbox.newest_to(theirs, subject="Wij hebben uw zienswijze")["text"]
    weigh(samir, case=case)
    samir.goto(f"{case}/besluit/brief?result=granted")
    letter = samir.locator("body")
    expect(letter).to_contain_text("Zienswijzen")
    expect(letter).to_contain_text(ANSWER)
    assert "Bea" not in letter.inner_text()
    walk.grant(samir, workflow=town.url("workflow"), reference=reference)
    told = mailbox.newest_to(theirs, subject="Wij hebben beslist")
    walk.until(bea, text=ANSWER, address=told["links"][0])
    expect(bea.locator("main")).to_contain_text("Wij stemmen in met het plan.")

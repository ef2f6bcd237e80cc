"""Suspend, resume, extend, decide: Samir asks two things at once, Noor answers both, and there is more time by law."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import axe_violations, sideways_scroll
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


def test_the_term_stands_still_until_all_is_answered_and_is_then_extended(
    browsers: list[BrowserContext], scripts: bool, town: Town, mailbox: Mailbox
) -> None:
    noor, samir = (context.new_page() for context in browsers[:2])
    email = f"asked{id(noor)}@example.org"
    reference = walk.apply(noor, forms=town.url("forms"), email=email)
    case = f"{town.url('workflow')}/zaken/{reference}"

    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    walk.open_when_there(samir, address=case)
    expect(samir.locator("main")).not_to_contain_text("De aanvraag is niet compleet ingediend")
    samir.get_by_role("button", name="Neem in behandeling").click()
    samir.get_by_role("link", name="Vraag de aanvrager iets").click()
    samir.get_by_label("Wat wilt u weten?").fill("Wij missen nog iets.")
    samir.get_by_text("Stel een vraag van het formulier opnieuw").click()
    samir.get_by_label("Waarvoor zet u dit neer?").check()
    samir.get_by_role("button", name="Verstuur de vraag").click()
    expect(samir.locator("main")).to_contain_text("De aanvrager is aan zet")

    noor.goto(mailbox.newest_to(email, subject="vraag")["links"][0])
    expect(noor.locator("main")).to_contain_text("Wij hebben een vraag voor u")
    noor.get_by_role("link", name="Geef antwoord").click()
    expect(noor.locator("main")).to_contain_text("Vraag 1 van 2")
    assert not scripts or axe_violations(noor) == []
    noor.get_by_label("Uw antwoord").fill("Het duurt drie dagen.")
    noor.get_by_role("button", name="Verstuur uw antwoord").click()
    expect(noor.locator("main")).to_contain_text("Vraag 2 van 2")
    noor.set_viewport_size({"width": 320, "height": 800})
    assert not scripts or (axe_violations(noor), sideways_scroll(noor)) == ([], 0)
    purpose = noor.get_by_label("Waarvoor zet u dit neer?")
    assert purpose.input_value() == "De verbouwing van een keuken"
    purpose.fill("Een nieuw dak")
    noor.get_by_role("button", name="Verstuur uw antwoord").click()
    expect(noor.locator("main")).to_contain_text("Dank u wel. Uw antwoord is bij ons.")

    walk.until(samir, text="Ga naar deze taak", address=case)
    expect(samir.locator("#wijzigingen")).to_contain_text("Een nieuw dak")
    expect(samir.locator("#vragen")).to_contain_text("Het duurt drie dagen.")
    samir.goto(f"{case}/termijn/verlengen")
    samir.get_by_label("Waarom?").fill("Het advies van de verkeersadviseur is nog niet binnen.")
    samir.get_by_role("button", name="Bekijk wat dit doet").click()
    expect(samir.locator("main")).to_contain_text("De uiterste datum wordt")
    walk.go_on(samir)
    expect(samir.locator("main")).to_contain_text("Termijn verlengd")
    assert mailbox.newest_to(email, subject="meer tijd")
    _read_the_clock(samir, case=case)
    walk.grant(samir, workflow=town.url("workflow"), reference=reference)
    assert mailbox.newest_to(email, subject="besloten")


def _read_the_clock(page: Page, *, case: str) -> None:
    """The term tells of the standstill and of the extension, each with its article."""
    page.goto(f"{case}/termijn")
    for details in page.get_by_text("Zo is de datum berekend").all():
        details.click()
    expect(page.locator("main")).to_contain_text("Awb 4:15")
    expect(page.locator("main")).to_contain_text("Awb 4:14")

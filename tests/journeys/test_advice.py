"""Advice from outside: asked by the handler, mailed as a link, given without an account, taken into the decision."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import faults_on, html_check
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


def test_the_fire_brigade_advises_without_an_account(
    browsers: list[BrowserContext], scripts: bool, town: Town, mailbox: Mailbox
) -> None:
    noor, brigade, samir = (context.new_page() for context in browsers)
    theirs = f"brandweer{id(noor)}@example.org"
    reference = walk.apply(noor, forms=town.url("forms"), email=f"noor{id(noor)}@example.org")
    case = f"{town.url('workflow')}/zaken/{reference}"
    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    walk.open_when_there(samir, address=case)
    samir.get_by_role("button", name="Neem in behandeling").click()
    expect(samir.locator("main")).to_contain_text("Naar het besluit")
    samir.goto(f"{case}/advies")
    samir.get_by_label("Iemand anders").check()
    samir.locator("[name='other.name']").fill("Brandweer")
    samir.locator("[name='other.email']").fill(theirs)
    samir.locator("[name='other.question']").fill("Kan de brandweer er langs?")
    samir.get_by_role("button", name="Vraag advies").click()
    expect(samir.locator("main")).to_contain_text("Wacht op advies")

    mail = mailbox.newest_to(theirs, subject="advies")
    brigade.goto(mail["links"][0])
    expect(brigade.locator("main")).to_contain_text("Kan de brandweer er langs?")
    assert "Noor" not in brigade.locator("main").inner_text()
    if scripts:
        assert faults_on(brigade) == []
        assert html_check([brigade.content()]) == []
    brigade.get_by_label("Positief, onder voorwaarden").check()
    brigade.locator("[name='conditions']").fill("Houd 3,5 meter vrij.")
    brigade.get_by_role("button", name="Verstuur uw advies").click()
    expect(brigade.locator("main")).to_contain_text("Wij hebben uw advies")

    samir.goto(f"{case}/advies")
    samir.get_by_role("button", name="Zet de voorwaarden in het besluit").click()
    expect(samir.locator("[name='own_conditions.0.text']")).to_have_value("Houd 3,5 meter vrij.")

"""A rule is tried before it counts: Bram sets a text ready, Peter sees what it would have meant."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import faults_on, html_check, open_browser
from tests.journeys.conftest import Town
from tests.journeys.walk import apply, open_when_there, sign_in

pytestmark = pytest.mark.journey

OLD, NEW = "days_placed == 1 &&", "days_placed >= 1 && days_placed <= 21 &&"


def _signed_in(page: Page, *, town: Town) -> str:
    sign_in(page, workflow=town.url("workflow"), name="Peter Kok")
    return town.url("workflow")


def _done(page: Page, *, says: str = "nagespeeld") -> str:
    """Wait until the trial is done, and give its address."""
    expect(page.locator("main")).to_contain_text(re.compile(f"{says}|Bezig"))
    for _ in range(60):
        if "Bezig" not in page.locator("main").inner_text():
            return page.url
        page.wait_for_timeout(500)
        page.goto(page.url)
    raise AssertionError("the trial is not done")


def test_what_another_threshold_means_is_worked_out_before_it_counts(
    browser: Browser, browsers: list[BrowserContext], scripts: bool, town: Town
) -> None:
    bram, peter, noor = (context.new_page() for context in browsers)
    reference = apply(noor, forms=town.url("forms"), email=f"noor{id(noor)}@example.org")
    open_when_there(peter, address=_signed_in(peter, town=town) + f"/zaken/{reference}")
    at = f"{town.url('forms')}/beheer/product/objecten"
    bram.goto(f"{town.url('forms')}/beheer")
    bram.get_by_role("button", name="Bram de Wit").click()
    bram.wait_for_url(f"{town.url('forms')}/beheer**")
    bram.goto(f"{at}/tekst")
    bram.get_by_role("button", name="Begin een werkversie").click()
    text = bram.locator("#tekst").input_value()
    assert OLD in text
    bram.locator("#tekst").fill(text.replace(OLD, NEW, 1))
    bram.get_by_role("button", name="Bewaar en kijk na").click()
    expect(bram.locator("main")).to_contain_text("De tekst is bewaard.")
    bram.goto(f"{at}/publiceren")
    bram.get_by_role("button", name="Zet klaar voor een regelproef").click()
    expect(bram.locator("main")).to_contain_text("De tekst staat klaar voor een regelproef.")

    workflow = town.url("workflow")
    peter.goto(f"{workflow}/regelproef")
    peter.get_by_role("link", name="Voorwerp op of aan de weg").first.click()
    expect(peter.get_by_label("Welke tekst probeert u?")).to_contain_text("nog niet gepubliceerd")
    peter.get_by_role("button", name="Begin de proef").click()
    place = _done(peter)
    expect(peter.locator("main")).to_contain_text("niets meer aan te vragen.")
    bram.goto(f"{at}/tekst")
    bram.get_by_role("button", name="Gooi de werkversie weg").click()

    if not scripts:
        return
    with open_browser(browser) as context:
        page = context.new_page()
        sign_in(page, workflow=workflow, name="Peter Kok")
        page.goto(f"{workflow}/minder-regels")
        page.get_by_role("button", name=re.compile("Kijk na.*Voorwerp op of aan de weg")).click()
        _done(page, says="Wat elke regel deed")
        sources = []
        for address in (page.url, f"{workflow}/regelproef", f"{workflow}/regelproef/nieuw/objecten", place):
            page.goto(address)
            assert faults_on(page) == []
            sources.append(page.content())
        assert html_check(sources) == []

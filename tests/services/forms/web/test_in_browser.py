"""A form with a question of every kind in a real browser: for everyone, on a phone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser import (
    base_url,
    browser_type_launch_args,
    faults_on,
    html_check,
    page,
    page_without_scripts,
    served,
)
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.party import FILLED_IN, WITH_PARTY

__all__ = ["base_url", "browser_type_launch_args", "page", "page_without_scripts"]

pytestmark = pytest.mark.journey

CHOSEN = {"loud", "music", "needs", "truth", "stalls.0.fire"}


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The web door with the party among its products."""
    yield from open_web(database, catalogue=WITH_PARTY)


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The service on a real port."""
    with served(app) as address:
        yield address


def begin(page: Page, site: str) -> None:
    page.goto(f"{site}/party")
    page.locator("form[action='/party'] button:not([aria-hidden])").click()


def fill(page: Page, step: str) -> None:
    for name, text in FILLED_IN[step].items():
        control = page.locator(f"[name='{name}']")
        if name in CHOSEN:
            page.locator(f"[name='{name}'][value='{text}']").check()
        elif name.endswith(".sells"):
            control.select_option(text)
        else:
            control.fill(text)


def go_on(page: Page) -> None:
    page.locator(".balie-actions button").first.click()


def test_anyone_can_use_every_kind_empty_wrong_and_filled_in(page: Page, site: str) -> None:
    seen = []
    begin(page, site)
    for step in FILLED_IN:
        page.wait_for_url(re.compile(rf"/{step}\b"))
        assert faults_on(page) == []
        seen.append(page.content())
        if step == "what":
            page.get_by_role("button", name="Nog een kraam toevoegen").click()
            expect(page.locator("#stalls-1")).to_be_visible()
        if step == "when":
            page.locator("[name='begins']").fill("laat")
        go_on(page)
        expect(page.locator("[data-error-summary]")).to_be_focused()
        for line in page.locator("[data-error-summary] a").all():
            line.click()
            assert page.evaluate("document.activeElement.id") == (line.get_attribute("href") or "")[1:]
        assert faults_on(page) == []
        seen.append(page.content())
        fill(page, step)
        if step == "what":
            page.get_by_role("button", name="Verwijder kraam 2").click()
            expect(page.locator("#stalls-1")).to_have_count(0)
        go_on(page)
    expect(page.get_by_role("heading", name="Controleer uw antwoorden")).to_be_visible()
    assert faults_on(page) == []
    assert html_check([*seen, page.content()]) == []


def test_every_kind_is_filled_in_and_sent_without_scripts(page_without_scripts: Page, site: str) -> None:
    page = page_without_scripts
    begin(page, site)
    for step in FILLED_IN:
        fill(page, step)
        if step == "what":
            page.get_by_role("button", name="Reken dit uit").click()
            expect(page.locator("#area_shown strong")).to_have_text("7,5 m²")
        go_on(page)
    expect(page.locator("main")).to_contain_text("Eindigt op 100")
    page.get_by_role("button", name=re.compile("^Verstuur")).click()
    expect(page.get_by_role("heading", name=re.compile("is verstuurd"))).to_be_visible()


def test_a_column_shows_only_with_the_answer_it_waits_for_in_its_own_row(page: Page, site: str) -> None:
    begin(page, site)
    fill(page, "when")
    go_on(page)
    page.get_by_role("button", name="Nog een kraam toevoegen").click()
    first, second = page.locator("#stalls-0-fire"), page.locator("#stalls-1-fire")
    expect(first).to_be_hidden()
    page.locator("[name='stalls.1.sells']").select_option("food")
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    bottles = page.locator("#stalls-1-bottles")
    expect(bottles).to_be_hidden()
    expect(page.locator(".balie-conditional").filter(has=bottles).first).to_be_hidden()  # no line beside nothing
    second.check()
    expect(bottles).to_be_visible()
    page.locator("[name='stalls.1.sells']").select_option("goods")
    expect(second).to_be_hidden()
    expect(bottles).to_be_hidden()


def test_who_stands_at_the_place_lets_the_browser_fill_it_in(browser: Browser, site: str) -> None:
    here = browser.new_context(geolocation={"latitude": 52.1561, "longitude": 5.3878}, permissions=["geolocation"])
    page = here.new_page()
    begin(page, site)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page.locator("[name='spot.point']")).to_have_value("52.15610, 5.38780")
    expect(page.get_by_text("Uw locatie is ingevuld.")).to_be_visible()
    here.close()
    shy = browser.new_context()
    page = shy.new_page()
    begin(page, site)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page.get_by_text("Wij kunnen uw locatie niet vinden. Beschrijf de plek.")).to_be_visible()
    shy.close()


def type_and_wait(tab: Page, name: str, text: str) -> None:
    """Type into a field and wait until the page kept itself."""
    with tab.expect_response("**/bewaar"):
        tab.locator(f"[name='{name}']").fill(text)


def test_a_tab_that_was_left_open_undoes_nothing_and_a_change_taken_back_is_believed(page: Page, site: str) -> None:
    begin(page, site)
    page.wait_for_url(re.compile(r"/when\b"))
    old = page.context.new_page()
    old.goto(page.url)
    type_and_wait(page, "begins", "15:00")
    type_and_wait(old, "spot.words", "Naast de kerk")
    page.goto(page.url)
    expect(page.locator("[name='begins']")).to_have_value("15:00")
    expect(page.locator("[name='spot.words']")).to_have_value("Naast de kerk")
    type_and_wait(page, "begins", "")
    type_and_wait(page, "begins", "15:00")
    page.goto(page.url)
    expect(page.locator("[name='begins']")).to_have_value("15:00")

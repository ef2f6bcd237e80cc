"""A functional administrator at work: change a text, mend the fault that is told, publish, and roll back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults_on, html_check, open_browser
from tests.journeys.conftest import Town

pytestmark = pytest.mark.journey

PRODUCT = "burgerinitiatief"
OLD, NEW = "Burgerinitiatief", "Een voorstel aan de raad"


@contextmanager
def signed_in(browser: Browser, *, town: Town, scripts: bool = True) -> Iterator[Page]:
    """Bram's browser; its console must stay silent."""
    with open_browser(browser, scripts=scripts, expected=None) as context:
        page = context.new_page()
        page.goto(f"{town.url('forms')}/beheer")
        page.get_by_role("button", name="Bram de Wit").click()
        page.wait_for_url(f"{town.url('forms')}/beheer**")
        yield page


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def bram(browser: Browser, town: Town, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A functional administrator, whose scripts may not run."""
    with signed_in(browser, town=town, scripts=request.param) as page:
        yield page


@pytest.fixture
def noor(browser: Browser) -> Iterator[Page]:
    """A resident."""
    with open_browser(browser) as context:
        yield context.new_page()


def reads(noor: Page, *, town: Town, title: str) -> None:
    """See that a resident reads this title: at once, or within a second where another process answers."""
    for _ in range(8):
        noor.goto(f"{town.url('forms')}/{PRODUCT}")
        if noor.get_by_role("heading", level=1).inner_text() == title:
            return
        noor.wait_for_timeout(250)
    expect(noor.get_by_role("heading", level=1)).to_have_text(title)


def save(page: Page, text: str) -> None:
    """Put a text in the place of the one on the page, and save it."""
    page.locator("#tekst").fill(text)
    page.get_by_role("button", name="Bewaar en kijk na").click()


def test_a_text_is_changed_mended_published_and_rolled_back(bram: Page, noor: Page, town: Town) -> None:
    at = f"{town.url('forms')}/beheer/product/{PRODUCT}"
    reads(noor, town=town, title=OLD)
    bram.goto(f"{at}/tekst")
    bram.get_by_role("button", name="Begin een werkversie").click()
    text = bram.locator("#tekst").input_value()
    changed = re.sub(rf"^title: \{{nl: {OLD}", f"title: {{nl: {NEW}", text, count=1, flags=re.MULTILINE)
    assert changed != text

    save(bram, changed.replace("nature: initiative", "nature: initiatief", 1))
    line = changed.split("\n").index("nature: initiative") + 1
    report = bram.locator("#report")
    expect(report.get_by_role("heading")).to_have_text("1 fout in de tekst")
    expect(report.get_by_role("link", name=f"Regel {line}, teken 9")).to_be_visible()
    expect(report).to_contain_text("Bedoelt u ‘initiative’?")

    save(bram, changed)
    expect(report.get_by_role("heading")).to_have_text("Geen fouten gevonden")
    report.get_by_role("link", name="Bekijk wat er verandert en publiceer").click()
    expect(bram.locator("main")).to_contain_text(NEW)
    bram.get_by_label("Meteen").check()
    bram.get_by_label("Waarom verandert u dit?").fill("Dit begrijpen mensen eerder")
    bram.get_by_role("button", name="Publiceer").click()
    expect(bram.get_by_role("status")).to_contain_text("Inwoners zien hem vanaf nu")
    reads(noor, town=town, title=NEW)

    bram.get_by_role("link", name=re.compile("Bekijk en zet terug")).last.click()
    bram.get_by_label("Waarom zet u deze terug?").fill("Toch niet")
    bram.get_by_role("button", name="Zet deze versie terug").click()
    expect(bram.get_by_role("status")).to_contain_text("teruggezet")
    reads(noor, town=town, title=OLD)
    expect(bram.locator("main")).to_contain_text("Bram de Wit")


def test_the_text_is_checked_while_one_types_and_a_fault_leads_to_its_line(browser: Browser, town: Town) -> None:
    with signed_in(browser, town=town) as bram:
        bram.goto(f"{town.url('forms')}/beheer/product/collecte/tekst")
        bram.get_by_role("button", name="Begin een werkversie").click()
        field = bram.locator("#tekst")
        lines = field.input_value().split("\n")
        number = next(number for number, line in enumerate(lines) if number > 60 and "kind: " in line)
        lines[number] = lines[number].replace("kind: ", "kint: ", 1)
        field.fill("\n".join(lines))
        place = bram.locator("#report").get_by_role("link", name=re.compile(f"^Regel {number + 1}, ")).first
        expect(place).to_be_visible()
        expect(bram.locator("[data-check-status]")).to_contain_text("in de tekst")
        place.click()
        before = field.evaluate("field => field.value.slice(0, field.selectionStart).split('\\n').length")
        assert before == number + 1
        assert field.evaluate("field => document.activeElement === field")


def test_every_page_of_the_administrator_is_sound_at_every_width(browser: Browser, town: Town) -> None:
    faults, sources = [], []
    with signed_in(browser, town=town) as bram:
        for address in _addresses(bram, forms=town.url("forms")):
            bram.goto(address)
            sources.append(bram.request.get(address).text())
            faults += faults_on(bram)
    assert faults == []
    assert html_check(sources) == []


def _addresses(page: Page, *, forms: str) -> list[str]:
    """Every page, with a working copy that has a fault and one without; last a form on trial."""
    found = [
        f"{forms}/beheer{path}" for path in ("", "/gemeente", "/cijfers", "/zip", "/zip?product=terras", "/quarantaine")
    ]
    for product in ("terras", "uitrit"):
        at = f"{forms}/beheer/product/{product}"
        found.append(at)
        page.goto(f"{at}/tekst")
        if page.get_by_role("button", name="Begin een werkversie").count():
            page.get_by_role("button", name="Begin een werkversie").click()
            expect(page.locator("#tekst")).to_be_visible()
        if product == "uitrit":
            save(page, page.locator("#tekst").input_value().replace("kind: ", "kint: ", 1))
            expect(page.locator("#report").get_by_role("heading")).to_contain_text("in de tekst")
        found += [f"{at}/{path}" for path in ("tekst", "publiceren", "proberen", "vergelijken", "voorbeeld")]
    page.goto(f"{forms}/beheer/product/objecten/voorbeeld")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin het voorbeeld").click()
    return [*found, page.url, f"{page.url.rpartition('/')[0]}/later"]

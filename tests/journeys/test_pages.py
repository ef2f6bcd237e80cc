"""Every page that a person can open: no breach of WCAG 2.2 AA, valid HTML, nothing off the edge of a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults_on, html_check, open_browser
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def surfer(browser: Browser) -> Iterator[Page]:
    """One browser that is Noor at the counter and Samir at the cases; its console must stay silent."""
    with open_browser(browser) as context:
        yield context.new_page()


def test_every_page_is_sound_at_every_width(surfer: Page, town: Town, mailbox: Mailbox) -> None:
    faults: list[str] = []
    sources: list[str] = []
    for address in _addresses(surfer, town=town, mailbox=mailbox):
        answer = surfer.goto(address)
        if answer is None or answer.ok is address.endswith("/nergens"):
            faults.append(f"{address} answers {answer and answer.status}")
        sources.append(surfer.request.get(address).text())
        faults += faults_on(surfer)
    faults += html_check(sources)

    assert faults == []
    assert len(sources) >= 30


def _addresses(page: Page, *, town: Town, mailbox: Mailbox) -> list[str]:
    """Make one application in every state and give the address of each page on the way."""
    forms, workflow, notify = town.url("forms"), town.url("workflow"), town.url("notify")
    found = [
        f"{forms}/{path}"
        for path in (
            "",
            "objecten",
            "openbaar/objecten",
            "open-data",
            "privacy",
            "toegankelijkheid",
            "?taal=en",
            "?taal=nl",
            "nergens",
        )
    ]
    found += [f"{notify}/", f"{town.url('mailbox')}/"]
    draft = _fill_in(page, forms=forms)
    found += [f"{draft}/{step}" for step in ("what", "where", "when", "who", "later", "controleren")]
    found += [f"{forms}/regel/objecten/{rule}" for rule in ("late", "objects")]
    found += _signed_in_pages(page, forms=forms)
    reference, status = _hand_in(page, forms=forms)
    found += [status, f"{status}/ontvangen"]
    still_open, _ = _hand_in(page, forms=forms)
    found += _case_pages(page, town=town, reference=reference)
    found += _open_case_pages(page, case=f"{workflow}/zaken/{still_open}")
    mail = mailbox.newest_to("pages@example.org", subject="besloten")
    found += [mail["links"][0], f"{workflow}/nergens", status]
    return found


def _fill_in(page: Page, *, forms: str) -> str:
    """Answer everything without sending, so that each step and the check page can be opened."""
    walk.start(page, forms=forms)
    walk.fill_in(page, email="pages@example.org")
    return page.url.rpartition("/")[0]


def _signed_in_pages(page: Page, *, forms: str) -> list[str]:
    """Noor's own list then has the draft that she begins."""
    page.goto(f"{forms}/evenement")
    walk.go_on(page)
    page.wait_for_url(f"{forms}/aanvraag/**")
    return [f"{forms}/inloggen?voor=evenement&terug=/evenement", f"{forms}/evenement", f"{forms}/mijn", page.url]


def _hand_in(page: Page, *, forms: str) -> tuple[str, str]:
    reference = walk.apply(page, forms=forms, email="pages@example.org")
    return reference, page.url.removesuffix("/ontvangen")


def _case_pages(page: Page, *, town: Town, reference: str) -> list[str]:
    """Refuse the permit; the pages that show what only this way brings. The others are looked at with their service."""
    workflow = town.url("workflow")
    case = f"{workflow}/zaken/{reference}"
    requests.get(f"{workflow}/health", timeout=5).raise_for_status()
    walk.sign_in(page, workflow=workflow, name="Samir Haddad")
    walk.open_when_there(page, address=case)
    page.get_by_role("button", name="Neem in behandeling").click()
    expect(page.locator("main")).to_contain_text("In behandeling")
    page.goto(f"{case}/besluit")
    page.get_by_label("Vergunning weigeren").check()
    page.get_by_label(re.compile("maakt het gebruik van de weg gevaarlijk")).check()
    page.get_by_label(re.compile("Niet nodig: wij gaan uit van")).check()
    page.get_by_role("button", name="Controleer het besluit").click()
    page.get_by_role("button", name=re.compile("Neem het besluit|Verstuur")).click()
    expect(page.locator("main")).to_contain_text("Besloten")
    lists = [
        f"{workflow}/?lijst=mine",
        f"{workflow}/?taal=en",
        f"{workflow}/?taal=nl",
        f"{workflow}/termijnen?kind=permit&start.day=14&start.month=9&start.year=2026&longer=1",
    ]
    return [*lists, case, f"{case}/termijn", f"{case}/tijdlijn", f"{case}/besluit"]


def _open_case_pages(page: Page, *, case: str) -> list[str]:
    walk.open_when_there(page, address=case)
    page.get_by_role("button", name="Neem in behandeling").click()
    expect(page.locator("main")).to_contain_text("In behandeling")
    return [case, f"{case}/besluit"]

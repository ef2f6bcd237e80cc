"""Every product, from its page to the case: its own example filled in, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults_on, html_check, open_browser
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town
from tests.journeys.examples import Example, complete_example
from tests.journeys.filling import euros, fill_in
from tests.products import CATALOGUE

pytestmark = pytest.mark.journey


@dataclass
class Looks:
    """What was found on the pages: every page by the HTML checker, and each kind of page once by all other means."""

    sources: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def look(self, page: Page, *kinds: str) -> None:
        """Look at a page, longer when it shows something that was not seen yet."""
        self.sources.append(page.content())
        if not set(kinds) <= self.seen:
            self.seen.update(kinds)
            self.faults += faults_on(page, widths=(1280, 320))


@pytest.fixture(scope="module")
def els(browser: Browser, town: Town) -> Iterator[Page]:
    """A lead of all teams at her list."""
    with open_browser(browser) as context:
        page = context.new_page()
        walk.sign_in(page, workflow=town.url("workflow"), name="Els van Dijk")
        yield page


@pytest.fixture(scope="module")
def looks() -> Iterator[Looks]:
    """All pages on the way; in the end nothing is wrong with any of them."""
    made = Looks()
    yield made
    assert html_check(made.sources) == []


@pytest.mark.parametrize(("number", "product_id"), list(enumerate(sorted(CATALOGUE.products))))
def test_every_product_is_filled_in_sent_and_arrives(
    browser: Browser, els: Page, town: Town, looks: Looks, *, number: int, product_id: str
) -> None:
    """Every other product without scripts: among them one that asks to sign in, one with files and a short one."""
    example, scripts = complete_example(product_id), bool(number % 2)
    with open_browser(browser, scripts=scripts, expected=None) as context:

        def look(page: Page, *kinds: str) -> None:
            if scripts:
                looks.look(page, *kinds)
            else:
                looks.sources.append(page.content())

        reference = _send(context.new_page(), example=example, town=town, look=look)
    _case_tells(els, example=example, reference=reference, workflow=town.url("workflow"))
    looks.look(els, "case")
    assert looks.faults == []


def _send(page: Page, *, example: Example, town: Town, look: Callable[..., None]) -> str:
    """From the page of the product to its receipt; gives the reference."""
    product, forms = example.product, town.url("forms")
    page.goto(f"{forms}/{product.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(product.title.nl)
    if page.get_by_role("link", name="Inloggen met DigiD").count():
        page.get_by_role("link", name="Inloggen met DigiD").click()
        page.get_by_role("button", name="Noor de Vries").click()
        page.wait_for_url(f"{forms}/{product.id}")
    look(page, "product")
    page.locator("main form button.nl-button--primary").click()
    page.wait_for_url("**/aanvraag/**")
    fill_in(
        page,
        product=product,
        answers=example.answers,
        look=lambda page, step: look(page, *(str(question.kind) for question in step.questions)),
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("Controleer")
    fee = example.expect.get("fee_cents")
    assert (euros(fee) in _words(page)) if fee else ("Dit kost €" not in _words(page)), _words(page)
    assert "Zonder deze antwoorden kunt u niet versturen" not in _words(page)
    look(page, "check")
    page.locator("main form button.nl-button--primary").last.click()
    if product.sign_in.confirm_email:
        _confirm(page, example=example, mailbox=Mailbox(town.url("mailbox")), look=look)
    page.wait_for_url("**/ontvangen")
    simple = "is eenvoudig. Wij beslissen waarschijnlijk veel eerder." in _words(page)
    assert simple == (example.expect["outcome"] == "at_once")
    assert page.get_by_role("button", name="Betaal nu").count() == _pays_now(example)
    look(page, "receipt")
    return walk.reference_on(page)


def _confirm(page: Page, *, example: Example, mailbox: Mailbox, look: Callable[..., None]) -> None:
    """Follow the link in the mail, confirm the address, and send the form all the same."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig uw e-mailadres")
    look(page, "confirm")
    email = example.answers[example.product.roles.email]
    page.goto(mailbox.newest_to(email, subject="Bevestig", says=example.product.title.nl)["links"][0])
    expect(page.get_by_role("button", name="Bevestig mijn e-mailadres")).to_be_visible()
    look(page, "address")
    page.get_by_role("button", name="Bevestig mijn e-mailadres").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uw e-mailadres is bevestigd")
    page.get_by_role("link", name="Ga verder met uw formulier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig uw e-mailadres")
    page.locator("main form button.nl-button--primary").click()


def _case_tells(page: Page, *, example: Example, reference: str, workflow: str) -> None:
    """The case is there with every answer, its fee and whether it is paid."""
    walk.open_when_there(page, address=f"{workflow}/zaken/{reference}")
    words = _words(page)
    assert example.product.title.nl in words
    fee = example.expect.get("fee_cents")
    assert euros(fee) in words if fee else "€" not in _payment(page)
    assert ("Nog niet betaald" in words) == bool(_pays_now(example))
    assert ("Kan meteen" in words) == (example.expect["outcome"] == "at_once")
    assert "De aanvraag is niet compleet ingediend" not in words
    for name in ("name", "email"):
        value = example.answers.get(getattr(example.product.roles, name) or "")
        assert not value or value in words, name


def _payment(page: Page) -> str:
    """What the case says of its payment; nothing where nothing is paid."""
    card = page.locator("section", has=page.get_by_role("heading", name="Betaling", exact=True))
    return " ".join(card.all_inner_texts())


def _pays_now(example: Example) -> int:
    return int(bool(example.expect.get("fee_cents")) and example.product.payment.moment != "invoice")


def _words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())

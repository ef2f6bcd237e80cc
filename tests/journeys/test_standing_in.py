"""Who prepares a decision does not sign it: Samir is refused and goes on holiday, Els stands in for him and signs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dev.up import today
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town
from tests.journeys.examples import hand_in

pytestmark = pytest.mark.journey


def test_who_prepares_a_decision_does_not_sign_it_and_who_stands_in_does(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    samir, els = (context.new_page() for context in browsers[:2])
    workflow, email = town.url("workflow"), f"four-eyes-{uuid4().hex[:8]}@example.org"
    reference = hand_in("woo-verzoek", forms=town.url("forms"), email=email)
    decision = f"{workflow}/zaken/{reference}/besluit"
    walk.sign_in(els, workflow=workflow, name="Els van Dijk")
    walk.sign_in(samir, workflow=workflow, name="Samir Haddad")
    walk.open_when_there(samir, address=f"{workflow}/zaken/{reference}")
    walk.take(samir, workflow=workflow, reference=reference)
    els.goto(f"{workflow}/?lijst=mine")
    expect(els.locator("main")).not_to_contain_text(reference)

    _prepare(samir, decision=decision)
    expect(samir.locator("main")).to_contain_text("U bereidde dit besluit voor. Een collega tekent het")
    expect(samir.get_by_role("button", name="Neem het besluit")).to_have_count(0)
    _go_away(samir, workflow=workflow)
    try:
        els.goto(f"{workflow}/?lijst=mine")
        els.get_by_role("link", name=reference).click()
        expect(els.locator("main")).to_contain_text("Samir Haddad is afwezig. U vervangt.")
        _sign(els, decision=decision)
    finally:
        _come_back(samir, workflow=workflow)
    assert mailbox.newest_to(email, subject="besloten")
    els.goto(f"{workflow}/zaken/{reference}/tijdlijn")
    expect(els.locator("main")).to_contain_text("Els van Dijk")


def _prepare(page: Page, *, decision: str) -> None:
    page.goto(decision)
    page.get_by_label("Verzoek inwilligen", exact=True).check()
    page.get_by_label("U krijgt de documenten waar u om vroeg.").check()
    page.get_by_role("button", name="Controleer het besluit").click()
    expect(page.get_by_role("heading", name="Dit gaat naar de aanvrager")).to_be_visible()


def _sign(page: Page, *, decision: str) -> None:
    page.goto(decision)
    expect(page.get_by_label("Verzoek inwilligen", exact=True)).to_be_checked()
    page.get_by_role("button", name="Controleer het besluit").click()
    page.get_by_role("button", name="Neem het besluit en verstuur de brief").click()
    expect(page.locator("main")).to_contain_text("Het besluit is genomen.")


def _go_away(page: Page, *, workflow: str) -> None:
    """Be away today, with Els to stand in: she may do all that Samir may."""
    page.goto(f"{workflow}/profiel")
    page.get_by_role("link", name="Afwezig melden, en wie vervangt").click()
    day = today()
    for end in ("first", "last"):
        for part in ("day", "month", "year"):
            page.locator(f"[name='{end}.{part}']").fill(str(getattr(day, part)))
    page.get_by_label("Wie vervangt?").select_option(label="Els van Dijk")
    page.get_by_role("button", name="Meld afwezig").click()
    expect(page.locator("main")).to_contain_text("De afwezigheid staat genoteerd.")


def _come_back(page: Page, *, workflow: str) -> None:
    page.goto(f"{workflow}/afwezig")
    page.get_by_role("button", name="Neem terug Samir Haddad").click()
    expect(page.locator("main")).to_contain_text("De afwezigheid is teruggenomen.")

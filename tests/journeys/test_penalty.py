"""The municipality is late: a notice of default, a meter that runs, a decision, and the letter with what it costs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dev.up import today
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


def test_a_case_past_its_term_costs_money_by_the_day_until_it_is_decided(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    yara, samir, noor = (context.new_page() for context in browsers)
    email = f"late{id(noor)}@example.org"
    walk.come_in(yara, forms=town.url("forms"))
    reference = walk.enter(yara, received=_days_ago(100), email=email)

    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    case = f"{town.url('workflow')}/zaken/{reference}"
    walk.until(samir, text="te laat", address=case)
    walk.take(samir, workflow=town.url("workflow"), reference=reference)
    _register_notice(samir, case=case, day=_days_ago(20))
    meter = samir.locator(".balie-card", has=samir.get_by_role("heading", name="Dwangsom"))
    expect(meter).to_contain_text(re.compile(r"[1-9]\d* euro na [1-9] dagen"))
    meter.get_by_text("Zo is de datum berekend").click()
    expect(meter).to_contain_text("Awb 4:17")
    mailbox.newest_to(email, subject="uw ingebrekestelling")

    walk.grant(samir, workflow=town.url("workflow"), reference=reference)
    walk.until(samir, text="Stel het bedrag vast", address=f"{case}/termijn")
    _set_penalty(samir, case=case)
    mail = mailbox.newest_to(email, subject="geld omdat wij te laat")
    assert walk.open_letter(noor, link=mail["links"][0], reference=reference).startswith(b"%PDF-1.7")


def _days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def _register_notice(page: Page, *, case: str, day: date) -> None:
    page.goto(f"{case}/termijn")
    page.get_by_role("link", name="Er kwam een ingebrekestelling").click()
    for part in ("day", "month", "year"):
        page.locator(f"[name='day.{part}']").fill(str(getattr(day, part)))
    page.get_by_label("Welk document hoort erbij?").fill("Brief van de aanvrager")
    page.get_by_role("button", name="Bekijk wat dit doet").click()
    expect(page.get_by_role("heading", name="Dit doet het met de datums")).to_be_visible()
    page.get_by_role("button", name="Bevestig").click()
    expect(page.get_by_role("heading", name="De klokken van deze zaak")).to_be_visible()


def _set_penalty(page: Page, *, case: str) -> None:
    page.goto(f"{case}/termijn")
    page.get_by_role("link", name="Stel de dwangsom vast").click()
    page.get_by_label("Waarom?").fill("Wij beslisten te laat.")
    page.get_by_role("button", name="Bekijk wat dit doet").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"De dwangsom is [1-9]\d* euro"))
    page.get_by_role("button", name="Bevestig").click()
    expect(page.get_by_role("heading", name="De klokken van deze zaak")).to_be_visible()

"""Five hundred cases at once in a real browser: given away with scripts, and given back without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from services.workflow.actions import hearing
from services.workflow.desk import open_desk
from shared.catalogue.versions import remember
from tests.browser import axe_violations, served
from tests.services.workflow.conftest import Town
from tests.services.workflow.test_bulk import count, work
from tests.services.workflow.town import ELS, objecten, submission
from tests.services.workflow.web.test_in_browser import sign_in

pytestmark = pytest.mark.journey

MANY = 500


@pytest.fixture
def full(town: Town) -> Iterator[str]:
    """The service on a real port, with so many cases that nobody took."""
    with town.connection() as connection:
        remember(connection, objecten())
        for number in range(MANY):
            said = submission(f"Z-2026-MANY-{number:04}")
            hearing.open_case(said, now=town.now, desk=open_desk(connection, now=town.now))
    with served(town.app) as address:
        yield address


def test_five_hundred_cases_are_given_away_and_back_with_a_result_for_each(
    town: Town, full: str, page: Page, page_without_scripts: Page
) -> None:
    for visitor, name, subject in ((page, "Mila Janssen", "mila"), (page_without_scripts, "Samir Haddad", "samir")):
        sign_in(visitor.context, town=town, site=full, person=ELS)
        _give_away(visitor, site=full, to=name)
        expect(visitor.locator("main")).to_contain_text(f"0 van {MANY} zaken zijn klaar.")
        work(town)
        visitor.get_by_role("link", name="Ververs").click()
        expect(visitor.locator("main")).to_contain_text(f"{MANY} zaken zijn gedaan.")
        assert visitor.get_by_text("Gedaan", exact=True).count() == MANY
        assert count(town, f"workflow.cases where handler = '{subject}'") == MANY
    assert count(town, "workflow.audit where act = 'bulk.assign' and who = 'els'") == 2 * MANY
    assert axe_violations(page) == []


def _give_away(page: Page, *, site: str, to: str) -> None:
    page.goto(site)
    page.get_by_role("button", name=f"Kies alle {MANY} zaken van deze lijst").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{MANY} zaken samen")
    page.get_by_label("Wijs ze toe aan een collega").check()
    page.get_by_label(to).check()
    page.get_by_label("Waarom?").fill("Samir is met verlof.")
    page.get_by_role("button", name="Begin", exact=True).click()

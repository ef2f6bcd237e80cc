"""Peter leads: how long it takes, what will be late, a goal, an indicator with a colleague's eyes, and fewer rules."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dev.up import today
from tests.journeys import walk
from tests.journeys.conftest import Town
from tests.journeys.examples import hand_in

pytestmark = pytest.mark.journey

PRODUCT = "Voorwerp op of aan de weg"


def test_a_manager_reads_the_figures_sets_a_goal_and_asks_which_rules_can_go(
    browsers: list[BrowserContext], town: Town
) -> None:
    peter, bram = (context.new_page() for context in browsers[:2])
    workflow = town.url("workflow")
    for page, name in ((peter, "Peter Kok"), (bram, "Bram de Wit")):
        walk.sign_in(page, workflow=workflow, name=name)
    for _ in range(5):  # of fewer nothing is told
        hand_in("objecten", forms=town.url("forms"), email="manager@example.org")
    _read_throughput(peter, workflow=workflow)
    _look_ahead(peter, workflow=workflow)
    _set_goal(peter, workflow=workflow)
    _enter_figure(peter, bram, workflow=workflow)
    _weigh_rules(peter, workflow=workflow)
    expect(peter.get_by_role("heading", level=1)).to_contain_text(PRODUCT)


def _read_throughput(page: Page, *, workflow: str) -> None:
    """Choose a product and a table per month; the file beside the page is of the same choice."""
    for told in ("over de termijn", "stroom van zaken"):
        walk.until(page, text=told, address=f"{workflow}/doorlooptijden?soort=objecten")
    page.goto(f"{workflow}/doorlooptijden")
    page.get_by_label("Soort zaak").select_option(label=PRODUCT)
    page.get_by_label("Tabel per").select_option(label="Maand")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", name="Doorlooptijd per maand")).to_be_visible()
    expect(page.get_by_label("Soort zaak")).to_have_value("objecten")
    page.get_by_text("Toon de cijfers: stroom van zaken").click()
    expect(page.locator("#table-flow")).to_be_visible()
    figures = page.request.get(workflow + str(page.get_by_role("link", name="JSON").get_attribute("href"))).json()
    tile = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Open zaken vandaag"))
    assert (figures["asked"]["product"], bool(figures["figures"])) == ("objecten", True)
    expect(tile).to_contain_text("over de termijn")


def _look_ahead(page: Page, *, workflow: str) -> None:
    page.goto(f"{workflow}/wat-wordt-te-laat")
    page.get_by_label("Er komt één collega bij").check()
    page.get_by_role("button", name="Reken uit").click()
    page.wait_for_url("**collega=ja**")
    expect(page.get_by_label("Er komt één collega bij")).to_be_checked()


def _set_goal(page: Page, *, workflow: str) -> None:
    page.goto(f"{workflow}/doelen")
    page.get_by_label("Soort zaak", exact=True).select_option(label=PRODUCT)
    page.get_by_label("Hoeveel besluiten moeten op tijd zijn?").fill("96")
    page.get_by_label("Wie is verantwoordelijk?").select_option(label="Peter Kok")
    page.get_by_role("button", name="Bewaar het doel").click()
    row = page.get_by_role("row").filter(has_text=PRODUCT)
    expect(row).to_contain_text("96 %")
    row.get_by_role("link", name=PRODUCT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doorlooptijden")
    expect(page.get_by_label("Soort zaak")).to_have_value("objecten")


def _enter_figure(peter: Page, bram: Page, *, workflow: str) -> None:
    """A target counts only after a colleague agreed; nobody agrees with an own one."""
    because, year = f"Programmabegroting {uuid4().hex[:6]}", str(today().year + 1)
    peter.goto(f"{workflow}/indicatoren")
    peter.get_by_label("Welke indicator?").select_option(index=1)
    peter.get_by_label("Een doel").check()
    peter.get_by_label("Voor welk jaar?").fill(year)
    peter.get_by_label("Welk getal?").fill("93")
    peter.get_by_label("Waar komt dit vandaan?").fill(because)
    peter.get_by_role("button", name="Leg voor aan een collega").click()
    waiting = peter.get_by_role("row").filter(has_text=because)
    expect(waiting).to_contain_text("Een collega kijkt dit na")
    bram.goto(f"{workflow}/indicatoren")
    bram.get_by_role("row").filter(has_text=because).get_by_role("button", name="Akkoord").first.click()
    expect(bram.get_by_role("row").filter(has_text=because)).to_have_count(0)
    expect(bram.locator("main")).to_contain_text(f"{year}: {because}")


def _weigh_rules(page: Page, *, workflow: str) -> None:
    page.goto(f"{workflow}/minder-regels")
    row = page.get_by_role("row").filter(has_text=PRODUCT)
    row.get_by_role("button", name="Kijk na").click()
    walk.until(page, text="Wat elke regel deed", address=f"{workflow}/minder-regels/objecten")

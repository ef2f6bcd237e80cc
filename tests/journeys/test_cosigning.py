"""A driveway that its owner must agree to: asked by mail, agreed once, told to all; also without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import faults_on, html_check, page
from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

__all__ = ["page"]

pytestmark = pytest.mark.journey


def apply_with_owner(page: Page, *, forms: str, email: str, owner: str) -> str:
    """Report a driveway on somebody else's ground, without the photo and sketch; give its reference."""
    page.goto(f"{forms}/uitrit")
    page.get_by_role("button", name="Start de melding").click()
    page.get_by_label("Een nieuwe uitrit").check()
    page.locator("[name='place.postcode']").fill("3811 LX")
    page.locator("[name='place.number']").fill("14")
    page.locator("[name='property_use'][value='home']").check()
    page.locator("[name='width']").fill("3")
    page.locator("[name='reason']").fill("Ik wil mijn auto op eigen terrein opladen")
    walk.go_on(page)
    page.locator("[name='existing_driveway'][value='false']").check()
    page.locator("[name='nearby'][value='none']").check()
    walk.go_on(page)
    page.get_by_role("button", name="Verder zonder").click()
    page.locator("[name='owner'][value='false']").check()
    page.locator("[name='consent_by'][value='mail']").check()
    page.locator("[name='owner_name']").fill("Els van den Bérg")
    page.locator("[name='owner_email']").fill(owner)
    page.locator("[name='applicant_kind'][value='person']").check()
    page.locator("[name='name']").fill("Noor de Vries")
    page.locator("[name='contact_address.postcode']").fill("3811 LX")
    page.locator("[name='contact_address.number']").fill("14")
    page.locator("[name='email']").fill(email)
    page.locator("[name='truth']").check()
    walk.go_on(page)
    expect(page.locator("main")).to_contain_text("De eigenaar moet ook akkoord geven")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.locator("main")).to_contain_text("De eigenaar moet nog akkoord geven")
    return walk.reference_on(page)


def test_the_owner_agrees_once_and_the_clock_runs_again(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    noor, els, samir = (context.new_page() for context in browsers)
    mine, theirs = f"noor{id(noor)}@example.org", f"eigenaar{id(noor)}@example.org"
    reference = apply_with_owner(noor, forms=town.url("forms"), email=mine, owner=theirs)
    status = noor.get_by_role("link", name="Volg uw").get_attribute("href") or ""
    noor.goto(f"{town.url('forms')}{status}")
    expect(noor.locator("main")).to_contain_text("Wij wachten op een akkoord")
    assert reference in mailbox.newest_to(mine, subject="ontbreekt")["text"]

    mail = mailbox.newest_to(theirs, subject="akkoord")
    assert not {"Noor", "Voorbeeldstraat", "Bérg", reference} & set(mail["text"].split())
    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    walk.until(samir, text="Iemand anders moet nog akkoord geven", address=_case(town, reference))

    _names_herself(els, link=mail["links"][0])
    seen = els.locator("main").inner_text()
    assert "Voorbeeldstraat 14" in seen
    assert mine not in seen
    els.get_by_label("Ja, ik ga akkoord").check()
    els.get_by_role("button", name="Verstuur uw antwoord").click()
    expect(els.locator("main")).to_contain_text("Wij hebben uw antwoord")

    els.goto(mail["links"][0])
    expect(els.locator("main")).to_contain_text("U ging akkoord op")
    assert els.get_by_role("button", name="Verstuur uw antwoord").count() == 0
    noor.reload()
    expect(noor.locator("main")).to_contain_text("De eigenaar ging akkoord op")
    walk.until(samir, text="Nog niemand behandelt deze zaak", address=_case(town, reference))
    expect(samir.locator("main")).to_contain_text("Akkoord op")
    samir.goto(f"{_case(town, reference)}/tijdlijn")
    for line in ("De tweede ondertekenaar ging akkoord", "Link om akkoord te geven verstuurd"):
        expect(samir.locator("main")).to_contain_text(line)
    mailbox.newest_to(mine, subject="nieuwe datum")


def test_an_owner_who_says_no_says_why_and_a_new_link_ends_the_old_one(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    noor, els, samir = (context.new_page() for context in browsers)
    wrong, right = f"verkeerd{id(noor)}@example.org", f"goed{id(noor)}@example.org"
    reference = apply_with_owner(noor, forms=town.url("forms"), email="noor@example.org", owner=wrong)
    former = mailbox.newest_to(wrong, subject="akkoord")["links"][0]
    noor.get_by_role("link", name="Volg uw").click()
    noor.get_by_role("link", name="Mail de link opnieuw").click()
    noor.locator("[name='email']").fill(right)
    walk.go_on(noor)
    expect(noor.locator("main")).to_contain_text(right)

    els.goto(former)
    expect(els.locator("main")).to_contain_text("Deze link werkt niet")
    els.goto(mailbox.newest_to(right, subject="akkoord")["links"][0])
    els.get_by_label("Uw achternaam").fill("Jansen")
    walk.go_on(els)
    expect(els.locator("main")).to_contain_text("iemand met een andere naam")
    els.get_by_label("Uw achternaam").fill("van den Berg")
    walk.go_on(els)
    els.get_by_label("Nee, ik ga niet akkoord").check()
    walk.go_on(els)
    expect(els.locator("main")).to_contain_text("Vul in waarom u niet akkoord gaat")
    els.locator("[name='because']").fill("De boom moet blijven staan")
    walk.go_on(els)

    expect(els.locator("main")).to_contain_text("Wij hebben uw antwoord")
    noor.reload()
    expect(noor.locator("main")).to_contain_text("De boom moet blijven staan")
    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    walk.until(samir, text="De boom moet blijven staan", address=_case(town, reference))
    samir.get_by_role("button", name="Neem in behandeling").click()
    expect(samir.locator("main")).to_contain_text("De eigenaar ging niet akkoord")


def test_the_pages_of_the_owner_are_sound_on_every_screen(page: Page, town: Town, mailbox: Mailbox) -> None:
    theirs = f"scherm{id(page)}@example.org"
    apply_with_owner(page, forms=town.url("forms"), email="noor@example.org", owner=theirs)
    page.goto(mailbox.newest_to(theirs, subject="akkoord")["links"][0])
    pages = [page.content()]
    assert faults_on(page) == []
    _names_herself(page, link=page.url)
    expect(page.get_by_label("Nee, ik ga niet akkoord")).to_be_visible()
    pages.append(page.content())
    assert faults_on(page) == []
    assert html_check(pages) == []


def _names_herself(page: Page, *, link: str) -> None:
    page.goto(link)
    expect(page.locator("main")).not_to_contain_text("Voorbeeldstraat")
    page.get_by_label("Uw achternaam").fill("van den berg")
    walk.go_on(page)


def _case(town: Town, reference: str) -> str:
    return f"{town.url('workflow')}/zaken/{reference}"

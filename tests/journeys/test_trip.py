"""One permit all the way: Noor applies, Samir asks and decides, Noor reads the letter; with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import walk
from tests.journeys.conftest import Mailbox, Town

pytestmark = pytest.mark.journey


def test_a_resident_asks_a_handler_decides_and_the_resident_reads_the_letter(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    noor, samir, elsewhere = (context.new_page() for context in browsers)
    email = f"noor{id(noor)}@example.org"

    reference = walk.apply(noor, forms=town.url("forms"), email=email)
    _confirmation_arrives(mailbox, email=email, reference=reference)
    status = _open_status_elsewhere(elsewhere, mailbox=mailbox, email=email, reference=reference)

    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    walk.take(samir, workflow=town.url("workflow"), reference=reference)
    _ask(samir, question="Hoe breed is de stoep?")
    expect(samir.locator("main")).to_contain_text("Termijn staat stil")
    _answer(elsewhere, status=status, answer="De stoep is 3 meter breed.")
    told = f"{town.url('workflow')}/zaken/{reference}/tijdlijn"
    walk.until(samir, text="De stoep is 3 meter breed", address=told)
    walk.grant(samir, workflow=town.url("workflow"), reference=reference)

    mail = mailbox.newest_to(email, subject="besloten")
    assert reference not in mail["text"]
    assert "Noor" not in mail["text"]
    letter = walk.open_letter(elsewhere, link=mail["links"][0], reference=reference)
    assert letter.startswith(b"%PDF-1.7")
    _status_tells_the_decision(elsewhere, status=status)
    _case_is_announced(samir, workflow=town.url("workflow"), reference=reference)


def test_a_resident_goes_on_later_by_a_mailed_link_on_another_device(
    browsers: list[BrowserContext], town: Town, mailbox: Mailbox
) -> None:
    phone, desk, _ = (context.new_page() for context in browsers)
    email = f"later{id(phone)}@example.org"
    walk.start(phone, forms=town.url("forms"))
    walk.tell_what(phone)
    phone.get_by_role("button", name="Bewaren en later verder").click()
    phone.get_by_label("e-mailadres").fill(email)
    walk.go_on(phone)

    mail = mailbox.newest_to(email, subject="verder")
    desk.goto(mail["links"][0])
    walk.show_digid(desk)
    desk.get_by_role("link", name="Terug naar stap 1").click()

    assert desk.locator("[name='objects.0.length']").input_value() == "4"
    assert desk.get_by_label("Waarvoor zet u dit neer?").input_value() == "De verbouwing van een keuken"


def test_a_wrong_step_keeps_everything_and_says_what_to_do(browsers: list[BrowserContext], town: Town) -> None:
    page = browsers[0].new_page()
    walk.start(page, forms=town.url("forms"))
    walk.tell_what(page)
    page.get_by_label("Waarvoor zet u dit neer?").fill("")
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        walk.go_on(page)

    assert answer.value.status == 422
    expect(page).to_have_title(re.compile("^Fout: "))
    assert page.locator("[name='objects.0.width']").input_value() == "2,5"
    summary = page.locator("[data-error-summary]")
    message = summary.get_by_role("link").first.inner_text()
    assert page.locator(".utrecht-form-field-error-message").first.inner_text().endswith(message)
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "purpose"


def test_an_application_goes_in_once_however_often_it_is_sent(browsers: list[BrowserContext], town: Town) -> None:
    page = browsers[0].new_page()
    first = walk.apply(page, forms=town.url("forms"), email="twice@example.org")
    page.reload()
    assert walk.reference_on(page) == first
    page.go_back()
    send = page.get_by_role("button", name="Verstuur")
    if send.count():
        send.click()
    else:
        page.reload()

    assert walk.reference_on(page) == first


def test_ruud_may_see_nothing(browsers: list[BrowserContext], town: Town) -> None:
    noor, ruud, _ = (context.new_page() for context in browsers)
    reference = walk.apply(noor, forms=town.url("forms"), email="hidden@example.org")
    walk.sign_in(ruud, workflow=town.url("workflow"), name="Ruud Smit")

    answer = ruud.goto(f"{town.url('workflow')}/zaken/{reference}")

    assert answer
    assert answer.status == 403
    expect(ruud.locator("main")).to_contain_text("Dit hoort niet bij uw taken in Balie")
    assert reference not in ruud.locator("main").inner_text()
    assert "Noor" not in ruud.locator("main").inner_text()


def _confirmation_arrives(mailbox: Mailbox, *, email: str, reference: str) -> None:
    mail = mailbox.newest_to(email, subject="ontvangen")
    assert reference in mail["text"] + mail["subject"]
    assert "Noor" not in mail["text"]
    assert "Voorbeeldstraat" not in mail["text"]


def _open_status_elsewhere(page: Page, *, mailbox: Mailbox, email: str, reference: str) -> str:
    status: str = mailbox.newest_to(email, subject="ontvangen")["links"][0]
    page.goto(status)
    expect(page.locator("main")).not_to_contain_text(reference)
    page.get_by_role("textbox").fill("Z-2026-AAAA-AAAA")
    walk.go_on(page)
    expect(page.locator("main")).not_to_contain_text("Voorbeeldstraat")
    page.get_by_role("textbox").fill(reference.lower())
    walk.go_on(page)
    expect(page.locator("main")).to_contain_text("Wij hebben uw aanvraag")
    return status


def _ask(page: Page, *, question: str) -> None:
    page.get_by_role("link", name="Vraag de aanvrager iets").click()
    page.locator("[name='question']").fill(question)
    page.get_by_role("button", name="Verstuur de vraag").click()


def _answer(page: Page, *, status: str, answer: str) -> None:
    walk.until(page, text="Wij hebben een vraag voor u", address=status)
    page.get_by_label("Uw antwoord").fill(answer)
    page.get_by_role("button", name="Verstuur uw antwoord").click()


def _status_tells_the_decision(page: Page, *, status: str) -> None:
    walk.until(page, text="U krijgt de vergunning", address=status)
    expect(page.get_by_role("link", name=re.compile("brief", re.IGNORECASE)).first).to_be_visible()


def _case_is_announced(page: Page, *, workflow: str, reference: str) -> None:
    walk.until(page, text="Bezwaar", address=f"{workflow}/zaken/{reference}/termijn")

"""Adding files in a real browser: at once with scripts, by a button without; for everyone, on a phone too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import (
    base_url,
    browser_type_launch_args,
    faults_on,
    html_check,
    page,
    page_without_scripts,
    served,
)
from tests.services.forms import files
from tests.services.forms.web.filing import Desk, alone, app, desk, scanner
from tests.services.forms.web.noors_browser import fill_in

__all__ = ["alone", "app", "base_url", "browser_type_launch_args", "desk", "page", "page_without_scripts", "scanner"]

pytestmark = pytest.mark.journey

LONG = "plattegrond-van-de-begane-grond-met-alle-maten-en-de-plek-van-de-container-voor-de-deur.pdf"


@pytest.fixture
def step(desk: Desk) -> Iterator[str]:
    """The step with files of a form that is filled in up to there, on a real port."""
    yield from _served(desk)


@pytest.fixture
def lonely_step(alone: Desk) -> Iterator[str]:
    """The same while the scanner is away."""
    yield from _served(alone)


def _served(desk: Desk) -> Iterator[str]:
    form = fill_in(desk.app.test_client())
    with served(desk.app) as site:
        yield f"{site}{form}/files"


def named(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_chosen_file_goes_at_once_and_nothing_typed_is_lost(page: Page, step: str) -> None:
    page.goto(step)
    expect(page.get_by_role("button", name="Voeg toe")).to_have_count(0)
    page.locator("#note").fill("Zie de tekening")
    page.locator("#drawing").focus()
    page.locator("#drawing").set_input_files([named(LONG, files.pdf()), named("foto.jpg", files.phone_photo())])
    block = page.locator("#drawing-field")
    expect(block.get_by_role("link", name="foto.jpg")).to_be_visible()
    expect(block.locator("[data-upload-status]")).to_have_text("Het bestand is toegevoegd.")
    expect(page.locator("#drawing")).to_be_focused()
    expect(page.locator("#note")).to_have_value("Zie de tekening")
    expect(page.locator("#extra-field").get_by_role("button", name="Gebruik ook hier")).to_have_count(0)
    assert faults_on(page) == []
    assert html_check([page.content()]) == []
    page.get_by_role("button", name=f"Verwijder {LONG}").click()
    expect(page.locator("#drawing-field li")).to_have_count(1)
    expect(page.locator("#note")).to_have_value("Zie de tekening")
    page.locator(".balie-actions button").first.click()
    expect(page.get_by_role("heading", name="Controleer uw antwoorden")).to_be_visible()
    expect(page.get_by_text("foto.jpg (1 kB)")).to_be_visible()


def test_what_is_wrong_with_a_file_is_told_beside_its_field(page: Page, step: str) -> None:
    page.goto(step)
    page.locator("#drawing").focus()
    page.locator("#drawing").set_input_files(named("plan.exe", b"MZ"))
    told = "‘plan.exe’ is geen pdf, jpg of png. Kies een ander bestand"
    expect(page.locator("#drawing-error")).to_contain_text(told)
    expect(page.locator("#drawing")).to_be_focused()
    expect(page.locator("#drawing")).to_have_accessible_description(
        f"Hooguit 2 bestanden: pdf, jpg of png, elk tot 1 MB. Fout: {told}"
    )
    assert faults_on(page) == []
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    expect(page.locator("#drawing-error")).to_have_count(0)


def test_who_went_on_to_another_question_stays_there(page: Page, step: str) -> None:
    page.goto(step)
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    page.locator("#note").focus()
    expect(page.locator("#drawing-field").get_by_role("link", name="plan.pdf")).to_be_visible()
    expect(page.locator("#note")).to_be_focused()


def test_who_goes_on_while_a_file_travels_sends_it_with_the_page(page: Page, step: str) -> None:
    page.goto(step)
    page.locator("#note").fill("Zie de tekening")
    page.route("**/files", lambda route: route.continue_() if route.request.is_navigation_request() else None)
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    page.locator(".balie-actions button").first.click()
    expect(page.get_by_text("plan.pdf (1 kB)")).to_be_visible()


def test_a_broken_connection_is_told_and_the_file_can_be_chosen_again(browser: Browser, step: str) -> None:
    page = browser.new_context().new_page()  # a page for what fails: the console reports that, which is no fault here
    page.goto(step)
    page.route("**/files", lambda route: route.abort("failed") if route.request.method == "POST" else route.continue_())
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    expect(page.locator("#drawing-field [data-upload-status]")).to_contain_text("Toevoegen lukt nu niet.")
    page.unroute_all()
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    expect(page.locator("#drawing-field").get_by_role("link", name="plan.pdf")).to_be_visible()
    page.context.close()


def test_files_are_added_and_removed_without_scripts(page_without_scripts: Page, step: str) -> None:
    page = page_without_scripts
    page.goto(step)
    page.locator("#note").fill("Half ge")
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    page.locator("#drawing-field").get_by_role("button", name="Voeg toe").click()
    expect(page.locator("#drawing-field").get_by_role("link", name="plan.pdf")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Half ge")
    page.locator("#drawing").set_input_files(named("foto.png", files.picture("PNG")))
    page.locator(".balie-actions button").first.click()
    expect(page.get_by_role("heading", name="Controleer uw antwoorden")).to_be_visible()
    expect(page.get_by_text("foto.png (1 kB)")).to_be_visible()
    page.goto(step)
    page.get_by_role("button", name="Verwijder plan.pdf").click()
    expect(page.locator("#drawing-field li")).to_have_count(1)


def test_a_file_that_was_added_is_saved_again(page: Page, step: str, tmp_path: Path) -> None:
    page.goto(step)
    page.locator("#drawing").set_input_files(named("één plan.pdf", files.pdf()))
    with page.expect_download() as begun:
        page.get_by_role("link", name="één plan.pdf").click()
    assert begun.value.suggested_filename == "één plan.pdf"
    begun.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes().startswith(b"%PDF-")


def test_a_file_that_waits_for_the_scanner_says_so(page: Page, lonely_step: str) -> None:
    page.goto(lonely_step)
    page.locator("#drawing").set_input_files(named("plan.pdf", files.pdf()))
    expect(page.get_by_text("wordt gecontroleerd op virussen")).to_be_visible()
    expect(page.get_by_role("link", name="plan.pdf")).to_have_count(0)
    assert faults_on(page) == []

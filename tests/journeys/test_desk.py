"""Yara fills in what came in a letter: the term begins on the day it came, and the case says how it came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dev.up import today
from tests.browser import faults_on, html_check, page
from tests.journeys import walk
from tests.journeys.conftest import Town

__all__ = ["page"]

pytestmark = pytest.mark.journey


def test_a_letter_becomes_a_case_that_says_how_it_came_in(browsers: list[BrowserContext], town: Town) -> None:
    yara, samir, _ = (context.new_page() for context in browsers)
    walk.come_in(yara, forms=town.url("forms"))
    received = today() - timedelta(days=3)
    reference = walk.enter(yara, received=received, email="letter@example.org")

    walk.sign_in(samir, workflow=town.url("workflow"), name="Samir Haddad")
    case = f"{town.url('workflow')}/zaken/{reference}"
    walk.until(samir, text="Per post, ingevuld door Yara Bos", address=case)
    samir.goto(f"{case}/tijdlijn")
    expect(samir.locator("main")).to_contain_text("Per post, ingevuld door Yara Bos")


def test_the_desk_is_sound_on_every_screen(page: Page, town: Town) -> None:
    walk.come_in(page, forms=town.url("forms"))
    expect(page.get_by_label("Welk formulier?")).to_be_visible()
    assert faults_on(page) == []
    assert html_check([page.content()]) == []


def test_ruud_does_not_get_to_the_desk(browsers: list[BrowserContext], town: Town) -> None:
    ruud = browsers[0].new_page()
    walk.come_in(ruud, forms=town.url("forms"), name="Ruud Smit")
    expect(ruud.locator("main")).to_contain_text("U mag dit niet doen")
    expect(ruud.locator("main")).not_to_contain_text("Welk formulier?")

"""The public pages of a notice and of an initiative in a real browser: on a phone, also with everything wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from services.forms.notice_store import keep_public_notice
from shared.database import connect
from tests.browser import base_url, browser_type_launch_args, faults_on, html_check, page, served
from tests.conftest import Database
from tests.services.forms.conftest import app
from tests.services.forms.web.test_noticing import SAMPLE, TODAY
from tests.services.forms.web.test_supporting import begin, fill_in, links, sign

__all__ = ["app", "base_url", "browser_type_launch_args", "page"]

pytestmark = pytest.mark.journey


@pytest.fixture
def site(app: Flask, database: Database) -> Iterator[str]:
    """The service on a real port, with two notices on as many subjects."""
    with connect(database.dsn("forms")) as connection:
        for number, theme in (("2026-17", "street"), ("2026-18", "events")):
            told = replace(SAMPLE, number=number, theme=theme, first=TODAY, last=TODAY + timedelta(days=9))
            keep_public_notice(connection, told=told)
    with served(app) as address:
        yield address


def look_at(page: Page, *addresses: str) -> list[str]:
    """Open each of these; give the pages, on which nothing is wrong."""
    seen = []
    for address in addresses:
        page.goto(address)
        assert faults_on(page) == []
        seen.append(page.content())
    return seen


def test_anyone_can_read_a_notice_and_react_to_it(page: Page, site: str) -> None:
    paths = ("", "?thema=events", "?zoek=niets", "/2026-17", "/2026-17/zienswijze")
    seen = look_at(page, *(f"{site}/bekendmakingen{path}" for path in paths))
    page.get_by_role("button", name="Verstuur uw zienswijze").click()
    expect(page.locator("main")).to_contain_text("Schrijf op wat u van dit plan vindt")
    assert faults_on(page) == []
    assert html_check([*seen, page.content()]) == []


def test_anyone_can_gather_supporters_and_sign_along(page: Page, site: str, app: Flask, database: Database) -> None:
    initiator = app.test_client()
    form = fill_in(initiator)
    public = begin(initiator, database, form)
    sign(initiator, public, email="els@example.org")
    paths = (f"{form}/medestanders", f"{form}/support", links(database)[0], public)
    seen = look_at(page, *(site + path for path in paths))
    page.get_by_role("button", name="Ik teken mee").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Vul uw postcode en huisnummer in")
    assert faults_on(page) == []
    assert html_check([*seen, page.content()]) == []

"""The page with the picture of a form, as a functional administrator sees and keeps it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests.browser import (
    base_url,
    browser_type_launch_args,
    faults_on,
    html_check,
    page,
    served,
)
from tests.services.forms.web.admin.bram import AT, begin, keep

__all__ = ["base_url", "browser_type_launch_args", "page"]

PATH = "/beheer/product/evenement/beeld"
MOVED = "e => new Promise(done => { const look = () => e.scrollLeft ? done(1) : requestAnimationFrame(look); look(); })"


def test_the_list_says_in_words_what_the_picture_shows(bram: FlaskClient) -> None:
    page = bram.get(PATH).text
    words = page.partition("Hetzelfde in woorden")[2]
    assert "Waarschuwt (late-very-large). " in words
    assert "<code>visitors &gt; 5000 &amp;&amp; dates.first &lt; today + weeks(12)</code>" in words
    assert "Hangt af van: ‘Hoeveel bezoekers verwacht u in totaal?’" in words
    assert "Alleen als een regel erom vraagt" in words


def test_the_picture_is_kept_as_a_file_of_its_own(bram: FlaskClient) -> None:
    answer = bram.get(f"{PATH}?svg=1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evenement.svg"'
    assert answer.content_type == "image/svg+xml"
    picture = ElementTree.fromstring(answer.data)  # noqa: S314 our own
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_working_copy_has_its_picture_once_it_has_no_faults(bram: FlaskClient) -> None:
    text = begin(bram)
    keep(bram, text.replace("Hoe heet het evenement?", "Welke naam heeft het?"), revision=1)
    assert "Welke naam heeft het?" in bram.get(f"{AT}/beeld").text
    keep(bram, "geen: formulier", revision=2)
    assert "In de tekst zitten nog fouten" in bram.get(f"{AT}/beeld").text


def test_there_is_no_picture_of_what_is_no_product(bram: FlaskClient) -> None:
    assert bram.get("/beheer/product/paspoort/beeld").status_code == 404


@pytest.mark.journey
def test_the_page_can_be_used_by_everybody(app: Flask, bram: FlaskClient, page: Page) -> None:
    cookie = bram.get_cookie("forms_session")
    assert cookie
    with served(app) as address:
        page.context.add_cookies([{"name": "forms_session", "value": cookie.value, "url": address}])
        page.goto(f"{address}{PATH}")
        expect(page.get_by_role("img", name="in beeld")).to_be_visible()
        assert faults_on(page) == []
        assert html_check([page.content()]) == []
        region = page.get_by_role("region", name="in beeld")
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            region.evaluate("region => { region.scrollLeft = 0 }")
            region.press("ArrowRight")
            assert region.evaluate(MOVED)

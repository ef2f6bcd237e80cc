"""Every part of the house style, seen by axe, by the HTML checker and by a small window."""

import gzip
import re

import pytest
from flask import Flask
from playwright.sync_api import Page

from shared.look.look import FOLDER
from tests.browser import axe_violations, faults_on, html_check, sideways_scroll
from tests.shared.look.gallery import PAGES, make_gallery

every_page = pytest.mark.parametrize("name", PAGES)

CHOOSE_ALL = "document.querySelectorAll('tbody [type=checkbox], .balie-option input').forEach(c => c.click())"


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_gallery()


@every_page
def test_anyone_can_use_every_page_at_every_width(page: Page, gallery: str, name: str) -> None:
    page.goto(f"{gallery}/{name}")
    assert axe_violations(page) == []
    page.evaluate(CHOOSE_ALL)
    assert faults_on(page) == []


@every_page
def test_the_page_is_as_good_in_english_and_without_colours(page: Page, gallery: str, name: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{gallery}/{name}?language=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Skip to the content").count() == 1
    assert axe_violations(page) == []
    assert sideways_scroll(page) == 0


@every_page
def test_another_theme_changes_the_brand_and_stays_readable(page: Page, gallery: str, name: str) -> None:
    page.goto(f"{gallery}/{name}")
    page.evaluate(
        """() => new Promise(done => document.head.append(Object.assign(document.createElement('link'),
            {rel: 'stylesheet', href: '/other-theme.css', onload: done})))"""
    )
    assert axe_violations(page) == []
    old = page.evaluate(
        """brand => [...document.querySelectorAll('body *')].filter(e =>
            ['color', 'backgroundColor', 'borderTopColor', 'fill'].some(of => brand.includes(getComputedStyle(e)[of]))
        ).map(e => e.outerHTML)""",
        ["rgb(11, 90, 103)", "rgb(6, 47, 55)", "rgb(8, 70, 81)", "rgb(239, 247, 248)", "rgb(220, 238, 240)"],
    )
    assert old == []


def test_a_long_word_in_the_title_of_a_page_breaks_on_a_small_screen(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{gallery}/case")
    page.evaluate("document.querySelector('.balie-pagehead h1').textContent = 'Gehandicaptenparkeerkaart'")
    assert sideways_scroll(page) == 0


def test_every_page_is_valid_html(app: Flask) -> None:
    client = app.test_client()
    pages = [client.get(f"/{name}{query}").text for name in PAGES for query in ("", "?language=en")]
    assert html_check([*pages, client.get("/letter").text]) == []


def test_controls_of_residents_are_44_pixels(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/clean")
    boxes = page.locator(
        "form button:visible:not(.balie-linkbutton, .balie-vh), form input[type=text]:visible, form select:visible"
    ).all()
    assert [
        box.evaluate("e => e.outerHTML") for box in boxes if (box.bounding_box() or {"height": 44})["height"] < 44
    ] == []
    labels = page.locator(".balie-option").all()
    assert min(label.bounding_box()["height"] for label in labels if label.is_visible()) >= 44  # type: ignore[index]


def test_letters_are_19_pixels_for_residents_and_16_for_staff(page: Page, gallery: str) -> None:
    size = "getComputedStyle(document.querySelector('main')).fontSize"
    page.goto(f"{gallery}/clean")
    assert page.evaluate(size) == "19px"
    page.goto(f"{gallery}/case")
    assert page.evaluate(size) == "16px"


def test_the_pages_are_light(app: Flask) -> None:
    def weight(content: bytes) -> int:
        return len(gzip.compress(content, 9))

    assert weight((FOLDER / "static/balie.css").read_bytes()) <= 16_000
    assert weight((FOLDER / "static/balie.js").read_bytes()) <= 5_000
    client = app.test_client()
    assert max(weight(client.get(f"/{name}").data) for name in PAGES) <= 12_000


def test_nothing_is_inline(app: Flask) -> None:
    client = app.test_client()
    html = "".join(client.get(f"/{name}").text for name in PAGES)
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]+src=)|\srequired[\s>]|\*</", html) == []


def test_a_dutch_page_loads_one_font_and_nothing_moves(page: Page, gallery: str) -> None:
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto(f"{gallery}/clean", wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
            const add = list => list.getEntries().forEach(e => { sum += e.value; });
            new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 300); })"""
    )
    assert len(set(fonts)) == 1
    assert shift <= 0.01


def test_browsers_may_keep_a_file_of_the_house_style_for_ever(app: Flask) -> None:
    client = app.test_client()
    address = re.search(r'href="(/static/look/\w+/balie\.css)"', client.get("/clean").text)
    assert address
    with client.get(address[1]) as kept:
        assert (kept.status_code, kept.content_type) == (200, "text/css; charset=utf-8")
        assert "immutable" in kept.headers["Cache-Control"]
    with client.get("/static/look/000000000000/balie.css") as old:
        assert "immutable" not in old.headers["Cache-Control"]
    assert client.get("/static/look/000000000000/../look.py").status_code == 404

"""The pages of one product, in the order of its tabs; a page that is made elsewhere adds itself here."""

from __future__ import annotations

from typing import Final, TypedDict

from flask import Flask, url_for

from services.forms.checker_words import in_dutch
from services.forms.web.counter import said
from shared.events import Words

TABS: Final[tuple[tuple[str, str, Words], ...]] = (
    ("versions", "admin_product", Words(nl="Versies", en="Versions")),
    ("text", "admin_text", Words(nl="Tekst", en="Text")),
    ("preview", "admin_preview", Words(nl="Bekijken als inwoner", en="See as a resident")),
    ("try", "admin_try", Words(nl="Antwoorden proberen", en="Try answers")),
    ("picture", "admin_picture", Words(nl="In beeld", en="In a picture")),
    ("figures", "admin_product_figures", Words(nl="In cijfers", en="In figures")),
    ("compare", "admin_compare", Words(nl="Vergelijken", en="Compare")),
)
"""Name, endpoint and words of each tab."""


class Tab(TypedDict):
    """One tab."""

    name: str
    text: str
    href: str
    current: bool


def show_tabs(app: Flask) -> None:
    """Let templates list the tabs of a product, `product_tabs(product_id, here=name)`, and speak for the checker."""
    app.jinja_env.globals["product_tabs"] = tabs_of
    app.jinja_env.filters["in_dutch"] = in_dutch


def tabs_of(product_id: str, *, here: str) -> list[Tab]:
    """The tabs of a product; `here` names the page at hand."""
    return [
        Tab(name=name, text=said(words), href=url_for(endpoint, product_id=product_id), current=name == here)
        for name, endpoint, words in TABS
    ]

"""The public page of a product: rules in plain words, figures, and what changed thanks to what residents said."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, abort, render_template
from flask.typing import ResponseReturnValue

from services.forms.answer_store import answers_of
from services.forms.domain.consequences import consequence_of
from services.forms.domain.prices import prices_of
from services.forms.open_figures import open_figures_of
from services.forms.web.counter import counter, means, public, reading, said, today
from shared.catalogue.definitions import Product, Rule
from shared.catalogue.plan import in_force
from shared.events import Words


def open_openness(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/openbaar", "openness_list", openness_list)
    app.add_url_rule("/openbaar/<product_id>", "openness", openness)


@public
def openness_list() -> ResponseReturnValue:
    """Every form of which there is such a page."""
    products = sorted(public_products(), key=lambda each: said(each.title).casefold())
    return render_template("forms/openness-list.html", products=products)


@public
def openness(product_id: str) -> ResponseReturnValue:
    """How it goes with a product, for everybody."""
    product = means().products.current.get(product_id)
    if product is None or not product.about.open:
        abort(404)
    with reading() as connection:
        answers = answers_of(connection, product=product_id)
        figures = open_figures_of(connection, products=[product_id])
    return render_template(
        "forms/openness.html",
        product=product,
        rules=_rules(product),
        figures=figures,
        answers=answers,
        names={one.subject: _named(product, subject=one.subject) for one in answers},
    )


def public_products() -> list[Product]:
    """Those whose figures and rules are for everybody."""
    return [each for each in means().products.current.values() if each.about.open]


def _rules(product: Product) -> Sequence[tuple[Rule, Words]]:
    """The rules of today, each with what it brings about."""
    named = _named_elsewhere(product)
    return [
        (rule, consequence_of(rule, product=product, named=named))
        for rule in product.rules
        if in_force(rule, on=today())
    ]


def _named_elsewhere(product: Product) -> dict[str, Words]:
    """Other forms, teams and the prices of today, by the name that a rule gives them."""
    forms = {each.id: each.title for each in means().products.current.values()}
    teams = {each.id: Words(nl=each.name, en=each.name) for each in counter().municipality.teams}
    prices = {fee.fee_class: price for fee, price in prices_of(product, on=today())}
    return {**forms, **teams, **prices}


def _named(product: Product, *, subject: str) -> Words | None:
    """What an answer is about; None when that is nothing in particular, or stands in the form no more."""
    for question in product.questions:
        if question.id == subject:
            return question.label
    return next((rule.because for rule in product.rules if rule.id == subject), None)

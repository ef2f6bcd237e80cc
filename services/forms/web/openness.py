"""The public page of a product: rules in plain words, figures, and what changed thanks to what residents said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Flask, abort, render_template
from flask.typing import ResponseReturnValue

from services.forms.answer_store import answers_of
from services.forms.domain.consequences import consequence_of
from services.forms.domain.showing import show_amount
from services.forms.open_figures import open_figures_of
from services.forms.web.counter import counter, means, public, reading, said, today
from shared.catalogue.definitions import Fee, Product, Rule
from shared.catalogue.plan import in_force
from shared.events import Words


def open_openness(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/openbaar", "openness_list", openness_list)
    app.add_url_rule("/openbaar/<product_id>", "openness", openness)


@public
def openness_list() -> ResponseReturnValue:
    """Every form of which there is such a page."""
    products = open_products(means().products.current.values())
    return render_template(
        "forms/openness-list.html", products=sorted(products, key=lambda each: said(each.title).casefold())
    )


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


def open_products(products: Iterable[Product]) -> list[Product]:
    """Those whose figures and rules are for everybody."""
    return [each for each in products if each.about.open]


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
    prices = {each.fee_class: _price(each, product=product) for each in product.fees if in_force(each, on=today())}
    return {**forms, **teams, **prices}


def _price(fee: Fee, *, product: Product) -> Words:
    """An amount, or so much for each one with or without a fixed amount."""
    each = show_amount(Decimal(fee.cents) / 100)
    unit = next((one.unit for one in product.computed if one.id == fee.per), None)
    if unit is None:
        return each
    fixed = show_amount(Decimal(fee.fixed_cents) / 100)
    start = Words(nl=f"{fixed.nl} en ", en=f"{fixed.en} and ") if fee.fixed_cents else Words(nl="", en="")
    return Words(nl=f"{start.nl}{each.nl} per {unit}", en=f"{start.en}{each.en} per {unit}")


def _named(product: Product, *, subject: str) -> Words | None:
    """What an answer is about; None when that is nothing in particular, or stands in the form no more."""
    for question in product.questions:
        if question.id == subject:
            return question.label
    return next((rule.because for rule in product.rules if rule.id == subject), None)

"""The public page of a product: rules in plain words, figures, and what changed thanks to what residents said."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, abort, render_template
from flask.typing import ResponseReturnValue

from services.forms.answer_store import answers_of
from services.forms.open_figures import open_figures_of
from services.forms.web.counter import means, public, reading, today
from shared.catalogue.definitions import Product, Rule
from shared.catalogue.plan import in_force
from shared.events import Words


def open_openness(app: Flask) -> None:
    """Add this page."""
    app.add_url_rule("/openbaar/<product_id>", "openness", openness)


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


def _rules(product: Product) -> Sequence[Rule]:
    return [rule for rule in product.rules if in_force(rule, on=today())]


def _named(product: Product, *, subject: str) -> Words | None:
    """What an answer is about; None when that is nothing in particular, or stands in the form no more."""
    for question in product.questions:
        if question.id == subject:
            return question.label
    return next((rule.because for rule in product.rules if rule.id == subject), None)

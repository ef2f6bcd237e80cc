"""How forms come in and where people stop: counts of days, for whoever looks after the forms."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.domain.figures import CHANNELS, incoming, question_figures, step_figures
from services.forms.figure_queries import count_forms, count_product
from services.forms.web.admin.choosing import open_file
from services.forms.web.admin.room import administered, desk_means
from services.forms.web.counter import reading, said, today

PERIODS: Final = (30, 90, 365)
"""Days that one can look back."""


def open_figures(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/cijfers", "admin_figures", show)
    app.add_url_rule("/beheer/product/<product_id>/cijfers", "admin_product_figures", show_product)


@administered
def show() -> ResponseReturnValue:
    """By which channel the forms of each product came in."""
    days, since = _period()
    with reading() as connection:
        counted = count_forms(connection, since=since)
    serving = desk_means().serving()
    names = {name: said(serving[name].title) if name in serving else name for name in {*serving, *counted}}
    rows = [(names[name], incoming(counted.get(name, {})), name) for name in sorted(names, key=names.__getitem__)]
    every = incoming(sum((Counter(counts) for counts in counted.values()), Counter()))
    return render_template(
        "admin/figures.html", rows=rows, every=every, channels=CHANNELS, days=days, periods=PERIODS, since=since
    )


@administered
def show_product(product_id: str) -> ResponseReturnValue:
    """Where people stop in one form, and which of its questions go wrong."""
    file, (days, since) = open_file(product_id), _period()
    with reading() as connection:
        counts = count_product(connection, product_id=product_id, since=since)
    product = desk_means().serving().get(product_id)
    return render_template(
        "admin/product-figures.html",
        file=file,
        came=incoming(counts),
        channels=CHANNELS,
        steps=step_figures(product, counts=counts) if product else [],
        questions=question_figures(product, counts=counts) if product else [],
        days=days,
        periods=PERIODS,
        since=since,
    )


def _period() -> tuple[int, date]:
    """The days that somebody chose, and the first of them."""
    typed = request.args.get("dagen", "")
    days = int(typed) if typed in map(str, PERIODS) else PERIODS[0]
    return days, today() - timedelta(days=days)

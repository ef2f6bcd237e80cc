"""The list of products, as the functional administrator sees them."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue

from services.forms.web.admin.room import administered
from services.forms.web.counter import means, said


def open_products(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer", "admin_products", show_products)


@administered
def show_products() -> ResponseReturnValue:
    """Every product, by title."""
    products = sorted(means().products.current.values(), key=lambda each: said(each.title).casefold())
    return render_template("admin/products.html", products=products)

"""The list of products, and the versions of each: which serves, which waits, since when, by whom."""

from __future__ import annotations

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.publishing import NothingNewError, call_off, publish_again
from services.forms.desk_queries import list_products
from services.forms.publications import AlreadyServesError
from services.forms.web.admin.choosing import open_file
from services.forms.web.admin.room import administered, desk_means, posted_reason, signed
from services.forms.web.counter import now, reading, said
from shared.catalogue.versions import UnknownVersionError
from shared.problems import problem_of


def open_products(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer", "admin_products", show_products)
    app.add_url_rule("/beheer/product/<product_id>", "admin_product", show_product)
    app.add_url_rule("/beheer/product/<product_id>/terugzetten", "admin_roll_back", roll_back, methods=["POST"])
    app.add_url_rule("/beheer/product/<product_id>/intrekken", "admin_call_off", withdraw, methods=["POST"])


@administered
def show_products() -> ResponseReturnValue:
    """Every product, by title."""
    serving = desk_means().serving()
    with reading() as connection:
        rows = list_products(connection, at=now())
    names = {row.product: said(serving[row.product].title) if row.product in serving else row.product for row in rows}
    rows = sorted(rows, key=lambda row: names[row.product].casefold())
    return render_template("admin/products.html", rows=rows, names=names, serving=serving)


@administered
def show_product(product_id: str) -> ResponseReturnValue:
    """The versions of a product, and what was done to its text."""
    file = open_file(product_id)
    with desk_means().open_desk() as desk:
        edits = desk.edits_of(product_id)
    return render_template("admin/product.html", file=file, edits=edits)


@administered
def roll_back(product_id: str) -> ResponseReturnValue:
    """Have an older version serve again, from now on."""
    try:
        publish_again(
            product_id, version=request.form.get("version", ""), means=desk_means(), signed=signed(posted_reason())
        )
        flash("rolled_back", "ok")
    except NothingNewError:
        flash("serves_already", "info")
    except UnknownVersionError:
        raise problem_of(404) from None
    return redirect(url_for("admin_product", product_id=product_id), code=303)


@administered
def withdraw(product_id: str) -> ResponseReturnValue:
    """Call off what waits for its moment."""
    number = request.form.get("publication", "")
    try:
        call_off(int(number) if number.isdecimal() and len(number) < 15 else 0, means=desk_means(), signed=signed())
        flash("called_off", "ok")
    except AlreadyServesError:
        flash("too_late", "warning")
    return redirect(url_for("admin_product", product_id=product_id), code=303)

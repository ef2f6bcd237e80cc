"""The difference between any two texts of a product, in words."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.domain.compare import compare
from services.forms.web.admin.choosing import WORKING, File, choose, open_file
from services.forms.web.admin.room import administered


def open_comparing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/product/<product_id>/vergelijken", "admin_compare", show)


@administered
def show(product_id: str) -> ResponseReturnValue:
    """What changed from one text to the other."""
    file = open_file(product_id)
    new_key = request.args.get("naar") or file.newest
    old_key = request.args.get("van") or _before(file, key=new_key)
    old, new = choose(file, key=old_key), choose(file, key=new_key)
    comparison = compare(old.product, new.product) if old.product and new.product else None
    return render_template("admin/compare.html", file=file, old=old, new=new, comparison=comparison)


def _before(file: File, *, key: str) -> str:
    """What came before this text: for the working copy and what waits what serves, else the version before it."""
    coming = {WORKING, *(one.version for one in file.waiting)}
    if key in coming and file.serving is not None:
        return file.serving.version
    number = file.number(key) or 0
    return next((one.version for one in file.versions if one.number == number - 1), key)

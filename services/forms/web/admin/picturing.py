"""A form in a picture: what is asked when, and which rules read it. The list below it tells the same in words."""

from __future__ import annotations

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from services.forms.picture import arrange, draw, sketch
from services.forms.web.admin.choosing import choose, open_file
from services.forms.web.admin.room import administered
from services.forms.web.counter import language


def open_picture(app: Flask) -> None:
    """Add this page."""
    app.add_url_rule("/beheer/product/<product_id>/beeld", "admin_picture", show)


@administered
def show(product_id: str) -> ResponseReturnValue:
    """The picture with its list, or the picture alone to be kept."""
    file = open_file(product_id)
    chosen = choose(file, key=request.args.get("versie") or file.usual)
    if chosen.product is None:
        return render_template("admin/picture.html", file=file, chosen=chosen, sketch=None)
    found = sketch(chosen.product)
    alone = "svg" in request.args
    svg = draw(arrange(found, language=language()), language=language(), standalone=alone)
    if alone:
        response = Response(svg, content_type="image/svg+xml")
        response.headers["Content-Disposition"] = f'attachment; filename="{product_id}.svg"'
        return response
    picture = Markup(svg)  # noqa: S704 written by ElementTree, which escapes every text
    return render_template("admin/picture.html", file=file, chosen=chosen, sketch=found, picture=picture)

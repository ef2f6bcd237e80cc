"""Taking over a form from Open Formulieren: its export becomes a working copy, and what stays behind is listed."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.editing import take_in
from services.forms.domain.working import ChangedByColleagueError, UnfitTextError
from services.forms.openforms import carry_over, open_export
from services.forms.web.admin.refusals import unfit_words
from services.forms.web.admin.room import administered, desk_means, signed
from services.forms.web.counter import said
from shared.events import Words

_TAKEN = Words(
    nl="Van dit product is er al een werkversie. Kies een andere naam.",
    en="There is a working copy of this product already. Choose another name.",
)


def open_importing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/open-formulieren", "admin_import", show)
    app.add_url_rule("/beheer/open-formulieren", "admin_imported", take, methods=["POST"])


@administered
def show() -> ResponseReturnValue:
    """Where to choose the export."""
    return _page()


@administered
def take() -> ResponseReturnValue:
    """Make a working copy of the export, and tell what it does not hold; nothing is published by it."""
    typed = request.form.get("product", "").strip().lower()
    try:
        found = carry_over(open_export(_content()))
        product_id = typed or found.product
        take_in(product_id, files=found.files, revision=None, means=desk_means(), signed=signed())
    except UnfitTextError as error:
        name = "product" if error.code == "product" else "zip"
        return _page(typed, errors=[(name, said(unfit_words(error)))]), 422
    except ChangedByColleagueError:
        return _page(typed, errors=[("product", said(_TAKEN))]), 409
    return render_template("admin/imported.html", product_id=product_id, left=found.left)


def _content() -> bytes:
    sent = request.files.get("zip")
    if sent is None or not sent.filename:
        raise UnfitTextError("none")
    sent.stream.seek(0)
    return sent.stream.read()


def _page(product_id: str = "", *, errors: list[tuple[str, str]] | None = None) -> str:
    return render_template("admin/import.html", product_id=product_id, errors=errors or [])

"""Taking in a whole product as a zip: a new one, or the next text of one that is there."""

from __future__ import annotations

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.editing import take_in
from services.forms.domain.packages import unpack
from services.forms.domain.working import ChangedByColleagueError, UnfitTextError, WorkingCopy
from services.forms.web.admin.refusals import unfit_words
from services.forms.web.admin.room import administered, desk_means, posted_revision, signed
from services.forms.web.counter import said
from shared.events import Words

_CHANGED = Words(
    nl="Een collega werkt aan dit product. Kijk eerst wat er is veranderd en kies de zip dan opnieuw.",
    en="A colleague works on this product. Look first at what was changed, then choose the zip again.",
)


def open_uploading(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/zip", "admin_upload", show)
    app.add_url_rule("/beheer/zip", "admin_take_in", take, methods=["POST"])


@administered
def show() -> ResponseReturnValue:
    """Where to choose the zip."""
    return _page(request.args.get("product", ""))


@administered
def take() -> ResponseReturnValue:
    """Make the zip the working copy of the product; nothing is published by it."""
    product_id = request.form.get("product", "").strip().lower()
    try:
        files = unpack(_content())
        take_in(product_id, files=files, revision=posted_revision() or None, means=desk_means(), signed=signed())
    except UnfitTextError as error:
        name = "product" if error.code == "product" else "zip"
        return _page(product_id, errors=[(name, said(unfit_words(error)))]), 422
    except ChangedByColleagueError:
        return _page(product_id, errors=[("zip", said(_CHANGED))]), 409
    flash("uploaded", "ok")
    return redirect(url_for("admin_text", product_id=product_id), code=303)


def _content() -> bytes:
    sent = request.files.get("zip")
    if sent is None or not sent.filename:
        raise UnfitTextError("none")
    sent.stream.seek(0)
    return sent.stream.read()


def _page(product_id: str, *, errors: list[tuple[str, str]] | None = None) -> str:
    copy: WorkingCopy | None = None
    if product_id:
        with desk_means().open_desk() as desk:
            copy = desk.find_copy(product_id)
    return render_template("admin/upload.html", product_id=product_id, copy=copy, errors=errors or [])

"""Answers what can be expected to go wrong behind the doors of a form."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.domain.drafts import HandedInError, UnknownDraftError
from services.forms.domain.progress import UnknownStepError
from services.forms.web.counter import LinkGoneError
from services.forms.web.sending import to_receipt


def answer_refusals(app: Flask) -> None:
    """Answer a draft that is gone or handed in, a step that is not there, and a link behind which nothing is."""
    app.register_error_handler(LinkGoneError, _link_gone)
    app.register_error_handler(UnknownDraftError, _draft_gone)
    app.register_error_handler(HandedInError, _handed_in)
    app.register_error_handler(UnknownStepError, _no_such_step)


def _draft_gone(_error: Exception) -> ResponseReturnValue:
    return render_template("forms/gone.html"), 404


def _link_gone(error: LinkGoneError) -> ResponseReturnValue:
    return render_template(f"forms/{error.page}.html"), 404


def _handed_in(error: HandedInError) -> ResponseReturnValue:
    """Whoever has the link of the draft filled it in, and may see what came of it."""
    return to_receipt(error.reference)


def _no_such_step(_error: Exception) -> ResponseReturnValue:
    """A step that this resident does not get to see (any more): go on where the form is."""
    return redirect(url_for("draft", token=(request.view_args or {})["token"]), code=303)

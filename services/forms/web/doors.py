"""Opens every door of this service, and answers what can be expected to go wrong behind them."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.domain.drafts import HandedInError, UnknownDraftError
from services.forms.domain.progress import UnknownStepError
from services.forms.web.afterwards import open_afterwards
from services.forms.web.api import open_api
from services.forms.web.home import open_home
from services.forms.web.pausing import open_pausing
from services.forms.web.receipt import open_receipt
from services.forms.web.sending import open_sending, to_receipt
from services.forms.web.status import open_status
from services.forms.web.steps import open_steps


def open_doors(app: Flask) -> None:
    """Add all pages and the API."""
    for open_some in (
        open_home,
        open_steps,
        open_pausing,
        open_sending,
        open_receipt,
        open_status,
        open_afterwards,
        open_api,
    ):
        open_some(app)
    app.register_error_handler(UnknownDraftError, _draft_gone)
    app.register_error_handler(HandedInError, _handed_in)
    app.register_error_handler(UnknownStepError, _no_such_step)


def _draft_gone(_error: Exception) -> ResponseReturnValue:
    return render_template("forms/gone.html"), 404


def _handed_in(error: HandedInError) -> ResponseReturnValue:
    """Whoever has the link of the draft filled it in, and may see what came of it."""
    return to_receipt(error.reference)


def _no_such_step(_error: Exception) -> ResponseReturnValue:
    """A step that this resident does not get to see (any more): go on where the form is."""
    return redirect(url_for("draft", token=(request.view_args or {})["token"]), code=303)

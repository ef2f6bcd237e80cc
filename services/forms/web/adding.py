"""Adding a file from the status page, after the form was sent."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.adding import Addition, add_later
from services.forms.actions.following import TooLateError
from services.forms.domain.faults import Fault, WrongAnswerError, fault
from services.forms.domain.later import LATER, LONGEST_WORDS
from services.forms.queries import Submitted
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.incoming import make_room
from services.forms.web.status import status_page
from services.forms.web.uploads import few_large, upload_of


def open_adding(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/status/<token>/bestand", "add_later", add, methods=["POST"])


@public
@few_large
@at_most("30/minute")
def add(token: str) -> ResponseReturnValue:
    """Add one file to the case, with a word about it."""
    submitted = find_own_case(token)
    make_room((LATER,))
    try:
        stored = request.files.get(LATER.id)
    except RequestEntityTooLarge:  # so large that nothing of it was read: no page can follow on this request
        return redirect(f"/status/{token}?gedaan=te-groot#later", code=303)
    if stored is None or not stored.filename:
        return _again(token, submitted=submitted, faults=(fault(LATER, code="missing"),))
    product = means().products.version(submitted.product, version=submitted.version)
    to = Addition(reference=submitted.reference, product=product, words=said_of_file())
    try:
        add_later(to, upload=upload_of(stored), means=means(), now=now())
    except TooLateError:
        return redirect(f"/status/{token}?gedaan=bestand-te-laat", code=303)
    except WrongAnswerError as wrong:
        return _again(token, submitted=submitted, faults=wrong.faults)
    return redirect(f"/status/{token}?gedaan=bestand#bestanden", code=303)


def said_of_file() -> str:
    """What was typed about the file, in one line."""
    return " ".join(request.form.get("words", "").replace("\x00", "\ufffd").split())[:LONGEST_WORDS]


def _again(token: str, *, submitted: Submitted, faults: tuple[Fault, ...]) -> ResponseReturnValue:
    return status_page(token, submitted=submitted, fault=faults[0]), 422

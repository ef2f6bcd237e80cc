"""Adding a file from the status page, after the form was sent."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.adding import Addition, add_later
from services.forms.actions.following import TooLateError
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.later import LATER, LONGEST_WORDS
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.status import status_page
from services.forms.web.uploads import chosen_file, few_large


def open_adding(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/status/<token>/bestand", "add_later", add, methods=["POST"])


@public
@few_large
@at_most("30/minute")
def add(token: str) -> ResponseReturnValue:
    """Add one file to the case, with a word about it."""
    submitted = find_own_case(token)
    try:
        upload = chosen_file(LATER)
        product = means().products.version(submitted.product, version=submitted.version)
        to = Addition(reference=submitted.reference, product=product, words=said_of_file())
        add_later(to, upload=upload, means=means(), now=now())
    except RequestEntityTooLarge:
        return redirect(f"/status/{token}?gedaan=te-groot#later", code=303)
    except TooLateError:
        return redirect(f"/status/{token}?gedaan=bestand-te-laat", code=303)
    except WrongAnswerError as wrong:
        return status_page(token, submitted=submitted, fault=wrong.faults[0]), 422
    return redirect(f"/status/{token}?gedaan=bestand#bestanden", code=303)


def said_of_file() -> str:
    """What was typed about the file, in one line."""
    return " ".join(request.form.get("words", "").replace("\x00", "\ufffd").split())[:LONGEST_WORDS]

"""The page on which an adviser outside adds files to an advice, by the very link with which the advice is given."""

from __future__ import annotations

from flask import Flask, redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.adding import Addition, add_later
from services.forms.actions.following import TooLateError
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.later import ADVISED
from services.forms.web.adding import said_of_file
from services.forms.web.adviser_page import adviser_of, adviser_page
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.uploads import chosen_file, few_large


def open_advising(app: Flask) -> None:
    """Add this page."""
    app.add_url_rule("/advies/<token>", "advise", show)
    app.add_url_rule("/advies/<token>", "add_advice_file", add, methods=["POST"])


@public
@at_most("60/minute")
def show(token: str) -> ResponseReturnValue:
    """Ask for a file; say what became of the one before."""
    return adviser_page(token, adviser=adviser_of(token))


@public
@few_large
@at_most("30/minute")
def add(token: str) -> ResponseReturnValue:
    """Add one file to the case on which this adviser advises."""
    adviser = adviser_of(token)
    try:
        upload = chosen_file(ADVISED)
        product = means().products.version(adviser.product, version=adviser.version)
        words = ": ".join(part for part in (adviser.name, said_of_file()) if part)
        to = Addition(reference=adviser.reference, product=product, words=words, asked=ADVISED, adviser=adviser.name)
        add_later(to, upload=upload, means=means(), now=now())
    except RequestEntityTooLarge:
        return redirect(f"/advies/{token}?gedaan=te-groot", code=303)
    except TooLateError:
        return redirect(f"/advies/{token}?gedaan=te-laat", code=303)
    except WrongAnswerError as found:
        return adviser_page(token, adviser=adviser, wrong=found.faults[0]), 422
    return redirect(f"/advies/{token}?gedaan=bestand", code=303)

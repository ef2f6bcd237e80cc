"""Signing along with an initiative, on the page that everybody sees to whom its address was given."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from services.forms.actions.supporting import sign_along
from services.forms.actions.understanding import read_and_look_up
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.supporting import FIELDS, NothingToSignError, signature_from
from services.forms.ports.cosigns import Put
from services.forms.web.changing import CHANGES, Change
from services.forms.web.counter import at_most, language, means, now, public
from services.forms.web.fields import typed_fields
from services.forms.web.supporting_page import EMPTY, open_support, render_support

_UNLISTED = {"X-Robots-Tag": "noindex"}
"""Whoever gathers supporters chooses who gets the address; no search engine does."""


def open_supporting(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/steunen/<token>", "support", show_support)
    app.add_url_rule("/steunen/<token>", "sign_support", sign, methods=["POST"])


@public
def show_support(token: str) -> ResponseReturnValue:
    """What can be signed, how many did, and the fields to sign."""
    return render_support(open_support(token), token=token, sheet=EMPTY, known={}), _UNLISTED


@public
@at_most("10/minute")
def sign(token: str) -> ResponseReturnValue:
    """Keep who signs; what the page answers is the same for who signed before."""
    put = open_support(token)
    verb, _, subject = request.form.get("action", "").partition(":")
    if verb in CHANGES:
        return _change(put, token=token, change=Change(verb=verb, subject=subject))
    typed = typed_fields(request.form.lists())
    read = read_and_look_up(FIELDS, typed=typed, known={}, book=means().addresses)
    try:
        signature = signature_from(read, fingerprint=request.form.get("text", ""))
        sign_along(token, signature=signature, language=language(), means=means(), now=now())
    except WrongAnswerError as wrong:
        sheet = replace(EMPTY, typed=typed, faults=wrong.faults)
        return render_support(put, token=token, sheet=sheet, known=read.answers), 422
    except NothingToSignError:
        return redirect(f"/steunen/{token}?gedaan=veranderd", code=303)
    return redirect(f"/steunen/{token}?gedaan=mail", code=303)


def _change(put: Put, *, token: str, change: Change) -> ResponseReturnValue:
    """Another way to give the address, or its street looked up; nothing is missed for it."""
    typed = change.make(FIELDS, answers={}, typed=typed_fields(request.form.lists()))
    read = read_and_look_up(FIELDS, typed=typed, known={}, book=means().addresses)
    faults = read.faults if change.verb == "find" else ()
    return render_support(put, token=token, sheet=replace(EMPTY, typed=typed, faults=faults), known=read.answers)

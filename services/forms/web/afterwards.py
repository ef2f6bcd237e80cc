"""What an applicant does after sending: take it back."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.following import TooLateError, withdraw
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.viewing import view_of

LONGEST_WORDS = 1000


def open_afterwards(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/status/<token>/intrekken", "ask_withdraw", ask_withdraw)
    app.add_url_rule("/status/<token>/intrekken", "withdraw", take_back, methods=["POST"])


@public
def ask_withdraw(token: str) -> ResponseReturnValue:
    """Ask whether this is what the applicant wants, before it happens."""
    submitted = find_own_case(token)
    if not view_of(submitted).may_withdraw:
        return redirect(f"/status/{token}", code=303)
    return render_template("forms/withdraw.html", token=token, submitted=submitted)


@public
@at_most("20/minute")
def take_back(token: str) -> ResponseReturnValue:
    """Take the application back; a second click changes nothing."""
    submitted = find_own_case(token)
    try:
        withdraw(submitted.reference, because=_because(), means=means(), now=now())
    except TooLateError:
        return redirect(f"/status/{token}?gedaan=te-laat", code=303)
    return redirect(f"/status/{token}?gedaan=ingetrokken", code=303)


def _because() -> str:
    return request.form.get("because", "").replace("\x00", "\ufffd").strip()[:LONGEST_WORDS]

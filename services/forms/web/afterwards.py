"""What an applicant does after sending: take it back, or say afterwards how it went."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.following import TooLateError, give_mark, withdraw
from services.forms.domain.faults import Fault
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.status import status_page
from services.forms.web.viewing import view_of
from shared.events import Words

LONGEST_WORDS = 1000
_CHOOSE = Words(nl="Kies een cijfer van 1 tot en met 10", en="Choose a mark from 1 to 10")


def open_afterwards(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/status/<token>/intrekken", "ask_withdraw", ask_withdraw)
    app.add_url_rule("/status/<token>/intrekken", "withdraw", take_back, methods=["POST"])
    app.add_url_rule("/status/<token>/cijfer", "mark", mark, methods=["POST"])


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
        withdraw(submitted.reference, because=_words("because"), means=means(), now=now())
    except TooLateError:
        return redirect(f"/status/{token}?gedaan=te-laat", code=303)
    return redirect(f"/status/{token}?gedaan=ingetrokken", code=303)


@public
@at_most("20/minute")
def mark(token: str) -> ResponseReturnValue:
    """Keep the mark; the first one counts."""
    submitted = find_own_case(token)
    chosen = request.form.get("mark", "")
    if chosen not in {str(number) for number in range(1, 11)}:
        return status_page(token, submitted=submitted, fault=Fault(name="mark", text=_CHOOSE)), 422
    try:
        give_mark(submitted.reference, mark=int(chosen), words=_words("words"), means=means(), now=now())
    except TooLateError:
        return redirect(f"/status/{token}", code=303)
    return redirect(f"/status/{token}?gedaan=cijfer", code=303)


def _words(name: str) -> str:
    return request.form.get(name, "").replace("\x00", "\ufffd").strip()[:LONGEST_WORDS]

"""Where an applicant says after the decision how it went, and changes that for a while."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from services.forms.actions.following import TooLateError, give_mark
from services.forms.domain.faults import Fault
from services.forms.domain.marks import MARKS, STEPS, Mark
from services.forms.domain.opinions import LONGEST_OPINION
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.status import status_page
from shared.events import Words

_CHOOSE = Words(nl="Kies een cijfer van 1 tot en met 10", en="Choose a mark from 1 to 10")


def open_marking(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/status/<token>/cijfer", "mark", mark, methods=["POST"])


@public
@at_most("20/minute")
def mark(token: str) -> ResponseReturnValue:
    """Keep the mark over the one given before."""
    submitted = find_own_case(token)
    given = _given()
    if given is None:
        return status_page(token, submitted=submitted, fault=Fault(name="mark", text=_CHOOSE)), 422
    try:
        give_mark(submitted.reference, mark=given, means=means(), now=now())
    except TooLateError:
        return redirect(f"/status/{token}", code=303)
    return redirect(f"/status/{token}?gedaan=cijfer", code=303)


def _given() -> Mark | None:
    """What was chosen; a step that was left open, or is no mark, has none."""
    chosen = request.form.get("mark", "")
    if chosen not in MARKS:
        return None
    steps = {step: request.form.get(f"mark_{step}", "") for step in STEPS}
    return Mark(
        mark=int(chosen),
        words=request.form.get("words", "").strip()[:LONGEST_OPINION],
        steps={step: int(number) for step, number in steps.items() if number in MARKS},
    )

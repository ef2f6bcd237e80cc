"""Where an applicant says that they want our messages in their Berichtenbox no more (Awb 2:8)."""

from __future__ import annotations

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

from services.forms.web.counter import at_most, means, now, public
from services.forms.web.finding import find_own_case
from shared.post import BoxChosen


def open_boxing(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/status/<token>/geen-berichtenbox", "leave_box", leave_box, methods=["POST"])


@public
@at_most("20/minute")
def leave_box(token: str) -> ResponseReturnValue:
    """Tell it; what follows about the case goes by mail, or else by post."""
    submitted = find_own_case(token)
    with means().open_work(now()) as work:
        work.tell(BoxChosen(reference=submitted.reference, sealed=None))
    return redirect(f"/status/{token}?gedaan=geen-berichtenbox", code=303)

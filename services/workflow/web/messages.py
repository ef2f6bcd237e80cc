"""Messages between the services that could not be handled: why, and try again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.web.office import now, reading
from shared.access import Permission, allows
from shared.bus import list_dead, replay
from shared.problems import problem_of

pages = Blueprint("messages", __name__)


@pages.get("/beheer/berichten")
@allows(Permission.MEND_MESSAGES)
def show() -> ResponseReturnValue:
    with reading() as connection:
        messages = list_dead(connection)
    return render_template("messages.html", messages=messages, updated=now())


@pages.post("/beheer/berichten")
@allows(Permission.MEND_MESSAGES)
def again() -> ResponseReturnValue:
    """Hand one message out again: the one that the button names."""
    event_id, _, consumer = request.form.get("message", "").partition(" ")
    try:
        number = UUID(event_id)
    except ValueError:
        raise problem_of(400) from None
    with reading() as connection:
        revived = replay(connection, event_id=number, consumer=consumer)
    flash("replayed" if revived else "gone")
    return redirect(url_for("messages.show"), 303)

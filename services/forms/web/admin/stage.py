"""Where a trial takes place: at its address the pages of residents work with its means, on its day."""

from __future__ import annotations

from typing import Final, cast

from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.rehearsal import TOKEN, Rehearsal, RehearsalEndsError
from services.forms.rehearsals import RehearsalShelf
from services.forms.web.admin.room import find_me
from services.forms.web.counter import counter
from shared.access import Permission, may

_KEY: Final = "balie_forms_rehearsals"


def furnish_rehearsals(app: Flask, *, shelf: RehearsalShelf) -> None:
    """Give the app the place where trials lie, and let the pages of residents play along."""
    app.extensions[_KEY] = shelf
    app.before_request(_enter)
    app.after_request(_leave)
    app.register_error_handler(RehearsalEndsError, _end)
    app.context_processor(lambda: {"rehearsal": g.get("rehearsal")})


def rehearsals() -> RehearsalShelf:
    """Where trials lie between two pages."""
    return cast(RehearsalShelf, current_app.extensions[_KEY])


def find_rehearsal(token: str) -> Rehearsal | None:
    """The trial at this address, for a functional administrator."""
    return rehearsals().find(token) if may(find_me(), permission=Permission.ADMINISTER) else None


def _enter() -> None:
    token = (request.view_args or {}).get("token", "")
    rehearsal = find_rehearsal(token) if token.startswith(TOKEN) else None
    if rehearsal is not None:
        g.rehearsal, g.now = rehearsal, rehearsal.now
        g.means = rehearsal.means(counter().means)


def _leave(response: Response) -> Response:
    rehearsal: Rehearsal | None = g.get("rehearsal")
    if rehearsal is not None and request.method == "POST":
        rehearsals().keep(rehearsal)
    return response


def _end(_error: RehearsalEndsError) -> ResponseReturnValue:
    return render_template("admin/rehearsal-end.html", rehearsal=g.rehearsal)

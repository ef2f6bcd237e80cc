"""Signing in of staff beside that of residents, and what happens to a page when their session has ended."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request

from services.forms.web.admin.room import STAFF, find_me
from services.forms.web.counter import counter, now
from shared.access import Person, rooms_of
from shared.entrance import Entrance, ask_to_sign_in, open_entrance
from shared.oidc import STAFF_CALLBACK
from shared.staff import begin_staff_session, end_staff_session
from shared.web import SignInNeededError

_HOME = "/beheer"
_NAME = "admin_entrance"


def open_staff_entrance(app: Flask) -> None:
    """Add these pages, and lead there whoever must sign in first."""
    entrance = Entrance(
        site=lambda: counter().address,
        layout="admin/layout.html",
        find=find_me,
        let_in=_let_in,
        let_out=end_staff_session,
        home=_HOME,
        under=_HOME,
        provider=STAFF,
        callback=STAFF_CALLBACK,
    )
    app.register_blueprint(open_entrance(entrance, name=_NAME))
    app.register_error_handler(SignInNeededError, ask_to_sign_in(entrance, name=_NAME))
    app.context_processor(lambda: _for_pages() if request.path.startswith(_HOME) else {})


def _for_pages() -> dict[str, Any]:
    reader = find_me()
    return {"reader": reader, "rooms": rooms_of(reader, sites=current_app.config["SITES"])}


def _let_in(person: Person) -> None:
    begin_staff_session(person, now=now(), seconds=current_app.config["STAFF_SESSION_SECONDS"])

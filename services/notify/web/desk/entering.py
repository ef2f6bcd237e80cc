"""The way in and out of the pages of staff, and what all of them show."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, current_app, request, session

from services.notify.web.desk.room import Room, find_me
from shared.access import Permission, may, rooms_of
from shared.clock import utc_now
from shared.entrance import Entrance, ask_to_sign_in, open_entrance, tell_failure
from shared.oidc import SignInFailedError
from shared.staff import begin_staff_session, end_staff_session
from shared.web import SignInNeededError

HOME: Final = "/berichten"
_FOR_PAGES: Final = {
    "sees_messages": Permission.SEE_MESSAGES,
    "mends_messages": Permission.MEND_MESSAGES,
    "administers": Permission.ADMINISTER,
    "sends_bulk": Permission.SEND_BULK,
    "sees_cases": Permission.SEE_CASES,
}


def open_entering(app: Flask, *, room: Room) -> None:
    """Let staff in and out, and give their pages what all show."""
    entrance = Entrance(
        site=lambda: room.site,
        layout="desk/layout.html",
        find=find_me,
        let_in=lambda person: begin_staff_session(person, now=utc_now(), seconds=room.session_seconds),
        let_out=end_staff_session,
        home=HOME,
    )
    app.register_blueprint(open_entrance(entrance))
    app.register_error_handler(SignInNeededError, ask_to_sign_in(entrance))
    app.register_error_handler(SignInFailedError, tell_failure(entrance))
    app.before_request(_keep_language)
    app.context_processor(lambda: _for_pages(room))


def _keep_language() -> None:
    """Keep the language that a member of staff chose, for the pages after it."""
    if request.args.get("taal") in {"nl", "en"} and find_me():
        session["language"] = request.args["taal"]


def _for_pages(room: Room) -> dict[str, Any]:
    if not session:  # a resident
        return {"reader": None}
    reader = find_me()
    rights = {name: may(reader, permission=permission) for name, permission in _FOR_PAGES.items()}
    rooms = rooms_of(reader, sites=current_app.config["SITES"])
    return {"reader": reader, "workflow_url": room.workflow_url, "rooms": rooms, **rights}

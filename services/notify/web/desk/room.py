"""What the pages of staff have at hand: who is asking, what they may see, and the way in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, request, session

from services.notify.audit import LOG
from services.notify.ports import Links, Vault, Writer
from shared.access import Permission, Person, Scope, may, scope_of
from shared.audit import LOOK, Act
from shared.clock import utc_now
from shared.database import Connection, Pool
from shared.entrance import Entrance, ask_to_sign_in, open_entrance, tell_failure
from shared.oidc import SignInFailedError
from shared.staff import begin_staff_session, end_staff_session, staff_in_session
from shared.web import Check, SignInNeededError

HOME: Final = "/berichten"
_FOR_PAGES: Final = {
    "sees_messages": Permission.SEE_MESSAGES,
    "reads_messages": Permission.READ_MESSAGES,
    "resends_messages": Permission.RESEND_MESSAGES,
    "mends_messages": Permission.MEND_MESSAGES,
    "sees_cases": Permission.SEE_CASES,
}


@dataclass(frozen=True, kw_only=True)
class Room:
    """What lives as long as the process; `site` and `workflow_url` are where browsers find us and the cases.

    `writer_over` a connection and `links` write a message again, `vault` has the letters. `checks` ask the parts that
    sending needs.
    """

    pool: Pool
    writer_over: Callable[[Connection], Writer]
    links: Links
    vault: Vault
    checks: Mapping[str, Check]
    site: str
    workflow_url: str
    session_seconds: int


def find_me() -> Person | None:
    """Give who is asking; None when nobody signed in."""
    return staff_in_session(utc_now())


def me() -> Person:
    """Give who is asking, at a door that lets nobody else in."""
    person = find_me()
    if person is None:
        raise LookupError("this door must declare a permission")
    return person


def scope_here(permission: Permission = Permission.SEE_MESSAGES) -> Scope:
    """Give the cases with whose messages the reader may do this."""
    return scope_of(me(), permission=permission)


def open_room(app: Flask, *, room: Room) -> None:
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
    app.before_request(keep_language)
    app.context_processor(lambda: _for_pages(room))


def record_look(connection: Connection, *, at: str, reference: str | None, **details: object) -> None:
    """Add to the audit log, as the last thing of this transaction, who looks at what; nothing of what stands there."""
    act = Act(at=utc_now(), who=me().subject, act=LOOK + at, reference=reference, details=details)
    LOG.record(connection, act=act)


def keep_language() -> None:
    """Keep the language that a member of staff chose, for the pages after it."""
    if request.args.get("taal") in {"nl", "en"} and find_me():
        session["language"] = request.args["taal"]


def _for_pages(room: Room) -> dict[str, Any]:
    if not session:  # a resident
        return {"reader": None}
    reader = find_me()
    rights = {name: may(reader, permission=permission) for name, permission in _FOR_PAGES.items()}
    return {"reader": reader, "workflow_url": room.workflow_url, **rights}

"""The page behind List-Unsubscribe: who gets news of us wants no more of it, or wants it again (RFC 8058)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.notify.links import SignedLinks
from services.notify.ports import UnknownMessageError
from services.notify.stop_store import StopStore
from services.notify.store import MessageStore
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.crypto import same
from shared.database import Connection, Pool
from shared.problems import problem_of
from shared.web import limiter

OWN_WISH = "own wish"


def open_leaving(pool: Pool, *, links: SignedLinks) -> Blueprint:
    """Make the doors; looking at the page changes nothing, since mail programs look at links by themselves."""
    pages = Blueprint("leaving", __name__)

    @pages.get("/afmelden/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def show(token: str) -> ResponseReturnValue:
        with pool.reading() as connection:
            address = _address_behind(connection, token=token, links=links)
            declined = StopStore(connection).declines(address)
        return render_template("pages/leave.html", declined=declined)

    @pages.post("/afmelden/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def leave(token: str) -> ResponseReturnValue:
        """A mail program posts `List-Unsubscribe=One-Click`, a person the button; both mean the same."""
        now, again = utc_now(), "again" in request.form
        with pool.connection() as connection:
            address, stops = _address_behind(connection, token=token, links=links), StopStore(connection)
            if again:
                stops.lift_from(address, because="declined", who=OWN_WISH, reason=OWN_WISH, now=now)
            else:
                stops.add(address, because="declined", now=now)
        return render_template("pages/leave.html", declined=not again)

    return pages


def _address_behind(connection: Connection, *, token: str, links: SignedLinks) -> str:
    """Give the address that the mail with this link went to. Raises ProblemError (404), also once it was wiped."""
    digits, _, seal = token.partition(".")
    try:
        message = MessageStore(connection).get(UUID(digits))
    except (ValueError, UnknownMessageError):
        raise problem_of(404) from None
    # an address corrected since is somebody else's to decline; the first round may have left with the older proof
    proofs = (message.recipient, None) if message.round == 1 else (message.recipient,)
    if not message.recipient or not any(same(seal, links.leaving(message.id, recipient=each)) for each in proofs):
        raise problem_of(404)
    return message.recipient

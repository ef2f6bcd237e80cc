"""Links with other systems: which keys they have and use, and calls back that stopped, to be tried again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.notify.link_queries import attempts_to_call, hearings_of_all, keys_of_all, latest_attempts, stopped_calls
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.sent import id_of_button
from shared.access import Permission, allows
from shared.bus import replay
from shared.clock import utc_now
from shared.problems import problem_of
from shared.routes import CALLBACKS


def open_linking(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("linking", __name__)

    @pages.get("/berichten/koppelingen")
    @allows(Permission.MEND_MESSAGES)
    def show() -> ResponseReturnValue:
        with room.pool.reading() as connection:
            shown = {
                "keys": keys_of_all(connection),
                "hearings": hearings_of_all(connection),
                "stopped": stopped_calls(connection),
                "latest": latest_attempts(connection),
            }
        return render_template("desk/links.html", updated=utc_now(), **shown)

    @pages.get("/berichten/koppelingen/<uuid:event_id>")
    @allows(Permission.MEND_MESSAGES)
    def show_call(event_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            attempts = attempts_to_call(connection, event_id=event_id)
        if not attempts:
            raise problem_of(404)
        return render_template("desk/call.html", attempts=attempts)

    @pages.post("/berichten/koppelingen")
    @allows(Permission.MEND_MESSAGES)
    def call_again() -> ResponseReturnValue:
        """Call back once more: the one that the button names, once, however often somebody clicks."""
        event_id = id_of_button("call")
        with room.pool.connection() as connection:
            revived = replay(connection, event_id=event_id, consumer=CALLBACKS)
            if revived:
                record_act(connection, act="callback.again", reference=None, event=str(event_id))
        flash("called_again" if revived else "sent_before")
        return redirect(url_for("linking.show"), 303)

    return pages

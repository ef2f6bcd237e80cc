"""Addresses to which nothing goes: why, since when, and letting mail go there again for a reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.stop_store import LONGEST_REASON, StopStore
from services.notify.web.desk.room import Room, me, record_act, record_look
from services.notify.web.desk.sent import LONGEST, id_of_button, reads_all
from shared.access import Permission, allows
from shared.clock import utc_now


def open_stopping(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("stopping", __name__)

    @pages.get("/berichten/gestopt")
    @allows(Permission.MEND_MESSAGES)
    def show() -> ResponseReturnValue:
        return _page(room)

    @pages.post("/berichten/gestopt")
    @allows(Permission.MEND_MESSAGES)
    def lift() -> ResponseReturnValue:
        """Let mail go to one again, or find one by its whole address, which stays out of every URL."""
        if "zoek" in request.form:
            return _page(room, typed=request.form["zoek"].replace("\x00", "").strip()[:LONGEST])
        stop_id = id_of_button("stop")
        typed, now = request.form.get(f"reason-{stop_id}", ""), utc_now()
        reason = typed.replace("\x00", "").strip()[:LONGEST_REASON]
        if not reason:
            return _page(room, wrong=stop_id), 422
        with room.pool.connection() as connection:
            lifted = StopStore(connection).lift(stop_id, who=me().subject, reason=reason, now=now)
            if lifted:
                record_act(connection, act="stop.lift", reference=None, stop=str(stop_id), reason=reason)
        flash("lifted" if lifted else "lifted_before")
        return redirect(url_for("stopping.show"), 303)

    return pages


def _page(room: Room, *, wrong: UUID | None = None, typed: str = "") -> str:
    with room.pool.connection() as connection:
        stops = StopStore(connection).all_open(address=typed or None)
        record_look(connection, at="stops", reference=None)
    shown = {"stops": stops, "wrong": wrong, "typed": typed, "reads": reads_all()}
    return render_template("desk/stops.html", updated=utc_now(), **shown)

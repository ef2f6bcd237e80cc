"""Noting that a letter of another system came back: once, and that system is told."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.notify.client_actions import settle
from services.notify.client_inbox import open_intake
from services.notify.client_store import NotificationStore
from services.notify.domain.states import Status, may_become
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.sent import sent_line
from shared.access import Permission, allows
from shared.clock import utc_now


def open_returned(room: Room) -> Blueprint:
    """Make the door."""
    pages = Blueprint("returned", __name__)

    @pages.post("/berichten/systemen/<uuid:notification_id>/retour")
    @allows(Permission.RESEND_MESSAGES)
    def note(notification_id: UUID) -> ResponseReturnValue:
        now = utc_now()
        with room.pool.connection() as connection:
            sent_line(connection, notification_id=notification_id, permission=Permission.RESEND_MESSAGES)
            letter = NotificationStore(connection).hold(notification_id)
            moves = may_become(letter.status, to=Status.RETURNED_LETTER)
            if moves:
                settle(letter, to=Status.RETURNED_LETTER, now=now, intake=open_intake(connection, now=now))
                record_act(connection, act="letter.returned", reference=None, notification=str(notification_id))
        flash("letter_returned" if moves else "sent_before")
        return redirect(url_for("sent.sheet", notification_id=notification_id), 303)

    return pages

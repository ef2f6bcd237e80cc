"""Cancelling what another system sent, as long as it is here: once, and that system is told."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.notify.client_actions import cancel
from services.notify.client_inbox import open_intake
from services.notify.client_store import NotificationStore
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.sent import sent_line
from shared.access import Permission, allows
from shared.clock import utc_now


def open_cancelling(room: Room) -> Blueprint:
    """Make the door."""
    pages = Blueprint("cancelling", __name__)

    @pages.post("/berichten/systemen/<uuid:notification_id>/intrekken")
    @allows(Permission.RESEND_MESSAGES)
    def note(notification_id: UUID) -> ResponseReturnValue:
        now = utc_now()
        with room.pool.connection() as connection:
            sent_line(connection, notification_id=notification_id, permission=Permission.RESEND_MESSAGES)
            waiting = NotificationStore(connection).hold(notification_id)
            cancelled = cancel(waiting, now=now, intake=open_intake(connection, now=now))
            if cancelled:
                record_act(connection, act="notification.cancelled", reference=None, notification=str(notification_id))
        flash("cancelled" if cancelled else "too_late")
        return redirect(url_for("sent.sheet", notification_id=notification_id), 303)

    return pages

"""What staff end of what another system sent: a letter that came back, and what is still here and does not leave."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.notify.client_actions import cancel, note_returned
from services.notify.client_inbox import open_intake
from services.notify.client_ports import Intake
from services.notify.client_store import NotificationStore
from services.notify.domain.notifications import Notification
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.sent import sent_line
from shared.access import Permission, allows
from shared.clock import utc_now


class _End(Protocol):
    """Ends what nobody else changes meanwhile."""

    def __call__(self, notification: Notification, /, *, now: datetime, intake: Intake) -> bool:
        """Do it, and have its system told; False when it cannot end so any more."""


def open_ending(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("ending", __name__)

    @pages.post("/berichten/systemen/<uuid:notification_id>/retour")
    @allows(Permission.RESEND_MESSAGES)
    def returned(notification_id: UUID) -> ResponseReturnValue:
        ended = _end(notification_id, by=note_returned, act="letter.returned", room=room)
        return _told("letter_returned" if ended else "sent_before", notification_id=notification_id)

    @pages.post("/berichten/systemen/<uuid:notification_id>/intrekken")
    @allows(Permission.RESEND_MESSAGES)
    def cancelled(notification_id: UUID) -> ResponseReturnValue:
        ended = _end(notification_id, by=cancel, act="notification.cancelled", room=room)
        return _told("cancelled" if ended else "too_late", notification_id=notification_id)

    return pages


def _end(notification_id: UUID, *, by: _End, act: str, room: Room) -> bool:
    now = utc_now()
    with room.pool.connection() as connection:
        sent_line(connection, notification_id=notification_id, permission=Permission.RESEND_MESSAGES)
        held = NotificationStore(connection).hold(notification_id)
        ended = by(held.notification, now=now, intake=open_intake(connection, now=now))
        if ended:
            record_act(connection, act=act, reference=None, notification=str(notification_id))
    return ended


def _told(what: str, *, notification_id: UUID) -> ResponseReturnValue:
    flash(what)
    return redirect(url_for("sent.sheet", notification_id=notification_id), 303)

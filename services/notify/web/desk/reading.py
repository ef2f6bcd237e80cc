"""What a message says: for who may read it, and never without a row in the audit log."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify.desk_queries import contents_of, pressed_for
from services.notify.rereading import reread
from services.notify.store import MessageStore
from services.notify.web.desk.room import Room, record_look
from services.notify.web.desk.sheet import line_of
from services.notify.web.pages import pdf_response
from shared.access import Permission, allows
from shared.problems import problem_of


def open_reading(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("reading", __name__)

    @pages.get("/berichten/<uuid:message_id>/inhoud")
    @allows(Permission.READ_MESSAGES)
    def show(message_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            line = line_of(connection, message_id=message_id, permission=Permission.READ_MESSAGES)
            sent = contents_of(connection, message_id=message_id)
            message = MessageStore(connection).get(message_id)
            pressed = pressed_for(connection, message_id=message_id)
            seen = None
            if line.channel != "post":
                seen = reread(message, sent=sent, writer=room.writer_over(connection), links=room.links)
            record_look(connection, at="message", reference=line.reference, message=str(message_id))
        return render_template("desk/content.html", line=line, seen=seen, pressed=pressed, sent=sent)

    @pages.get("/berichten/<uuid:message_id>/brief.pdf")
    @allows(Permission.READ_MESSAGES)
    def letter(message_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            line = line_of(connection, message_id=message_id, permission=Permission.READ_MESSAGES)
            pressed = pressed_for(connection, message_id=message_id)
            if pressed is None:
                raise problem_of(404)
            record_look(connection, at="letter", reference=line.reference, message=str(message_id))
        return pdf_response(room.vault.get(pressed), name="brief.pdf")

    return pages

"""The page of one message: its trip, what went wrong, and for who may read it what it says."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify.desk_queries import Line, attempts_of, find_message, stopped_because
from services.notify.domain.troubles import Trouble, trouble_of
from services.notify.web.desk.room import Room, scope_here
from shared.access import Permission, allows
from shared.database import Connection
from shared.problems import problem_of


def open_sheet(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("sheet", __name__)

    @pages.get("/berichten/<uuid:message_id>")
    @allows(Permission.SEE_MESSAGES)
    def show(message_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            return render_sheet(connection, line=line_of(connection, message_id=message_id))

    return pages


def line_of(connection: Connection, *, message_id: UUID, permission: Permission = Permission.SEE_MESSAGES) -> Line:
    """Give a message to which the reader may do this. Raises ProblemError (404)."""
    line = find_message(connection, scope=scope_here(permission), message_id=message_id)
    if line is None:
        raise problem_of(404)
    return line


def render_sheet(connection: Connection, *, line: Line) -> str:
    """Give the page of a message."""
    stopped = stopped_because(connection, message_id=line.id) if line.failed else None
    return render_template(
        "desk/message.html",
        line=line,
        attempts=attempts_of(connection, message_id=line.id),
        trouble=_trouble_of(line, stopped=stopped),
        stopped=stopped,
    )


def _trouble_of(line: Line, *, stopped: str | None) -> Trouble | None:
    if line.trouble:
        return trouble_of(line.answer)
    return trouble_of(stopped or "") if line.failed else None

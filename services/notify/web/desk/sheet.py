"""The page of one message: its trip, what went wrong, and for who may read it what it says."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify.desk_queries import Line, attempts_of, find_message, resendings_of, stopped_because
from services.notify.domain.troubles import Trouble, trouble_of
from services.notify.resend_store import ResendStore
from services.notify.resending import Order, Way, may_go_by_post
from services.notify.store import MessageStore
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
            return render_sheet(connection, line=line_of(connection, message_id=message_id), room=room)

    return pages


def line_of(connection: Connection, *, message_id: UUID, permission: Permission = Permission.SEE_MESSAGES) -> Line:
    """Give a message to which the reader may do this. Raises ProblemError (404)."""
    reads = scope_here(Permission.READ_MESSAGES)
    line = find_message(connection, scope=scope_here(permission), reads=reads, message_id=message_id)
    if line is None:
        raise problem_of(404)
    return line


def render_sheet(connection: Connection, *, line: Line, room: Room, wrong: Order | None = None) -> str:
    """Give the page of a message; `wrong` is an order whose address cannot be one."""
    stopped = stopped_because(connection, message_id=line.id) if line.failed else None
    resent = resendings_of(connection, message_id=line.id)
    return render_template(
        "desk/message.html",
        line=line,
        attempts=attempts_of(connection, message_id=line.id),
        resent=resent,
        number=resent[0].number + 1 if resent else 1,
        ways=_ways(connection, line=line, room=room),
        wrong=wrong,
        trouble=_trouble_of(line, stopped=stopped),
        stopped=stopped,
    )


def _ways(connection: Connection, *, line: Line, room: Room) -> Sequence[Way]:
    """What the reader may have done about a message that did not arrive: nothing while somebody is at it."""
    scope = scope_here(Permission.RESEND_MESSAGES)
    resendings = ResendStore(connection)
    mine = find_message(connection, scope=scope, reads=scope, message_id=line.id) is not None
    if not line.failed or not mine or resendings.is_ordered(line.id):
        return ()
    message = MessageStore(connection).get(line.id)
    post = line.channel == "email" and may_go_by_post(message, table=room.table, resendings=resendings)
    return ("again", "address", "post") if post else ("again", "address")


def _trouble_of(line: Line, *, stopped: str | None) -> Trouble | None:
    if line.trouble:
        return trouble_of(line.answer)
    return trouble_of(stopped or "") if line.failed else None

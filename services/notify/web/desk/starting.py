"""Sending a checked table from a browser: once, and only when it fits in what its system may send in a day."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.notify.bulk_desk import start_table
from services.notify.domain.notifications import KeyType
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.tables import table_line
from services.notify.web.v2.errors import ApiError
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection
from shared.problems import problem_of


class Spend(Protocol):
    """Counts what a client sends in a day."""

    def __call__(self, notifications: int, /, *, client_id: UUID) -> None:
        """Count so many. Raises ApiError, and counts none, when they do not fit in today."""


def open_starting(room: Room, *, spend: Spend | None) -> Blueprint:
    """Make the door; without `spend` nobody counts."""
    pages = Blueprint("starting", __name__)

    @pages.post("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.SEND_BULK)
    def send(bulk_id: UUID) -> ResponseReturnValue:
        try:
            with room.pool.connection() as connection:
                begins = _start(connection, bulk_id=bulk_id, spend=spend)
        except ApiError:
            flash("bulk_too_large")
        else:
            flash("bulk_sent" if begins else "sent_before")
        return redirect(url_for("tables.show", bulk_id=bulk_id), 303)

    return pages


def _start(connection: Connection, *, bulk_id: UUID, spend: Spend | None) -> bool:
    line = table_line(connection, bulk_id=bulk_id)
    if not line.by_staff:
        raise problem_of(403)
    begins = start_table(connection, bulk_id=bulk_id, now=utc_now())
    if begins:
        if spend and line.key_type is not KeyType.TEST:
            spend(line.rows, client_id=line.client_id)
        record_act(connection, act="bulk.send", reference=None, bulk=str(bulk_id), rows=line.rows)
    return begins

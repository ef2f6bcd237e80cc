"""Sending one template to many from a browser: a checked table is looked at, followed and reported."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from services.notify import bulk_queries as queries
from services.notify.bulk_desk import first_messages, report_table
from services.notify.bulk_queries import BulkLine
from services.notify.bulk_store import BulkStore
from services.notify.web.desk.room import Room, record_look
from services.notify.web.desk.sent import reads_all
from services.notify.web.desk.words import masked
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection
from shared.problems import problem_of


def open_tables(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("tables", __name__)

    @pages.get("/berichten/zendingen")
    @allows(Permission.SEND_BULK)
    def index() -> ResponseReturnValue:
        with room.pool.reading() as connection:
            found = queries.newest_bulks(connection)
        return render_template("desk/bulks.html", bulks=found, updated=utc_now())

    @pages.get("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.SEND_BULK)
    def show(bulk_id: UUID) -> ResponseReturnValue:
        now, reads = utc_now(), reads_all()
        with room.pool.connection() as connection:
            line = table_line(connection, bulk_id=bulk_id)
            checked = line.started_at is None
            shown = {
                "first": first_messages(connection, bulk_id=bulk_id, now=now, reads=reads) if checked else (),
                "twice": queries.rows_twice(connection, bulk_id=bulk_id) if checked else (),
                "counts": {} if checked else BulkStore(connection).progress(bulk_id),
            }
            if checked and reads:
                record_look(connection, at="bulk", reference=None, bulk=str(bulk_id))
        return render_template("desk/bulk.html", line=line, reads=reads, updated=now, **shown)

    @pages.get("/berichten/zendingen/<uuid:bulk_id>/verslag.csv")
    @allows(Permission.SEND_BULK)
    def report(bulk_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            table_line(connection, bulk_id=bulk_id)
            content = report_table(connection, bulk_id=bulk_id, shown=str if reads_all() else masked)
            record_look(connection, at="bulk_report", reference=None, bulk=str(bulk_id))
        return csv_response(content, name="verslag.csv")

    return pages


def csv_response(content: bytes, *, name: str) -> Response:
    """Give a table to keep."""
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def table_line(connection: Connection, *, bulk_id: UUID) -> BulkLine:
    """Give what a table is. Raises ProblemError (404)."""
    line = queries.find_bulk(connection, bulk_id=bulk_id)
    if line is None:
        raise problem_of(404)
    return line

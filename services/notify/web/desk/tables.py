"""Sending one template to many from a browser: a checked table is looked at, sent once, followed and reported."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.notify import bulk_queries as queries
from services.notify.bulk_desk import first_messages, report_table, start_table
from services.notify.bulk_queries import BulkLine
from services.notify.bulk_store import BulkStore
from services.notify.web.desk.room import Room, record_act, record_look
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
    @allows(Permission.ADMINISTER)
    def index() -> ResponseReturnValue:
        with room.pool.reading() as connection:
            found = queries.newest_bulks(connection)
        return render_template("desk/bulks.html", bulks=found, updated=utc_now())

    @pages.get("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.ADMINISTER)
    def show(bulk_id: UUID) -> ResponseReturnValue:
        now, reads = utc_now(), reads_all()
        with room.pool.connection() as connection:
            line = _line_of(connection, bulk_id=bulk_id)
            checked = line.started_at is None
            shown = {
                "first": first_messages(connection, bulk_id=bulk_id, now=now, reads=reads) if checked else (),
                "twice": queries.rows_twice(connection, bulk_id=bulk_id) if checked else (),
                "counts": {} if checked else BulkStore(connection).progress(bulk_id),
            }
            if checked and reads:
                record_look(connection, at="bulk", reference=None, bulk=str(bulk_id))
        return render_template("desk/bulk.html", line=line, reads=reads, updated=now, **shown)

    _open_sending(pages, room=room)
    return pages


def _open_sending(pages: Blueprint, *, room: Room) -> None:
    @pages.post("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.ADMINISTER)
    def send(bulk_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            line = _line_of(connection, bulk_id=bulk_id)
            if not line.by_staff:
                raise problem_of(403)
            begins = start_table(connection, bulk_id=bulk_id, now=utc_now())
            if begins:
                record_act(connection, act="bulk.send", reference=None, bulk=str(bulk_id), rows=line.rows)
        flash("bulk_sent" if begins else "sent_before")
        return redirect(url_for("tables.show", bulk_id=bulk_id), 303)

    @pages.get("/berichten/zendingen/<uuid:bulk_id>/verslag.csv")
    @allows(Permission.ADMINISTER)
    def report(bulk_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            _line_of(connection, bulk_id=bulk_id)
            content = report_table(connection, bulk_id=bulk_id, shown=str if reads_all() else masked)
            record_look(connection, at="bulk_report", reference=None, bulk=str(bulk_id))
        return csv_response(content, name="verslag.csv")


def csv_response(content: bytes, *, name: str) -> Response:
    """Give a table to keep."""
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _line_of(connection: Connection, *, bulk_id: UUID) -> BulkLine:
    line = queries.find_bulk(connection, bulk_id=bulk_id)
    if line is None:
        raise problem_of(404)
    return line

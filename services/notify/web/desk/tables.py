"""Sending one template to many from a browser: a table is uploaded, checked, looked at, sent, followed and reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify import bulk_queries as queries
from services.notify.bulk_actions import Whose, bulk_of, check, make_row, start
from services.notify.bulk_queries import BulkLine, Choice
from services.notify.bulk_store import BulkStore
from services.notify.client_inbox import open_intake
from services.notify.client_store import ClientStore
from services.notify.domain.bulk import Bulk, Fault, columns_of
from services.notify.domain.notifications import KeyType, Notification
from services.notify.domain.tables import LARGEST_TABLE
from services.notify.reports import report_of, table_of
from services.notify.web.desk.room import Room, record_act, record_look
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection
from shared.problems import problem_of

LONGEST_NAME: Final = 200
MOST_FAULTS: Final = 100
FIRST: Final = 3
_ROOM_FOR_FORM: Final = 100_000
"""Bytes of the form around the table."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody filled in, and what is wrong with it: by field, and row by row."""

    name: str = ""
    template: str = ""
    kind: str = KeyType.LIVE.value
    wrong: Sequence[str] = ()
    faults: Sequence[Fault] = ()


def open_tables(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("tables", __name__)

    @pages.get("/berichten/zendingen")
    @allows(Permission.ADMINISTER)
    def index() -> ResponseReturnValue:
        with room.pool.reading() as connection:
            found = queries.newest_bulks(connection)
        return render_template("desk/bulks.html", bulks=found, updated=utc_now())

    @pages.get("/berichten/zendingen/nieuw")
    @allows(Permission.ADMINISTER)
    def begin() -> ResponseReturnValue:
        return _form(Typed(), room=room)

    @pages.post("/berichten/zendingen/nieuw")
    @allows(Permission.ADMINISTER)
    def upload() -> ResponseReturnValue:
        request.max_content_length = LARGEST_TABLE + _ROOM_FOR_FORM
        typed, content = _typed()
        if typed.wrong:
            return _form(typed, room=room), 422
        kept = _keep(typed, content=content, room=room)
        if isinstance(kept, Typed):
            return _form(kept, room=room), 422
        return redirect(url_for("tables.show", bulk_id=kept.id), 303)

    @pages.get("/berichten/zendingen/voorbeeld/<uuid:template_id>.csv")
    @allows(Permission.ADMINISTER)
    def example(template_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            choice = _choice(connection, template_id=template_id)
            if choice is None:
                raise problem_of(404)
            template = ClientStore(connection).template(template_id, client_id=choice.client_id)
        return _csv(table_of(columns_of(template)), name="voorbeeld.csv")

    _open_sending(pages, room=room)
    return pages


def _open_sending(pages: Blueprint, *, room: Room) -> None:
    """What is done with a table that was checked."""

    @pages.get("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.ADMINISTER)
    def show(bulk_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            line = _line_of(connection, bulk_id=bulk_id)
            checked = line.started_at is None
            return render_template(
                "desk/bulk.html",
                line=line,
                first=_first(connection, bulk_id=bulk_id) if checked else (),
                twice=queries.rows_twice(connection, bulk_id=bulk_id) if checked else (),
                counts=BulkStore(connection).progress(bulk_id),
                updated=utc_now(),
            )

    @pages.post("/berichten/zendingen/<uuid:bulk_id>")
    @allows(Permission.ADMINISTER)
    def send(bulk_id: UUID) -> ResponseReturnValue:
        now = utc_now()
        with room.pool.connection() as connection:
            line, bulks = _line_of(connection, bulk_id=bulk_id), BulkStore(connection)
            bulk = bulks.get(bulk_id)
            begins = bulk is not None and start(bulk, bulks=bulks, intake=open_intake(connection, now=now), now=now)
            if begins:
                record_act(connection, act="bulk.send", reference=None, bulk=str(bulk_id), rows=line.rows)
        flash("bulk_sent" if begins else "sent_before")
        return redirect(url_for("tables.show", bulk_id=bulk_id), 303)

    @pages.get("/berichten/zendingen/<uuid:bulk_id>/verslag.csv")
    @allows(Permission.ADMINISTER)
    def report(bulk_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            _line_of(connection, bulk_id=bulk_id)
            content = report_of(BulkStore(connection).report(bulk_id))
            record_look(connection, at="bulk_report", reference=None, bulk=str(bulk_id))
        return _csv(content, name="verslag.csv")


def _typed() -> tuple[Typed, bytes]:
    name = request.form.get("name", "").replace("\x00", "").strip()
    template, kind = request.form.get("template", ""), request.form.get("kind", "")
    file = request.files.get("table")
    content = file.read() if file else b""
    wrong = [
        field
        for field, fine in (
            ("name", 0 < len(name) <= LONGEST_NAME),
            ("template", bool(template)),
            ("table", bool(content)),
            ("kind", kind in (KeyType.LIVE, KeyType.TEST)),
        )
        if not fine
    ]
    return Typed(name=name[:LONGEST_NAME], template=template, kind=kind, wrong=wrong), content


def _keep(typed: Typed, *, content: bytes, room: Room) -> Bulk | Typed:
    """Check a table and keep it, or give what is wrong with it; while it is checked no connection waits for it."""
    now = utc_now()
    with room.pool.reading() as connection:
        whose = _whose(connection, typed=typed)
    if whose is None:
        return Typed(name=typed.name, kind=typed.kind, wrong=["template"])
    checked, _ = check(content, whose=whose, now=now)
    if checked.faults:
        return Typed(name=typed.name, template=typed.template, kind=typed.kind, faults=checked.faults)
    bulk = bulk_of(checked, name=typed.name, whose=whose, now=now)
    with room.pool.connection() as connection:
        BulkStore(connection).add(bulk, rows=checked.rows)
        record_act(connection, act="bulk.check", reference=None, bulk=str(bulk.id), rows=bulk.rows)
    return bulk


def _whose(connection: Connection, *, typed: Typed) -> Whose | None:
    try:
        choice = _choice(connection, template_id=UUID(typed.template))
    except ValueError:
        return None
    clients = ClientStore(connection)
    client = clients.find(choice.client_id) if choice else None
    if choice is None or client is None:
        return None
    template = clients.template(choice.id, client_id=client.id)
    return Whose(client=client, key_type=KeyType(typed.kind), template=template)


def _choice(connection: Connection, *, template_id: UUID) -> Choice | None:
    return next((each for each in queries.choices(connection) if each.id == template_id), None)


def _line_of(connection: Connection, *, bulk_id: UUID) -> BulkLine:
    line = queries.find_bulk(connection, bulk_id=bulk_id)
    if line is None:
        raise problem_of(404)
    return line


def _first(connection: Connection, *, bulk_id: UUID) -> Sequence[Notification]:
    """Give what the first rows will say."""
    bulks, clients = BulkStore(connection), ClientStore(connection)
    bulk = bulks.get(bulk_id)
    client = clients.find(bulk.client_id) if bulk else None
    if bulk is None or client is None:
        return ()
    template = clients.template(bulk.template_id, client_id=client.id, version=bulk.template_version)
    whose = Whose(client=client, key_type=bulk.key_type, template=template, sender=bulk.sender)
    made = [make_row(row, whose=whose, now=utc_now()) for row in bulks.next_rows(bulk_id, most=FIRST)]
    return [each for each in made if isinstance(each, Notification)]


def _form(typed: Typed, *, room: Room) -> str:
    with room.pool.reading() as connection:
        templates = queries.choices(connection)
    return render_template(
        "desk/bulk-new.html", typed=typed, templates=templates, faults=typed.faults[:MOST_FAULTS], most=LARGEST_TABLE
    )


def _csv(content: bytes, *, name: str) -> Response:
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response

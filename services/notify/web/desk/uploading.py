"""Uploading a table to send one template to everyone in it: it is checked, and kept only when all of it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.bulk_desk import empty_table, whose_table
from services.notify.bulk_keeping import Upload, keep_table
from services.notify.bulk_queries import choices
from services.notify.domain.bulk import Bulk, Fault
from services.notify.domain.notifications import KeyType
from services.notify.web.desk.room import Room, record_act
from services.notify.web.desk.tables import csv_response
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.problems import problem_of

LONGEST_NAME: Final = 200
MOST_FAULTS: Final = 100
LARGEST_FORM: Final = 5_200_000
"""Bytes: the largest table, and the form around it."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody filled in, and what is wrong with it: by field, and row by row."""

    name: str = ""
    template: str = ""
    kind: str = KeyType.LIVE.value
    wrong: Sequence[str] = ()
    faults: Sequence[Fault] = ()


def open_uploading(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("uploading", __name__)

    @pages.get("/berichten/zendingen/nieuw")
    @allows(Permission.SEND_BULK)
    def begin() -> ResponseReturnValue:
        return _form(Typed(), room=room)

    @pages.post("/berichten/zendingen/nieuw")
    @allows(Permission.SEND_BULK)
    def upload() -> ResponseReturnValue:
        request.max_content_length = LARGEST_FORM
        typed, content = _typed()
        kept = typed if typed.wrong else _keep(typed, content=content, room=room)
        if isinstance(kept, Typed):
            return _form(kept, room=room), 422
        return redirect(url_for("tables.show", bulk_id=kept.id), 303)

    @pages.get("/berichten/zendingen/voorbeeld/<uuid:template_id>.csv")
    @allows(Permission.SEND_BULK)
    def example(template_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            content = empty_table(connection, template_id=template_id)
        if content is None:
            raise problem_of(404)
        return csv_response(content, name="voorbeeld.csv")

    return pages


def _typed() -> tuple[Typed, bytes]:
    name = request.form.get("name", "").replace("\x00", "").strip()
    template, kind = request.form.get("template", ""), request.form.get("kind", "")
    file = request.files.get("table")
    content = file.read() if file else b""
    fine = {
        "name": 0 < len(name) <= LONGEST_NAME,
        "template": _id_of(template) is not None,
        "table": bool(content),
        "kind": kind in (KeyType.LIVE, KeyType.TEST),
    }
    wrong = [field for field, holds in fine.items() if not holds]
    return Typed(name=name[:LONGEST_NAME], template=template, kind=kind, wrong=wrong), content


def _keep(typed: Typed, *, content: bytes, room: Room) -> Bulk | Typed:
    """Keep a table, or give what is wrong with it."""
    template_id = _id_of(typed.template)
    with room.pool.reading() as connection:
        whose = template_id and whose_table(connection, template_id=template_id, kind=KeyType(typed.kind))
    if not whose:
        return replace(typed, wrong=["template"])
    kept = keep_table(
        Upload(content=content, name=typed.name, whose=whose, by_staff=True),
        pool=room.pool,
        now=utc_now(),
        note=lambda connection, bulk: record_act(
            connection, act="bulk.check", reference=None, bulk=str(bulk.id), rows=bulk.rows
        ),
    )
    return kept.bulk or replace(typed, faults=kept.checked.faults)


def _form(typed: Typed, *, room: Room) -> str:
    with room.pool.reading() as connection:
        templates = choices(connection)
    shown = {"typed": typed, "templates": templates, "faults": typed.faults[:MOST_FAULTS]}
    return render_template("desk/bulk-new.html", **shown)


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

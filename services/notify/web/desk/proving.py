"""The evidence of one message, as a file and as a sheet: each time that it is made stands in the audit log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from services.notify.domain.codes import Made
from services.notify.made_store import MadeRegister
from services.notify.proving import read_evidence, read_sent_evidence
from services.notify.web.desk.room import Room, record_look
from services.notify.web.desk.sent import sent_line
from services.notify.web.desk.sheet import line_of
from services.notify.web.pages import pdf_response
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection

Find = Callable[[Connection, UUID], dict[str, Any]]
"""Gives the evidence to who may read the message. Raises ProblemError (404)."""


def open_proving(room: Room) -> Blueprint:
    """Make the doors: for messages of the house, and for what other systems sent."""
    pages = Blueprint("proving", __name__)
    _open_for(pages, where="/berichten/<uuid:number>", kind="", find=_of_ours, room=room)
    _open_for(pages, where="/berichten/systemen/<uuid:number>", kind="sent_", find=_of_others, room=room)
    return pages


def _open_for(pages: Blueprint, *, where: str, kind: str, find: Find, room: Room) -> None:
    @pages.get(f"{where}/bewijs.json", endpoint=f"{kind}file")
    @allows(Permission.READ_MESSAGES)
    def file(number: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            found = find(connection, number)
            _record(connection, found=found)
        response = jsonify(found)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @pages.get(f"{where}/bewijs.pdf", endpoint=f"{kind}sheet")
    @allows(Permission.READ_MESSAGES)
    def sheet(number: UUID) -> ResponseReturnValue:
        now = utc_now()
        with room.pool.connection() as connection:
            found = find(connection, number)
            pdf, code = room.proofs.press(found, now=now)
            sha256 = hashlib.sha256(pdf).hexdigest()
            made = Made(code=code, sha256=sha256, made_at=now, reference=found["message"].get("reference"))
            MadeRegister(connection).add(made)
            _record(connection, found=found)
        return pdf_response(pdf, name="bewijs.pdf")


def _of_ours(connection: Connection, number: UUID) -> dict[str, Any]:
    line_of(connection, message_id=number, permission=Permission.READ_MESSAGES)
    return read_evidence(connection, message_id=number)


def _of_others(connection: Connection, number: UUID) -> dict[str, Any]:
    sent_line(connection, notification_id=number, permission=Permission.READ_MESSAGES)
    return read_sent_evidence(connection, notification_id=number)


def _record(connection: Connection, *, found: dict[str, Any]) -> None:
    """The log, itself a chain, keeps the hash of what was given, so that a later copy can be held against it."""
    facts = found["message"]
    record_look(connection, at="evidence", reference=facts.get("reference"), message=facts["id"], head=found["head"])

"""The evidence of one message, as a file and as a sheet: each time that it is made stands in the audit log."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from services.notify.domain.codes import Made
from services.notify.made_store import MadeRegister
from services.notify.proving import read_evidence
from services.notify.web.desk.room import Room, record_look
from services.notify.web.desk.sheet import line_of
from services.notify.web.pages import pdf_response
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection


def open_proving(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("proving", __name__)

    @pages.get("/berichten/<uuid:message_id>/bewijs.json")
    @allows(Permission.READ_MESSAGES)
    def file(message_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            found = _evidence_of(connection, message_id=message_id)
            _record(connection, found=found)
        response = jsonify(found)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @pages.get("/berichten/<uuid:message_id>/bewijs.pdf")
    @allows(Permission.READ_MESSAGES)
    def sheet(message_id: UUID) -> ResponseReturnValue:
        now = utc_now()
        with room.pool.connection() as connection:
            found = _evidence_of(connection, message_id=message_id)
            pdf, code = room.proofs.press(found, now=now)
            sha256 = hashlib.sha256(pdf).hexdigest()
            made = Made(code=code, sha256=sha256, made_at=now, reference=found["message"]["reference"])
            MadeRegister(connection).add(made)
            _record(connection, found=found)
        return pdf_response(pdf, name="bewijs.pdf")

    return pages


def _evidence_of(connection: Connection, *, message_id: UUID) -> dict[str, Any]:
    line_of(connection, message_id=message_id, permission=Permission.READ_MESSAGES)
    return read_evidence(connection, message_id=message_id)


def _record(connection: Connection, *, found: dict[str, Any]) -> None:
    """The log, itself a chain, keeps the hash of what was given, so that a later copy can be held against it."""
    facts = found["message"]
    record_look(connection, at="evidence", reference=facts["reference"], message=facts["id"], head=found["head"])

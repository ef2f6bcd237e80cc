"""The doors for sending to many: a table is checked first, then sent on a lane of its own, followed and reported."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from services.notify.domain.bulk import Bulk
from services.notify.domain.notifications import moment
from services.notify.reports import report_of
from services.notify.web.v2 import bodies
from services.notify.web.v2.bulk_window import BulkWindow
from services.notify.web.v2.pace import spend
from shared.access import Permission, allows
from shared.api import answer
from shared.database import Pool

MOST_TOLD: Final = 100
"""Rows that stand twice, and faults, of which an answer tells."""


def open_bulk(doors: Blueprint, *, pool: Pool, base: str) -> None:
    """Open the doors; `base` is the address of this service."""
    window = BulkWindow(pool)

    @doors.post("/bulk")
    @allows(Permission.PUBLIC)
    def check_bulk() -> ResponseReturnValue:
        body = bodies.load(bodies.BulkBody(), body=bodies.read_json())
        bulk, kept = window.check(bodies.table(body["content"]), body=body)
        told = {
            "preview": [
                {"row": row.number, "recipient": made.recipient, "subject": made.subject, "body": made.body}
                for row, made in zip(kept.checked.rows, kept.first, strict=False)
            ],
            "twice": [{"row": row, "first": earlier} for row, earlier in kept.checked.twice[:MOST_TOLD]],
            "twice_count": len(kept.checked.twice),
        }
        return answer({**_shown(bulk, counts={"waiting": bulk.rows}, base=base), **told}, status=201)

    @doors.post("/bulk/<bulk_id>/send")
    @allows(Permission.PUBLIC)
    def send_bulk(bulk_id: str) -> ResponseReturnValue:
        number = bodies.uuid_in(bulk_id, name="bulk_id")
        bulk, counts = window.start(number, spend=spend)
        return answer(_shown(bulk, counts=counts, base=base))

    @doors.get("/bulk/<bulk_id>")
    @allows(Permission.PUBLIC)
    def bulk(bulk_id: str) -> ResponseReturnValue:
        found, counts = window.look(bodies.uuid_in(bulk_id, name="bulk_id"))
        return answer(_shown(found, counts=counts, base=base))

    @doors.get("/bulk/<bulk_id>/report")
    @allows(Permission.PUBLIC)
    def bulk_report(bulk_id: str) -> ResponseReturnValue:
        found = window.report(bodies.uuid_in(bulk_id, name="bulk_id"))
        response = Response(report_of(found), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f"attachment; filename=bulk-{bulk_id}.csv"
        return response


def _shown(bulk: Bulk, *, counts: dict[str, int], base: str) -> dict[str, Any]:
    """A bulk is sent once no row waits: what becomes of each message is told by its own status."""
    waiting = counts.get("waiting", 0)
    address = f"{base}/v2/template/{bulk.template_id}/version/{bulk.template_version}"
    return {
        "id": str(bulk.id),
        "name": bulk.name,
        "template": {"id": str(bulk.template_id), "version": bulk.template_version, "uri": address},
        "rows": bulk.rows,
        "status": "checked" if bulk.started_at is None else "sending" if waiting else "sent",
        "counts": counts,
        "checked_at": moment(bulk.checked_at),
        "started_at": moment(bulk.started_at),
    }

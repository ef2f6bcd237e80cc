"""The doors through which a client follows what it sent, and reads its templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from services.notify import client_queries as queries
from services.notify.client_queries import Wanted
from services.notify.domain.notifications import Channel, Notification, Status, moment
from services.notify.ports import Vault
from services.notify.web.v2 import answers, bodies
from services.notify.web.v2.errors import ApiError, bad, not_found, wrong
from services.notify.web.v2.keys import caller
from shared.access import Permission, allows
from shared.api import answer
from shared.database import Pool

_FAILED: Final = (Status.PERMANENT_FAILURE, Status.TEMPORARY_FAILURE, Status.TECHNICAL_FAILURE)
_KNOWN: Final = {"status", "template_type", "reference", "older_than", "include_jobs"}
_LETTER_MADE: Final = "application/pdf"


class Included(StrEnum):
    """Whether the notifications of tables are listed too."""

    YES = "true"
    NO = "false"


def open_reading(doors: Blueprint, *, pool: Pool, vault: Vault, base: str) -> None:
    """Open the doors; `base` is the address of this service."""

    @doors.get("/notifications")
    @allows(Permission.PUBLIC)
    def notifications() -> ResponseReturnValue:
        with pool.reading() as connection:
            found = queries.notifications_of(connection, wanted=_wanted())
        shown = [answers.shown(each, base=base) for each in found]
        return answer({"notifications": shown, "links": _links(shown, base=base)})

    @doors.get("/notifications/<notification_id>")
    @allows(Permission.PUBLIC)
    def notification(notification_id: str) -> ResponseReturnValue:
        return answer(answers.shown(_find(notification_id, pool=pool), base=base))

    @doors.get("/notifications/<notification_id>/pdf")
    @allows(Permission.PUBLIC)
    def pdf(notification_id: str) -> ResponseReturnValue:
        found = _find(notification_id, pool=pool)
        if found.channel is not Channel.LETTER:
            raise bad("Notification is not a letter")
        if found.status is Status.VIRUS_SCAN_FAILED:
            raise bad("File did not pass the virus scan")
        if found.sha256 is None or found.status is Status.PENDING_VIRUS_CHECK:
            raise ApiError(400, "PDF not available yet, try again later", error="PDFNotReadyError")
        return Response(vault.get(found.sha256), content_type=_LETTER_MADE)

    @doors.get("/received-text-messages")
    @allows(Permission.PUBLIC)
    def received_texts() -> ResponseReturnValue:
        bodies.refuse_unknown({"older_than"})
        client = caller().client
        with pool.reading() as connection:
            found = queries.received_texts_of(connection, client_id=client.id, older_than=_older_than())
        shown = [
            {
                **{name: str(value) for name, value in vars(each).items()},
                "created_at": moment(each.created_at),
                "service_id": str(client.id),
            }
            for each in found
        ]
        return answer({"received_text_messages": shown, "links": _links(shown, base=base)})


def _find(text: str, *, pool: Pool) -> Notification:
    who = caller()
    with pool.reading() as connection:
        found = queries.find_notification(
            connection,
            notification_id=bodies.uuid_in(text, name="notification_id"),
            client_id=who.client.id,
            key_type=who.key_type,
        )
    if found is None:
        raise not_found()
    return found


def _wanted() -> Wanted:
    bodies.refuse_unknown(_KNOWN)
    statuses: list[Status] = []
    for name in request.args.getlist("status"):
        statuses += _FAILED if name == "failed" else [_one_of(Status, name, field="status")]
    return Wanted(
        client_id=caller().client.id,
        key_type=caller().key_type,
        statuses=statuses,
        channels=[_one_of(Channel, name, field="template_type") for name in request.args.getlist("template_type")],
        reference=request.args.get("reference"),
        older_than=_older_than(),
        bulk=_one_of(Included, request.args.get("include_jobs", "false").casefold(), field="include_jobs")
        is Included.YES,
    )


def _one_of(kinds: Any, name: str, *, field: str) -> Any:
    try:
        return kinds(name)
    except ValueError:
        raise wrong(f"{field} {name} is not one of [{', '.join(kinds)}]") from None


def _older_than() -> UUID | None:
    text = request.args.get("older_than")
    return bodies.uuid_in(text, name="older_than") if text else None


def _links(shown: Sequence[Mapping[str, Any]], *, base: str) -> dict[str, str]:
    current = f"{base}{request.full_path.rstrip('?')}"
    if not shown:
        return {"current": current}
    rest = [(name, text) for name, text in request.args.items(multi=True) if name != "older_than"]
    query = urlencode([*rest, ("older_than", str(shown[-1]["id"]))])
    return {"current": current, "next": f"{base}{request.path}?{query}"}

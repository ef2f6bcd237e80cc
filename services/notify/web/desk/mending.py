"""Sending a message again: as it was, to another address, or by post; once, however often somebody clicks."""

from __future__ import annotations

import re
from typing import Final, cast, get_args
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.outbox import open_outbox
from services.notify.resend_store import ResendStore
from services.notify.resending import NoHomeError, NothingToMendError, Order, Way, send_again
from services.notify.web.desk.room import Room, me, record_act
from services.notify.web.desk.sheet import line_of, render_sheet
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.problems import problem_of

LONGEST_ADDRESS: Final = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\x00-\x20]+@[^@\s<>,;:\"()\x00-\x20]+\.[^@\s<>,;:\"()\x00-\x20]+")


def open_mending(room: Room) -> Blueprint:
    """Make the door."""
    pages = Blueprint("mending", __name__)

    @pages.post("/berichten/<uuid:message_id>/opnieuw")
    @allows(Permission.RESEND_MESSAGES)
    def send(message_id: UUID) -> ResponseReturnValue:
        order = _posted(message_id)
        with room.pool.reading() as connection:
            line = line_of(connection, message_id=message_id, permission=Permission.RESEND_MESSAGES)
            if order.way == "address" and not _is_address(order.address):
                return render_sheet(connection, line=line, room=room, wrong=order), 422
        flash(_carry_out(order, reference=line.reference, room=room))
        return redirect(url_for("sheet.show", message_id=message_id), 303)

    return pages


def _carry_out(order: Order, *, reference: str | None, room: Room) -> str:
    """Do it, in one transaction with its row in the audit log; give the name of what to say of it."""
    now = utc_now()
    try:
        with room.pool.connection() as connection:
            outbox, resendings = open_outbox(connection, now=now), ResendStore(connection)
            done = send_again(order, table=room.table, now=now, outbox=outbox, resendings=resendings)
            if done:
                act = f"resend.{order.way}"
                record_act(connection, act=act, reference=reference, message=str(order.message_id))
    except NothingToMendError:
        return "nothing_to_mend"
    except NoHomeError:
        return "no_home"
    return "sent_again" if done else "sent_before"


def _posted(message_id: UUID) -> Order:
    way, number = request.form.get("way", ""), request.form.get("number", "")
    if way not in get_args(Way) or not (number.isascii() and number.isdigit() and 0 < len(number) < 7):
        raise problem_of(400)
    address = request.form.get("address", "").strip()
    return Order(message_id=message_id, number=int(number), way=cast(Way, way), person=me(), address=address)


def _is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None

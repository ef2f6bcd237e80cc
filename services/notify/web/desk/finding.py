"""The list of messages: all that the reader may see, those of one case, or those to one address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.desk_queries import LISTS, PAGE, Line, Wanted, list_messages
from services.notify.sent_queries import PAGE as SENT_PAGE
from services.notify.sent_queries import SentLine, list_sent
from services.notify.web.desk.room import Room, record_look, scope_here
from services.notify.web.desk.sent import id_in, reads_all, sees_all, wanted_by
from shared.access import Permission, allows
from shared.clock import utc_now

_REFERENCE: Final = re.compile(r"[A-Z]-[0-9A-Z-]{4,36}")
_ADDRESS: Final = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")
LONGEST: Final = 320
"""Characters of what was typed that are read: the longest address (RFC 3696)."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the list: what was asked, what was found, and the last of it when there is more.

    `sent` is what other systems sent to the address, the newest fifty.
    """

    lines: Sequence[Line]
    sent: Sequence[SentLine] = ()
    list: str = ""
    reference: str = ""
    address: str = ""
    before: UUID | None = None

    @property
    def older_than(self) -> UUID | None:
        """The last message of this page, when another page follows it."""
        return self.lines[PAGE - 1].id if len(self.lines) > PAGE else None

    @property
    def shown(self) -> Sequence[Line]:
        """The messages of this page."""
        return self.lines[:PAGE]


def open_finding(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("finding", __name__)

    @pages.get("/berichten")
    @allows(Permission.SEE_MESSAGES)
    def show() -> ResponseReturnValue:
        chosen, reference = request.args.get("lijst", ""), request.args.get("zaak", "")[:LONGEST]
        if reference and not _REFERENCE.fullmatch(reference):
            return _page(Listed(lines=()), typed=reference, wrong=True), 422
        before = id_in(request.args.get("voor", ""))
        wanted = Wanted(
            scope=scope_here(),
            reads=scope_here(Permission.READ_MESSAGES),
            reference=reference or None,
            states=LISTS.get(chosen, frozenset()),
            older_than=before,
        )
        with room.pool.reading() as connection:
            lines = list_messages(connection, wanted=wanted)
        return _page(Listed(lines=lines, list=chosen, reference=reference, before=before))

    @pages.post("/berichten")
    @allows(Permission.SEE_MESSAGES)
    def search() -> ResponseReturnValue:
        """Find by what was typed; an address stays out of every URL, so its list is the answer to a form."""
        typed = request.form.get("zoek", "").strip()[:LONGEST]
        if _REFERENCE.fullmatch(typed.upper()):
            return redirect(url_for("finding.show", zaak=typed.upper()), 303)
        if not _ADDRESS.fullmatch(typed):
            return _page(Listed(lines=()), typed=typed, wrong=True), 422
        before = id_in(request.form.get("voor", ""))
        reads = scope_here(Permission.READ_MESSAGES)
        wanted = Wanted(scope=scope_here(), reads=reads, address=typed, older_than=before)
        with room.pool.connection() as connection:
            lines = list_messages(connection, wanted=wanted)
            sent = list_sent(connection, wanted=wanted_by(typed)) if sees_all() and not before else ()
            record_look(connection, at="address", reference=None)
        return _page(Listed(lines=lines, sent=sent[:SENT_PAGE], address=typed, before=before), typed=typed)

    return pages


def _page(listed: Listed, *, typed: str = "", wrong: bool = False) -> str:
    shown = typed.replace("\x00", "")  # no page may have it (HTML, 13.1.4)
    known = {"reads": reads_all(), "sees_all": sees_all()}
    return render_template("desk/list.html", listed=listed, typed=shown, wrong=wrong, updated=utc_now(), **known)

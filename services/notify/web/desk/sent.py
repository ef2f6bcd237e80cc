"""What other systems sent through the API, for who sees the messages of all: found, followed and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.notify import sent_queries as queries
from services.notify.client_store import NotificationStore
from services.notify.domain.recipients import email_of, phone_of
from services.notify.domain.troubles import Trouble, trouble_of
from services.notify.sent_queries import LISTS, PAGE, SentLine, WantedSent
from services.notify.web.desk.room import Room, record_look, scope_here
from services.notify.web.pages import pdf_response
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Connection
from shared.problems import problem_of

LONGEST: Final = 320
"""Characters of what was typed that are read."""


@dataclass(frozen=True, kw_only=True)
class SentList:
    """A page of the list: what was asked, and what was found."""

    lines: Sequence[SentLine]
    list: str = ""
    typed: str = ""
    before: UUID | None = None

    @property
    def older_than(self) -> UUID | None:
        """The last one of this page, when another page follows it."""
        return self.lines[PAGE - 1].id if len(self.lines) > PAGE else None

    @property
    def shown(self) -> Sequence[SentLine]:
        """Those of this page."""
        return self.lines[:PAGE]


def open_sent(room: Room) -> Blueprint:
    """Make the doors."""
    pages = Blueprint("sent", __name__)

    @pages.get("/berichten/systemen")
    @allows(Permission.SEE_MESSAGES)
    def show() -> ResponseReturnValue:
        chosen, before = request.args.get("lijst", ""), id_in(request.args.get("voor", ""))
        wanted = WantedSent(statuses=LISTS.get(chosen, frozenset()), older_than=before)
        with room.pool.reading() as connection:
            lines = queries.list_sent(connection, wanted=wanted) if sees_all() else ()
        return _page(SentList(lines=lines, list=chosen, before=before))

    @pages.post("/berichten/systemen")
    @allows(Permission.SEE_MESSAGES)
    def search() -> ResponseReturnValue:
        """Find by what was typed; it stays out of every URL, since it may be an address."""
        typed = request.form.get("zoek", "").replace("\x00", "").strip()[:LONGEST]
        if not typed:
            return _page(SentList(lines=()), wrong=True), 422
        before = id_in(request.form.get("voor", ""))
        with room.pool.connection() as connection:
            lines = queries.list_sent(connection, wanted=wanted_by(typed, older_than=before)) if sees_all() else ()
            record_look(connection, at="sent_search", reference=None)
        return _page(SentList(lines=lines, typed=typed, before=before))

    _open_sheet(pages, room=room)
    _open_content(pages, room=room)
    return pages


def _open_sheet(pages: Blueprint, *, room: Room) -> None:
    @pages.get("/berichten/systemen/<uuid:notification_id>")
    @allows(Permission.SEE_MESSAGES)
    def sheet(notification_id: UUID) -> ResponseReturnValue:
        with room.pool.reading() as connection:
            line = sent_line(connection, notification_id=notification_id)
            return render_template(
                "desk/sent.html",
                line=line,
                reads=reads_all(),
                resends=scope_here(Permission.RESEND_MESSAGES).everything,
                trouble=_trouble_of(line),
                handings=queries.handings_of(connection, notification_id=notification_id),
                told=queries.told_of(connection, notification_id=notification_id),
            )


def _open_content(pages: Blueprint, *, room: Room) -> None:
    """Each look at what it says is kept."""

    @pages.get("/berichten/systemen/<uuid:notification_id>/inhoud")
    @allows(Permission.READ_MESSAGES)
    def content(notification_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            line = sent_line(connection, notification_id=notification_id, permission=Permission.READ_MESSAGES)
            sent = NotificationStore(connection).get(notification_id)
            record_look(connection, at="notification", reference=None, notification=str(notification_id))
        return render_template("desk/sent-content.html", line=line, sent=sent)

    @pages.get("/berichten/systemen/<uuid:notification_id>/brief.pdf")
    @allows(Permission.READ_MESSAGES)
    def letter(notification_id: UUID) -> ResponseReturnValue:
        with room.pool.connection() as connection:
            line = sent_line(connection, notification_id=notification_id, permission=Permission.READ_MESSAGES)
            if line.sha256 is None or not line.opens:
                raise problem_of(404)
            record_look(connection, at="notification_letter", reference=None, notification=str(notification_id))
        return pdf_response(room.vault.get(line.sha256), name="brief.pdf")


def sees_all() -> bool:
    """Whether the reader sees the messages of all cases: what a system sent belongs to none."""
    return scope_here().everything


def reads_all() -> bool:
    """Whether the reader may read any message, and see to which address it went."""
    return scope_here(Permission.READ_MESSAGES).everything


def wanted_by(typed: str, *, older_than: UUID | None = None) -> WantedSent:
    """Read what was typed as an address, a phone number, or else the reference that the system gave."""
    recipient = email_of(typed) or phone_of(typed)
    return WantedSent(recipient=recipient, reference=None if recipient else typed, older_than=older_than)


def id_in(text: str) -> UUID | None:
    """Read an id; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def id_of_button(name: str) -> UUID:
    """Read the id that the button of this name sent. Raises ProblemError (400)."""
    found = id_in(request.form.get(name, ""))
    if found is None:
        raise problem_of(400)
    return found


def sent_line(
    connection: Connection, *, notification_id: UUID, permission: Permission = Permission.SEE_MESSAGES
) -> SentLine:
    """Give what a system sent, to who may do this to the messages of all. Raises ProblemError (404)."""
    line = queries.find_sent(connection, notification_id=notification_id)
    if line is None or not scope_here(permission).everything:
        raise problem_of(404)
    return line


def _trouble_of(line: SentLine) -> Trouble | None:
    if not line.trouble:
        return None
    if line.infected:
        return Trouble.MALWARE
    found = trouble_of(line.answer)
    # the words of the others are about mail servers
    return found if line.channel == "email" or found is Trouble.UNSURE else Trouble.OTHER


def _page(listed: SentList, *, wrong: bool = False) -> str:
    return render_template("desk/sent-list.html", listed=listed, wrong=wrong, reads=reads_all(), updated=utc_now())

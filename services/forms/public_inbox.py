"""Hears what is told for everybody: notices, what was done with remarks, and questions to the panel."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.panelling import ask_portion
from services.forms.answer_store import keep_answer
from services.forms.notice_store import keep_public_notice, keep_taken_down
from services.forms.ports import Links
from shared.bus import Inbox
from shared.database import Connection
from shared.events import RemarkAnswered
from shared.participation import NoticePublished, NoticeTakenDown, PanelSent


def hear_public_facts(inbox: Inbox, *, links: Links) -> None:
    """Enter the handlers."""

    @inbox.hears(NoticePublished)
    def hear_public(connection: Connection, told: NoticePublished, /, *, now: datetime) -> None:  # noqa: ARG001 it has dates
        keep_public_notice(connection, told=told)

    @inbox.hears(NoticeTakenDown)
    def hear_end(connection: Connection, told: NoticeTakenDown, /, *, now: datetime) -> None:  # noqa: ARG001 it says when
        keep_taken_down(connection, told=told)

    @inbox.hears(RemarkAnswered)
    def hear_answer(connection: Connection, told: RemarkAnswered, /, *, now: datetime) -> None:  # noqa: ARG001 it says when
        keep_answer(connection, told=told)

    @inbox.hears(PanelSent)
    def hear_panel(connection: Connection, told: PanelSent, /, *, now: datetime) -> None:
        ask_portion(connection, panel_id=told.panel_id, links=links, now=now)

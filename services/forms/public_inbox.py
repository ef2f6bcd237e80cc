"""Hears what is told for everybody: notices, and what was done with remarks."""

from __future__ import annotations

from datetime import datetime

from services.forms.answer_store import keep_answer
from services.forms.notice_store import keep_public_notice, keep_taken_down
from shared.bus import Inbox
from shared.database import Connection
from shared.events import RemarkAnswered
from shared.participation import NoticePublished, NoticeTakenDown


def hear_public_facts(inbox: Inbox) -> None:
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

"""Hears what was sent about a case, and what the public says of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from services.workflow import queries
from services.workflow.actions.announcing import record_sent
from services.workflow.actions.undelivered import record_failed
from services.workflow.actions.viewing import tell_outcome
from services.workflow.desk import open_desk
from services.workflow.ports import Desk, UnknownCaseError
from services.workflow.public_inbox import hear_public
from shared.bus import Inbox, PermanentError
from shared.database import Connection
from shared.events import NoticeFailed, NoticeSent

OF_UNTOLD_FORMS: Final = ("paid_back", "unpaid")
"""Messages that may be about a form which was never told: it was withdrawn, or erased, while it waited to be paid."""

OF_VIEWS: Final = ("view", "view_decided")
"""Messages to who gave a view; they bear its own reference."""


def hear_sent(inbox: Inbox) -> None:
    """Enter the handlers."""
    hear_public(inbox)

    @inbox.hears(NoticeSent)
    def hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:
        """Put what was sent on the timeline; a link to a form that was not handed in yet belongs to no case."""
        if happened.kind == "draft":
            return
        desk = open_desk(connection, now=now)
        if happened.kind in OF_VIEWS:
            _record_told(happened, desk=desk)
            return
        try:
            record_sent(happened, now=now, desk=desk)
            _tell_outcome(connection, sent=happened, desk=desk)
        except UnknownCaseError as error:
            if happened.kind in OF_UNTOLD_FORMS:
                return
            raise PermanentError("this message belongs to no case") from error

    @inbox.hears(NoticeFailed)
    def hear_failed(connection: Connection, happened: NoticeFailed, /, *, now: datetime) -> None:
        """Tell whoever has the case; what belongs to none waits among the failed messages of notify."""
        desk = open_desk(connection, now=now)
        of_view = happened.kind in OF_VIEWS
        reference = desk.cases.case_of_view(happened.reference) if of_view else happened.reference
        with suppress(UnknownCaseError):
            if reference:
                record_failed(
                    replace(happened, reference=reference, by_post=happened.by_post and not of_view), desk=desk
                )


def _tell_outcome(connection: Connection, *, sent: NoticeSent, desk: Desk) -> None:
    if sent.kind != "decision":
        return
    taken = queries.decision_of(connection, case_id=desk.cases.lock(sent.reference).id)
    if taken:
        tell_outcome(sent, result=taken.decision.result, desk=desk)


def _record_told(notice: NoticeSent, *, desk: Desk) -> None:
    """Put on the timeline of the case that who gave a view was told; of a case that was destroyed nothing is kept."""
    if reference := desk.cases.case_of_view(notice.reference):
        desk.cases.note_sent(replace(notice, reference=reference))

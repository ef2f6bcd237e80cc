"""Hears what the public says of a case: views on what was made known of it, and who signed along."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.viewing import receive_view
from services.workflow.desk import open_desk
from services.workflow.domain.notice import UnknownNoticeError
from services.workflow.ports import UnknownCaseError
from services.workflow.support_store import keep_support
from shared.bus import Inbox, PermanentError
from shared.database import Connection
from shared.participation import SupportGathered, ViewGiven


def hear_public(inbox: Inbox) -> None:
    """Enter the handlers."""

    @inbox.hears(ViewGiven)
    def hear_view(connection: Connection, given: ViewGiven, /, *, now: datetime) -> None:
        try:
            receive_view(given, desk=open_desk(connection, now=now))
        except (UnknownCaseError, UnknownNoticeError) as error:
            raise PermanentError("this view is about no notice") from error

    @inbox.hears(SupportGathered)
    def hear_support(connection: Connection, gathered: SupportGathered, /, *, now: datetime) -> None:  # noqa: ARG001 it says when
        keep_support(connection, gathered=gathered)

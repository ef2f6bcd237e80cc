"""Reminds advisers outside the municipality, once and before their last day."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.advising import Mailing, mail_link
from services.workflow.advice_store import take_reminder
from services.workflow.desk import open_desk
from shared.database import Connection


def remind_advisers(connection: Connection, *, now: datetime, staff_url: str) -> int:
    """Mail who did not answer yet; give how many. The connection commits by itself.

    Nobody is reminded of a case that was decided.
    """
    told = 0
    while True:
        with connection.transaction():
            taken = take_reminder(connection, now=now)
            if taken is None:
                return told
            reference, advice = taken
            desk = open_desk(connection, now=now)
            case = desk.cases.lock(reference)
            if case.is_open:
                mail_link(case, advice=advice, mailing=Mailing(site=staff_url, turn="reminder", at=now), desk=desk)
                details = {"adviser": advice.name, "text": ""}
                desk.cases.note(case, kind="advice_reminded", at=now, who=None, details=details)
                told += 1

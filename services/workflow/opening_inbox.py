"""Hears what comes in: a case is opened, and accepted in the same breath where its rules do that."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.workflow.actions import hearing
from services.workflow.actions.at_once import accept_at_once
from services.workflow.at_once_store import AtOnceShelf
from services.workflow.audit import Act, record
from services.workflow.desk import open_desk
from services.workflow.domain.at_once import rules_for
from services.workflow.ports import Desk
from shared.bus import Inbox, PermanentError
from shared.catalogue.versions import UnknownVersionError
from shared.database import Connection
from shared.events import SubmissionReceived

THE_RULES: Final = "rules"
"""Who did it, in the audit log, when nobody did."""


def hear_applications(inbox: Inbox) -> None:
    """Enter the handler."""

    @inbox.hears(SubmissionReceived)
    def hear_submission(connection: Connection, happened: SubmissionReceived, /, *, now: datetime) -> None:
        desk = open_desk(connection, now=now)
        try:
            opened = hearing.open_case(happened, now=now, desk=desk)
        except UnknownVersionError as error:
            raise PermanentError(f"product {happened.product} has no version {happened.version}") from error
        if opened:
            _go_by_rules(connection, said=happened, now=now, desk=desk)


def _go_by_rules(connection: Connection, *, said: SubmissionReceived, now: datetime, desk: Desk) -> None:
    """Have the rules accept it if they do, and write down which did; the last thing that the transaction does."""
    rules = [rule.rule for rule in rules_for(said)]
    outcome = accept_at_once(said, now=now, desk=desk, shelf=AtOnceShelf(connection)) if rules else None
    if outcome:
        details = {"version": said.version, "rules": rules}
        act = Act(at=now, who=THE_RULES, act=f"at_once.{outcome}", reference=said.reference, details=details)
        record(connection, act=act)

"""What this service hears: facts about cases, messages that were sent, and the day that began."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.forms.domain.cases import CASE_FACTS, CaseFact
from services.forms.pace import count_pace
from services.forms.store import forget_old, keep_fact, keep_notice
from shared.bus import Inbox
from shared.database import Connection
from shared.events import DayBegan, NoticeSent
from shared.routes import FORMS

KEYS_KEPT = timedelta(days=30)

inbox = Inbox(FORMS)


def hear_case(connection: Connection, happened: CaseFact, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep the fact; the page of the case follows from all of them together."""
    keep_fact(connection, fact=happened)


for _fact in CASE_FACTS:
    inbox.hears(_fact)(hear_case)


@inbox.hears(NoticeSent)
def hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep that a message went out: a decision can be read from then on."""
    keep_notice(connection, notice=happened)


@inbox.hears(DayBegan)
def begin_day(connection: Connection, happened: DayBegan, /, *, now: datetime) -> None:
    """Clear away drafts whose time is over, and count anew how long cases take."""
    forget_old(connection, today=happened.on, answered_before=now - KEYS_KEPT)
    count_pace(connection, today=happened.on)

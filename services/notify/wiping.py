"""Wipes what other systems sent once its term is over: whom it went to and what it said, not what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from services.notify.box_store import LEFT_FOR, BoxStore
from services.notify.domain.states import Status
from services.notify.file_store import SharedFiles, throw_away
from services.notify.ports import Vault
from services.notify.stop_store import KEPT_FOR, StopStore, forget_asked
from shared.bus.inbox import Inbox
from shared.database import Connection
from shared.events import DayBegan

WAITING: Final = (Status.CREATED, Status.ACCEPTED, Status.PENDING_VIRUS_CHECK)
"""Nothing is wiped before it was handed over, or nobody tries any more."""

_WIPE: Final = """
with old as (
    select id, sha256 from notify.notifications
    where wiped_at is null and created_at < %(before)s and status <> all(%(waiting)s)
    for no key update
)
update notify.notifications n set wiped_at = %(now)s, recipient = '', address = '{}', reference = null, subject = null,
    body = '', "values" = '{}', unsubscribe_url = null, sha256 = null, idempotency_key = null, request_hash = null
from old where n.id = old.id returning old.id, old.sha256
"""
_OF_THEM: Final = (
    "delete from notify.notification_attempts where notification_id = any(%(ids)s)",
    "delete from notify.reports where notification_id = any(%(ids)s)",
    "delete from notify.file_openings where notification_id = any(%(ids)s)",
    """update notify.bulk_rows set recipient = '', reference = null where notification_id = any(%(ids)s)""",
)
_OF_OLD: Final = (
    "delete from notify.call_attempts where began_at < %(before)s",
    "delete from notify.received_texts where created_at < %(before)s",
    """
    update notify.bulk_rows set recipient = '', reference = null
    where notification_id is null and fault is not null and recipient <> ''
      and bulk_id in (select id from notify.bulks where started_at < %(before)s)
    """,
)


def hear_day(inbox: Inbox, *, vault: Vault, kept_for: timedelta) -> None:
    """Let the door hear of each new day, on which goes what has had its time.

    Files of clients expire, stops that are over and boxes that were left are forgotten, whom questionnaires went to is
    wiped, and so is what clients sent and got that is `kept_for` long enough.
    """

    @inbox.hears(DayBegan)
    def let_go(connection: Connection, began: DayBegan, *, now: datetime) -> None:
        StopStore(connection).forget(before=now - KEPT_FOR)
        BoxStore(connection).forget_left(before=now - LEFT_FOR)
        SharedFiles(connection).throw_away_expired(today=began.on, vault=vault)
        forget_asked(connection, today=began.on)
        wipe_clients(connection, before=now - kept_for, now=now, vault=vault)


def wipe_clients(connection: Connection, *, before: datetime, now: datetime, vault: Vault) -> int:
    """Wipe what clients sent and got before then, and the letters that nothing else holds; give how many messages."""
    asked = {"before": before, "now": now, "waiting": list(WAITING)}
    wiped = connection.execute(_WIPE, asked).fetchall()
    for statement in _OF_THEM:
        connection.execute(statement, {"ids": [row["id"] for row in wiped]})
    for statement in _OF_OLD:
        connection.execute(statement, asked)
    throw_away((row["sha256"] for row in wiped if row["sha256"]), connection=connection, vault=vault)
    return len(wiped)

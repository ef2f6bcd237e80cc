"""The door for what is sent in bulk: a lane of its own, so that fifty thousand letters delay no single message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from services.notify import bulk_actions
from services.notify.bulk_actions import Whose
from services.notify.bulk_store import BulkStore
from services.notify.client_inbox import give_up_on, open_intake, print_or_send
from services.notify.client_ports import Printing, WayOut
from services.notify.client_store import ClientStore
from services.notify.outbox import TRIES_OF_A_DAY, in_turn, permanent
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.events import DayBegan
from shared.post import BulkAccepted
from shared.routes import BULK


def open_bulk_inbox(*, out: Callable[[], WayOut], printing: Printing) -> Inbox:
    """Make the door; `out` gives the way out, made in the process that sends."""
    inbox = Inbox(BULK)

    @inbox.hears(BulkAccepted, failures=TRIES_OF_A_DAY)
    @permanent
    @in_turn
    def send(connection: Connection, accepted: BulkAccepted, *, now: datetime) -> None:
        which = accepted.notification_id
        if which is None:
            _send_rows(accepted.bulk_id, connection=connection, now=now)
        else:
            print_or_send(accepted, notification_id=which, connection=connection, now=now, out=out, printing=printing)

    @inbox.gives_up(BulkAccepted)
    def give_up(connection: Connection, accepted: BulkAccepted, *, now: datetime) -> None:
        if accepted.notification_id:
            give_up_on(connection, notification_id=accepted.notification_id, now=now)

    @inbox.hears(DayBegan)
    def throw_away(connection: Connection, began: DayBegan, *, now: datetime) -> None:  # noqa: ARG001 the day is told
        BulkStore(connection).throw_away(now=now)

    return inbox


def _send_rows(bulk_id: UUID, *, connection: Connection, now: datetime) -> None:
    bulks, clients = BulkStore(connection), ClientStore(connection)
    bulk = bulks.get(bulk_id)
    client = clients.find(bulk.client_id) if bulk else None
    if bulk is None or client is None:
        raise PermanentError("the bulk is gone")
    template = clients.template(bulk.template_id, client_id=client.id, version=bulk.template_version)
    whose = Whose(client=client, key_type=bulk.key_type, template=template, sender=bulk.sender)
    bulk_actions.send_next(bulk, whose=whose, bulks=bulks, intake=open_intake(connection, now=now), now=now)

"""What staff do with a table, each within one transaction: choose, look at what it will say, send, and report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify import bulk_queries as queries
from services.notify.bulk_actions import Whose, make_row, start
from services.notify.bulk_store import BulkStore
from services.notify.client_inbox import open_intake
from services.notify.client_store import ClientStore
from services.notify.domain.bulk import Row, columns_of
from services.notify.domain.notifications import KeyType, Notification
from services.notify.reports import report_of, table_of
from shared.database import Connection

FIRST: Final = 3


def whose_table(connection: Connection, *, template_id: UUID, kind: KeyType) -> Whose | None:
    """Say whose table it is when it is for this template; None: no client has the template any more."""
    choice = next((each for each in queries.choices(connection) if each.id == template_id), None)
    clients = ClientStore(connection)
    client = clients.find(choice.client_id) if choice else None
    if client is None:
        return None
    return Whose(client=client, key_type=kind, template=clients.template(template_id, client_id=client.id))


def first_messages(connection: Connection, *, bulk_id: UUID, now: datetime, reads: bool) -> Sequence[Notification]:
    """Give what the first rows that wait will say; to who may not read messages with the holes left open."""
    bulks, clients = BulkStore(connection), ClientStore(connection)
    bulk = bulks.get(bulk_id)
    client = clients.find(bulk.client_id) if bulk else None
    if bulk is None or client is None:
        return ()
    template = clients.template(bulk.template_id, client_id=client.id, version=bulk.template_version)
    whose = Whose(client=client, key_type=bulk.key_type, template=template, sender=bulk.sender)
    rows = [row if reads else _open(row) for row in bulks.next_rows(bulk_id, most=FIRST)]
    made = [make_row(row, whose=whose, now=now) for row in rows]
    return [each for each in made if isinstance(each, Notification)]


def start_table(connection: Connection, *, bulk_id: UUID, now: datetime) -> bool:
    """Let a table be sent; False when it is being sent already, or is gone."""
    bulks = BulkStore(connection)
    bulk = bulks.get(bulk_id)
    return bulk is not None and start(bulk, bulks=bulks, intake=open_intake(connection, now=now), now=now)


def report_table(connection: Connection, *, bulk_id: UUID, shown: Callable[[str], str]) -> bytes:
    """Give each row with what became of it, as CSV; each address as it may be `shown`."""
    rows = BulkStore(connection).report(bulk_id)
    return report_of({**row, "recipient": shown(row["recipient"])} for row in rows)


def empty_table(connection: Connection, *, template_id: UUID) -> bytes | None:
    """Give a table to fill in: the columns that a template asks for, as CSV; None: nobody has the template."""
    whose = whose_table(connection, template_id=template_id, kind=KeyType.LIVE)
    return table_of(columns_of(whose.template)) if whose else None


def _open(row: Row) -> Row:
    """Put in the place of each value the hole that it would fill."""
    return replace(row, values={name: f"(({name}))" for name in row.values})

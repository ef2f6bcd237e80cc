"""Reads for the pages of staff where one template is sent to many: which there are, and what can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.domain.notifications import Channel, KeyType
from shared.database import Connection

NEWEST: Final = 50
MOST_TWICE: Final = 100

_BULK: Final = """
select b.id, b.name, b.client_id, c.name as client, v.name as template, t.channel, b.key_type, b.rows,
       b.checked_at, b.started_at, b.by_staff,
       exists (
           select from notify.bulk_rows r
           where r.bulk_id = b.id and r.notification_id is null and r.fault is null
       ) as waiting
from notify.bulks b join notify.clients c on c.id = b.client_id join notify.templates t on t.id = b.template_id
join notify.template_versions v on v.template_id = b.template_id and v.version = b.template_version
"""
_TWICE: Final = """
select number, first from (
    select number, first_value(number) over (
        partition by coalesce(nullif(lower(recipient), ''), "values"::text) order by number
    ) as first
    from notify.bulk_rows where bulk_id = %s and notification_id is null
) seen where number <> first order by number limit %s
"""


@dataclass(frozen=True, kw_only=True)
class BulkLine:
    """A bulk as people know it; `waiting`: of some rows there is no message yet."""

    id: UUID
    name: str
    client_id: UUID
    client: str
    template: str
    channel: Channel
    key_type: KeyType
    rows: int
    checked_at: datetime
    started_at: datetime | None
    by_staff: bool
    waiting: bool

    @property
    def state(self) -> str:
        """How far it is: checked, sending, or sent."""
        return "checked" if self.started_at is None else "sending" if self.waiting else "sent"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A template that can be sent, and whose it is."""

    id: UUID
    client_id: UUID
    client: str
    name: str
    channel: Channel


def newest_bulks(connection: Connection) -> Sequence[BulkLine]:
    """Give the newest fifty."""
    return [_line(row) for row in connection.execute(f"{_BULK} order by b.id desc limit {NEWEST}")]


def find_bulk(connection: Connection, *, bulk_id: UUID) -> BulkLine | None:
    """Give one."""
    row = connection.execute(f"{_BULK} where b.id = %s", [bulk_id]).fetchone()
    return _line(row) if row else None


def rows_twice(connection: Connection, *, bulk_id: UUID) -> Sequence[tuple[int, int]]:
    """Give rows whose recipient stands in an earlier row too, with that row; a hundred at most."""
    rows = connection.execute(_TWICE, [bulk_id, MOST_TWICE])
    return [(row["number"], row["first"]) for row in rows]


def choices(connection: Connection) -> Sequence[Choice]:
    """Give each template of each client that is not archived, by their names."""
    rows = connection.execute(
        """
        select distinct on (c.name, t.id) t.id, c.id as client_id, c.name as client, v.name, t.channel
        from notify.templates t join notify.clients c on c.id = t.client_id and c.archived_at is null
        join notify.template_versions v on v.template_id = t.id order by c.name, t.id, v.version desc
        """
    )
    found = [Choice(**{**row, "channel": Channel(row["channel"])}) for row in rows]
    return sorted(found, key=lambda each: (each.client, each.name, each.id))


def _line(row: dict[str, object]) -> BulkLine:
    kinds = {"channel": Channel(str(row["channel"])), "key_type": KeyType(str(row["key_type"]))}
    return BulkLine(**{**row, **kinds})  # type: ignore[arg-type]

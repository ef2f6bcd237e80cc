"""Keeps whom to warn that a form is erased soon, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.forms.domain.drafts import WARNED_DAYS, Reminder
from shared.database import Connection
from shared.events import Words
from shared.wire import schema_of

_KEEP = """
insert into forms.reminder (draft_id, email, language, title, warned_at) values (%s, %s, %s, %s, %s)
on conflict (draft_id) do update set email = excluded.email, language = excluded.language, title = excluded.title,
    warned_at = excluded.warned_at
"""
_WARN = """
update forms.reminder r set warned_at = %(now)s from forms.draft d
where d.id = r.draft_id and d.reference is null and r.warned_at is null
  and d.keep_until between %(today)s and %(today)s + %(days)s
returning r.draft_id, r.email, r.language, r.title, d.keep_until
"""


def keep_reminder(connection: Connection, *, reminder: Reminder, warned_at: datetime | None) -> None:
    """Keep where to warn; the newest address counts."""
    each = reminder
    title = Jsonb(schema_of(Words).dump(each.title))
    connection.execute(_KEEP, [each.draft_id, each.email, each.language, title, warned_at])


def take_due(connection: Connection, *, today: date, now: datetime) -> Sequence[Reminder]:
    """Those to warn today, each only once; addresses of forms that were sent are forgotten."""
    connection.execute(
        "delete from forms.reminder r using forms.draft d where d.id = r.draft_id and d.reference is not null"
    )
    rows = connection.execute(_WARN, {"today": today, "now": now, "days": WARNED_DAYS})
    return [_reminder(row) for row in rows]


def _reminder(row: dict[str, Any]) -> Reminder:
    return Reminder(**{**row, "title": schema_of(Words).load(row["title"])})

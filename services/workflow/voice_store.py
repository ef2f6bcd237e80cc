"""What residents think, kept in PostgreSQL: marks after a decision."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.database import Connection
from shared.events import MarkGiven

_KEEP_MARK: Final = """
insert into workflow.marks as m (case_id, mark, words, steps, at) values (%s, %s, %s, %s, %s)
on conflict (case_id) do update set mark = excluded.mark, words = excluded.words, steps = excluded.steps,
    at = excluded.at
where excluded.at > m.at
"""


def keep_mark(connection: Connection, *, case_id: UUID, given: MarkGiven) -> bool:
    """Keep a mark over an earlier one; False when a later one is kept already, or this one."""
    steps = Jsonb({one.step: one.mark for one in given.steps})
    values = [case_id, given.mark, given.words, steps, given.at]
    return bool(connection.execute(_KEEP_MARK, values).rowcount)

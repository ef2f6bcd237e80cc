"""Keeps the marks that applicants give after the decision, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from psycopg.types.json import Jsonb

from services.forms.domain.marks import CHANGEABLE, Mark
from shared.database import Connection

_KEEP: Final = """
insert into forms.mark as m (reference, mark, words, steps, at, first_on)
select %(reference)s, %(mark)s, %(words)s, %(steps)s, %(at)s, (%(at)s at time zone 'Europe/Amsterdam')::date
where exists (select from forms.case_fact where reference = %(reference)s and name = 'CaseDecided')
on conflict (reference) do update
set mark = excluded.mark, words = excluded.words, steps = excluded.steps, at = excluded.at
where excluded.first_on <= coalesce(m.first_on, (m.at at time zone 'Europe/Amsterdam')::date) + %(days)s::int
"""


class MarkShelf:
    """The marks, as one transaction changes them (the port `Marks`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def keep(self, reference: str, *, mark: Mark, at: datetime) -> bool:
        """Keep a mark over the former; False when nothing was decided yet, or the time to change it is over."""
        values = {**vars(mark), "steps": Jsonb(dict(mark.steps)), "reference": reference, "at": at}
        return self._connection.execute(_KEEP, {**values, "days": CHANGEABLE.days}).rowcount == 1

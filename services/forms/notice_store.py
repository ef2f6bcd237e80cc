"""Keeps public notices of cases in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from psycopg.types.json import Jsonb

from services.forms.domain.notices import PublicNotice
from shared.database import Connection
from shared.participation import NoticePublished, NoticeTakenDown
from shared.wire import read_value, to_wire

MOST_LISTED: Final = 500

_NOTICE: Final = """
select n.told, exists (select from forms.public_notice_down d where d.number = n.number)
    or exists (select from forms.case_fact c where c.reference = n.reference and c.name = 'CaseMoved'
               and c.payload ->> 'status' = 'withdrawn') as ended,
    exists (select from forms.case_fact c where c.reference = n.reference and c.name = 'CaseDecided') as closed
from forms.public_notice n
"""
"""What was told of a case says whether it still runs."""


def keep_public_notice(connection: Connection, *, told: NoticePublished) -> None:
    """Keep a notice; told again it changes nothing."""
    connection.execute(
        """
        insert into forms.public_notice (number, reference, theme, first, last, told)
        values (%s, %s, %s, %s, %s, %s) on conflict do nothing
        """,
        [told.number, told.reference, told.theme, told.first, told.last, Jsonb(to_wire(told))],
    )


def keep_taken_down(connection: Connection, *, told: NoticeTakenDown) -> None:
    """Keep that a notice is shown no more."""
    connection.execute(
        "insert into forms.public_notice_down (number, reference) values (%s, %s) on conflict do nothing",
        [told.number, told.reference],
    )


def find_notice(connection: Connection, *, number: str) -> PublicNotice | None:
    """Give the notice with this number."""
    row = connection.execute(f"{_NOTICE} where n.number = %s", [number]).fetchone()
    return _notice(row) if row else None


def running_notices(connection: Connection, *, today: date) -> Sequence[PublicNotice]:
    """Give the notices of which the time is not over."""
    rows = connection.execute(
        f"{_NOTICE} where n.first <= %s and n.last >= %s order by n.last, n.number limit %s",
        [today, today, MOST_LISTED],
    )
    return [_notice(row) for row in rows]


def _notice(row: Mapping[str, Any]) -> PublicNotice:
    return PublicNotice(told=read_value(NoticePublished, row["told"]), ended=row["ended"], closed=row["closed"])

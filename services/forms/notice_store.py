"""Keeps public notices of cases, and which views came in on them, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.forms.domain.notices import PublicNotice
from shared.database import Connection
from shared.events import CaseDecided, NoticeSent
from shared.participation import NoticePublished, NoticeTakenDown
from shared.wire import from_wire, read_value, to_wire

MOST_LISTED: Final = 500

_NOTICE: Final = """
select n.told, exists (select from forms.public_notice_down d where d.number = n.number) as down,
    exists (select from forms.case_fact c where c.reference = n.reference and c.name = 'CaseMoved'
               and c.payload ->> 'status' = 'withdrawn') as ended,
    decided.version, decided.payload, sent.payload as sent
from forms.public_notice n
left join lateral (select c.version, c.payload from forms.case_fact c
                   where c.reference = n.reference and c.name = 'CaseDecided' limit 1) decided on true
left join lateral (select m.payload from forms.notice m where m.reference = n.reference
                   and m.payload ->> 'kind' = 'decision' order by m.payload ->> 'sent_at' limit 1) sent on true
"""
"""What was told of a case says whether it still runs."""


class ViewShelf:
    """The views, as one transaction sees and changes them (the port `Views`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, view_id: UUID, *, reference: str, number: str, at: datetime) -> str:
        """Keep that a view came in; give the reference under which it was kept first."""
        self._connection.execute(
            "insert into forms.view (id, reference, number, at) values (%s, %s, %s, %s) on conflict (id) do nothing",
            [view_id, reference, number, at],
        )
        return view_reference(self._connection, view_id=view_id) or reference

    def keep_file(self, file_id: UUID, *, reference: str) -> None:
        """Let a file that belongs to nothing go with this view."""
        self._connection.execute(
            "update forms.file set view = %s where id = %s and reference is null and draft_id is null",
            [reference, file_id],
        )


def view_reference(connection: Connection, *, view_id: UUID) -> str | None:
    """Give the reference of a view that came in."""
    row = connection.execute("select reference from forms.view where id = %s", [view_id]).fetchone()
    return row["reference"] if row else None


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
    decided: CaseDecided | None = None
    if row["payload"]:
        decided = from_wire(CaseDecided.__name__, version=row["version"], payload=row["payload"])
    return PublicNotice(
        told=read_value(NoticePublished, row["told"]),
        down=row["down"],
        ended=row["ended"],
        decision=decided.decision if decided else None,
        sent=read_value(NoticeSent, row["sent"]) if row["sent"] else None,
    )

"""Keeps the public notices of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.notice import Notice
from shared.database import Connection
from shared.law.calendar import local_date

_COLUMNS: Final = "id, number, heading, place, text, draft, audience, first, last, published_at, taken_down_at"
_ADD: Final = """
insert into workflow.public_notices (id, case_id, number, heading, place, text, draft, audience, first, last,
                                     published_by, published_at)
values (%(id)s, %(case)s, %(number)s, %(heading)s, %(place)s, %(text)s, %(draft)s, %(audience)s, %(first)s, %(last)s,
        %(by)s, %(published_at)s)
"""


class NoticeRows:
    """The notices of cases, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def new_number(self, *, at: datetime) -> str:
        """Give a number that no notice had yet, of the year in the Netherlands."""
        row = self._connection.execute("select nextval('workflow.notice_numbers') as number").fetchone()
        return f"{local_date(at).year}-{row['number'] if row else 0}"

    def add_notice(self, case: Case, *, notice: Notice, by: str) -> None:
        """Keep what was published."""
        self._connection.execute(_ADD, {**vars(notice), "case": case.id, "by": by})

    def notices_of(self, case: Case) -> Sequence[Notice]:
        """Give all notices of a case, the newest first."""
        return notices_of(self._connection, case_id=case.id)

    def take_notice_down(self, notice_id: UUID, *, at: datetime) -> None:
        """Keep that it is shown no more."""
        self._connection.execute(
            "update workflow.public_notices set taken_down_at = %s where id = %s and taken_down_at is null",
            [at, notice_id],
        )


def notices_of(connection: Connection, *, case_id: UUID) -> Sequence[Notice]:
    """Give all notices of a case that the person was found to see, the newest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from workflow.public_notices where case_id = %s order by published_at desc", [case_id]
    )
    return [_notice(row) for row in rows]


def _notice(row: Mapping[str, Any]) -> Notice:
    return Notice(**row)

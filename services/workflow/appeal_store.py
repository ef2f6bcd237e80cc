"""Keeps the appeals against what was decided on a case, or not decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from services.workflow.domain.appeal import Appeal
from services.workflow.domain.case import Case
from services.workflow.rows import IN_COURT, RUNNING
from shared.database import Connection

APPEALED: Final = f"""
({IN_COURT} or c.reference in (select o.parent from workflow.appeals a join workflow.cases o on o.id = a.case_id
                               where {RUNNING} and o.parent is not null))
"""
"""Whether an appeal runs about the case `c`, or about a decision on an objection to it: both sets are read once."""

_COLUMNS = "id, about, number, lodged_on, grounds_on, papers_on, heard_on, ruled_on, outcome, again_by, at as kept_at"
_KEEP = """
insert into workflow.appeals (id, case_id, about, number, lodged_on, grounds_on, papers_on, heard_on, ruled_on, outcome,
                              again_by, who, at)
values (%(id)s, %(case)s, %(about)s, %(number)s, %(lodged_on)s, %(grounds_on)s, %(papers_on)s, %(heard_on)s,
        %(ruled_on)s, %(outcome)s, %(again_by)s, %(by)s, %(at)s)
on conflict (id) do update set about = excluded.about, number = excluded.number, lodged_on = excluded.lodged_on,
    grounds_on = excluded.grounds_on, papers_on = excluded.papers_on, heard_on = excluded.heard_on,
    ruled_on = excluded.ruled_on, outcome = excluded.outcome, again_by = excluded.again_by, who = excluded.who,
    at = excluded.at
where appeals.case_id = excluded.case_id
"""


class AppealRows:
    """The appeals on cases, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def appeals_of(self, case: Case) -> Sequence[Appeal]:
        """Give the appeals about a case, the oldest first."""
        return appeals_of(self._connection, case_id=case.id)

    def keep_appeal(self, case: Case, *, appeal: Appeal, by: str, at: datetime) -> bool:
        """Keep an appeal as it is now; False where it is about another case."""
        return bool(self._connection.execute(_KEEP, {**vars(appeal), "case": case.id, "by": by, "at": at}).rowcount)


def appeals_of(connection: Connection, *, case_id: UUID) -> Sequence[Appeal]:
    """Give the appeals about a case that the person was found to see, the oldest first."""
    statement = f"select {_COLUMNS} from workflow.appeals where case_id = %s order by lodged_on, id"
    return [Appeal(**row) for row in connection.execute(statement, [case_id])]

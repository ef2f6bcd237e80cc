"""Whether every timer went off: what should have happened more than a minute ago, and did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.workflow.domain.timers import edition_of
from services.workflow.law_choices import choices
from shared.bus.heartbeat import is_alive
from shared.database import Connection

PART: Final = "timers"
"""The name under which whoever lets timers go off gives a sign of life."""

OVERDUE_AFTER_S: Final = 60
WITHOUT: Final = """
armed >= 0 and (armed < %(rules)s or armed > %(rules)s)
and status in ('received', 'in_progress', 'awaiting_supplement', 'decided')
"""

_HOW_LATE = f"""
select count(*) as overdue, min(due) as oldest, (select count(*) from workflow.cases where {WITHOUT}) as without
from (select due from workflow.timers where state = 'waiting'
      union all select remind_at from workflow.advice where remind_at is not null) timer (due)
where due < now() - make_interval(secs => %(late)s)
"""


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How many timers should have gone off more than a minute ago, the oldest of them, and whether anybody looks.

    `without` are cases that have no timers yet, as just after a release.
    """

    overdue: int
    oldest: datetime | None
    without: int
    looking: bool

    @property
    def well(self) -> bool:
        """Nothing is late and somebody looks."""
        return self.looking and not self.overdue and not self.without


def edition() -> int:
    """The edition by which cases are armed today."""
    return edition_of(choices())


def how_late(connection: Connection) -> Lateness:
    """Say what should have happened by the clock of the database, and did not."""
    row = connection.execute(_HOW_LATE, {"rules": edition(), "late": OVERDUE_AFTER_S}).fetchone() or {}
    return Lateness(**row, looking=is_alive(connection, part=PART, seconds=OVERDUE_AFTER_S))

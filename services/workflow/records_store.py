"""Keeps the end of cases: how long they stay, holds, lists to destroy, and the records of destruction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.workflow.appeal_store import APPEALED
from services.workflow.domain.case import Case
from services.workflow.domain.destruction import MOST, DrawnUp, DueCase, Hold, UnknownListError
from services.workflow.domain.retention import Fate, Keeping
from services.workflow.endings_store import endings_of, renewed_of
from shared.catalogue.definitions import RetentionStart
from shared.database import Connection
from shared.events import Words
from shared.law.calendar import local_date
from shared.record_events import CaseDestroyed

_OBJECTED: Final = """
c.reference in (select o.parent from workflow.cases o where o.kind = 'objection'
                and o.status in ('received', 'in_progress', 'awaiting_supplement', 'decided'))
"""

HELD: Final = f"""
(exists (select from workflow.holds h where h.case_id = c.id and h.lifted_at is null
        and (h.until is null or h.until >= %(today)s))
or {_OBJECTED} or {APPEALED})
"""
"""Whether a hold, an objection or an appeal keeps the case `c` from being destroyed on this day."""

DUE: Final = "r.keep_until < %(today)s"

DUE_COLUMNS: Final = """
c.id as case_id, c.reference, c.product, c.title_nl, c.title_en, r.ending, r.number, r.years, r.starts, r.closed_on,
r.started_on, r.keep_until
"""

_UNRECORDED = """
select reference from workflow.cases where not recorded and status in ('announced', 'withdrawn')
limit %s for update skip locked
"""
_RECORD = """
with known as (update workflow.cases set recorded = true where id = %(case)s)
insert into workflow.records (case_id, ending, number, years, starts, closed_on, started_on, keep_until)
values (%(case)s, %(ending)s, %(number)s, %(years)s, %(starts)s, %(closed_on)s, %(started_on)s, %(keep_until)s)
on conflict (case_id) do update set ending = excluded.ending, number = excluded.number, years = excluded.years,
    starts = excluded.starts, closed_on = excluded.closed_on, started_on = excluded.started_on,
    keep_until = excluded.keep_until
"""
_DRAW_UP = f"""
insert into workflow.destruction_items (list_id, case_id)
select %(list)s, c.id from workflow.records r join workflow.cases c on c.id = r.case_id
where {DUE} and r.keep_until >= %(month)s and r.keep_until < %(month)s + interval '1 month' and not {HELD}
and not exists (select from workflow.destruction_items i join workflow.destruction_lists l on l.id = i.list_id
                where i.case_id = c.id and l.state = 'open')
order by r.keep_until, c.reference limit {MOST}
"""
_ABOUT_KEPT = """
select from workflow.cases o join workflow.cases c on c.reference = o.parent
join workflow.records r on r.case_id = c.id and r.years is null where o.id = %s and o.kind = 'objection'
"""
_DEAD = """
exists (select from bus.delivery d join bus.event e on e.id = d.event_id
        where d.dead_at is not null and e.payload ->> 'reference' = c.reference)
"""
"""A message about this case that nobody could handle lies there still: what it holds would outlive the case."""

_ORDER = f"""
with chosen as materialized (
    select {DUE_COLUMNS} from workflow.destruction_items i
    join workflow.records r on r.case_id = i.case_id join workflow.cases c on c.id = i.case_id
    where i.list_id = %(list)s and {DUE} and not {HELD} and not {_DEAD}
    order by c.reference for update of c
)
insert into workflow.destructions (case_id, reference, list_id, product, title_nl, title_en, ending, number, years,
                                   starts, started_on, closed_on, keep_until, ordered_at)
select case_id, reference, %(list)s, product, title_nl, title_en, ending, number, years, starts, started_on, closed_on,
       keep_until, %(now)s
from chosen on conflict do nothing
returning reference
"""
_UNFINISHED = """
select reference from workflow.destructions d where ordered_at < %(before)s
and (select count(*) from workflow.destruction_reports p where p.case_id = d.case_id) < 3
order by reference
"""
_REPORT = """
insert into workflow.destruction_reports (case_id, service, at, rows, files)
select case_id, %(service)s, %(at)s, %(rows)s, %(files)s from workflow.destructions where reference = %(reference)s
on conflict do nothing
"""


class RecordsStore:
    """The end of cases, within one transaction (the port `Archive`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def unrecorded(self, *, most: int) -> Sequence[str]:
        """Give closed cases of which nobody worked out yet how long they are kept; others at once get other ones."""
        return [row["reference"] for row in self._connection.execute(_UNRECORDED, [most])]

    def record(self, case_id: UUID, *, keeping: Keeping) -> None:
        """Keep how long this case is kept."""
        values = {
            "case": case_id,
            "ending": keeping.end,
            "number": keeping.rule.number,
            "years": keeping.rule.years,
            "starts": keeping.rule.starts.value,
            "closed_on": keeping.closed_on,
            "started_on": keeping.started_on,
            "keep_until": keeping.until,
        }
        self._connection.execute(_RECORD, values)

    def skip(self, reference: str) -> None:
        """Ask of this case no more how long it is kept: nobody can work it out, so it stays."""
        self._connection.execute("update workflow.cases set recorded = true where reference = %s", [reference])

    def draw_up(self, list_id: UUID, *, month: date, by: str, now: datetime, today: date) -> int:
        """Put what may go of this month on a new list; tell how many."""
        self._connection.execute(
            "insert into workflow.destruction_lists (id, month, drawn_up_by, drawn_up_at) values (%s, %s, %s, %s)",
            [list_id, month, by, now],
        )
        return self._connection.execute(_DRAW_UP, {"list": list_id, "month": month, "today": today}).rowcount

    def lock_list(self, list_id: UUID) -> DrawnUp:
        """Give a list for this action alone. Raises UnknownListError."""
        row = self._connection.execute(
            "select id, month, drawn_up_by, drawn_up_at, state "
            "from workflow.destruction_lists where id = %s for update",
            [list_id],
        ).fetchone()
        if row is None:
            raise UnknownListError
        return DrawnUp(**row)

    def judge(self, list_id: UUID, *, state: str, by: str, because: str, now: datetime) -> None:
        """Keep what somebody says of a list."""
        self._connection.execute(
            "update workflow.destruction_lists set state = %s, judged_by = %s, judged_at = %s, because = %s "
            "where id = %s",
            [state, by, now, because, list_id],
        )

    def order(self, list_id: UUID, *, now: datetime, today: date) -> Sequence[str]:
        """Make the records of destruction of what may still go of a list, and name the cases."""
        rows = self._connection.execute(_ORDER, {"list": list_id, "now": now, "today": today}).fetchall()
        return sorted(row["reference"] for row in rows)

    def unfinished(self, *, before: datetime) -> Sequence[str]:
        """Give the cases of which a service did not report yet that nothing is left, ordered before this instant."""
        return [row["reference"] for row in self._connection.execute(_UNFINISHED, {"before": before})]

    def is_ordered(self, reference: str) -> bool:
        """Tell whether the destruction of this case was approved."""
        statement = "select 1 from workflow.destructions where reference = %s"
        return self._connection.execute(statement, [reference]).fetchone() is not None

    def report(self, told: CaseDestroyed) -> None:
        """Keep that a service has nothing left; the first time counts."""
        self._connection.execute(_REPORT, vars(told))

    def hold(self, case_id: UUID, *, hold_id: UUID, hold: Hold, by: str, at: datetime) -> None:
        """Keep a case from being destroyed."""
        self._connection.execute(
            "insert into workflow.holds (id, case_id, because, until, placed_by, placed_at) "
            "values (%s, %s, %s, %s, %s, %s)",
            [hold_id, case_id, hold.because.strip(), hold.until, by, at],
        )

    def lift(self, case_id: UUID, *, hold_id: UUID, by: str, at: datetime) -> bool:
        """End a hold; False when it ended already."""
        return bool(
            self._connection.execute(
                "update workflow.holds set lifted_by = %s, lifted_at = %s "
                "where id = %s and case_id = %s and lifted_at is null",
                [by, at, hold_id, case_id],
            ).rowcount
        )


def fate_of(connection: Connection, *, case: Case) -> Fate:
    """Find what became of a closed case."""
    endings = endings_of(connection, case_id=case.id)
    ended = (local_date(at) for ending, at in endings.items() if ending != "renewed")
    return Fate(
        ended_on=min(ended, default=None),
        renewed=renewed_of(connection, case_id=case.id),
        about_kept=connection.execute(_ABOUT_KEPT, [case.id]).fetchone() is not None,
    )


def due_from_row(row: Mapping[str, Any]) -> DueCase:
    """Read a closed case that may go, or went."""
    return DueCase(
        case_id=row["case_id"],
        reference=row["reference"],
        product=row["product"],
        title=Words(nl=row["title_nl"], en=row["title_en"]),
        end=row["ending"],
        number=row["number"],
        years=row["years"],
        starts=RetentionStart(row["starts"]),
        closed_on=row["closed_on"],
        started_on=row["started_on"],
        keep_until=row["keep_until"],
        held=row.get("held", False),
    )

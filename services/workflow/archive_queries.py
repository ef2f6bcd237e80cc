"""What the records manager reads: what may go, lists and records of destruction, what is held and kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.workflow.domain.destruction import DueCase
from services.workflow.queries import Row
from services.workflow.records_store import DUE, DUE_COLUMNS, HELD, due_from_row
from shared.database import Connection

SHOWN: Final = 500
"""Lines of one page; the counts go on."""

_MONTHS = f"""
select date_trunc('month', r.keep_until)::date as month, count(*) as cases, count(*) filter (where {HELD}) as held
from workflow.records r join workflow.cases c on c.id = r.case_id where {DUE} group by 1 order by 1
"""
_DUE = f"""
select {DUE_COLUMNS}, {HELD} as held from workflow.records r join workflow.cases c on c.id = r.case_id
where {DUE} and r.keep_until >= %(month)s and r.keep_until < %(month)s + interval '1 month'
order by r.keep_until, c.reference limit {SHOWN}
"""
_LISTS = """
select l.id, l.month, l.state, l.drawn_up_by, drawn.name as drawn_up_name, l.drawn_up_at, judge.name as judged_name,
       l.judged_at, l.because,
       case when l.state = 'approved' then (select count(*) from workflow.destructions d where d.list_id = l.id)
       else (select count(*) from workflow.destruction_items i where i.list_id = l.id) end as cases
from workflow.destruction_lists l join workflow.people drawn on drawn.subject = l.drawn_up_by
left join workflow.people judge on judge.subject = l.judged_by
"""
_ON_LIST = f"""
select {DUE_COLUMNS}, {HELD} as held from workflow.destruction_items i
join workflow.records r on r.case_id = i.case_id join workflow.cases c on c.id = i.case_id
where i.list_id = %(list)s order by r.keep_until, c.reference
"""
_GONE = f"""
select d.case_id, d.reference, d.product, d.title_nl, d.title_en, d.ending, d.number, d.years, d.starts, d.started_on,
       d.closed_on, d.keep_until, d.ordered_at, drawn.name as drawn_up_name, judge.name as judged_name,
       array(select p.service from workflow.destruction_reports p where p.case_id = d.case_id order by 1) as services,
       (select max(p.at) from workflow.destruction_reports p where p.case_id = d.case_id) as last_at
from workflow.destructions d join workflow.destruction_lists l on l.id = d.list_id
join workflow.people drawn on drawn.subject = l.drawn_up_by join workflow.people judge on judge.subject = l.judged_by
where %(list)s::uuid is null or d.list_id = %(list)s order by d.ordered_at desc, d.reference limit {SHOWN}
"""
_FOR_EVER = f"""
select c.reference, c.title_nl, c.title_en, r.ending, r.number, r.closed_on,
       (r.closed_on + make_interval(years => %(years)s))::date as transfer_by from workflow.records r
join workflow.cases c on c.id = r.case_id where r.years is null order by r.closed_on, c.reference limit {SHOWN}
"""
_HELD = """
select c.reference, c.title_nl, c.title_en, h.because, h.until, p.name as who from workflow.holds h
join workflow.cases c on c.id = h.case_id join workflow.people p on p.subject = h.placed_by
where h.lifted_at is null and (h.until is null or h.until >= %(today)s) order by h.placed_at
"""
_COUNTS = """
select (select count(*) from workflow.records where years is null) as for_ever,
       (select count(*) from workflow.records where years is not null and keep_until is null) as unknown,
       (select count(*) from workflow.destructions) as gone
"""


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A case that was destroyed, or is being so: `services` reported that nothing is left."""

    case: DueCase
    row: Row

    @property
    def done(self) -> bool:
        """Whether every service reported."""
        return len(self.row["services"]) == 3


def months_due(connection: Connection, *, today: date) -> Sequence[Row]:
    """Count what may go on this day by the month in which its term ended."""
    return connection.execute(_MONTHS, {"today": today}).fetchall()


def cases_due(connection: Connection, *, month: date, today: date) -> Sequence[DueCase]:
    """Give what may go of a month."""
    return [due_from_row(row) for row in connection.execute(_DUE, {"month": month, "today": today})]


def lists(connection: Connection) -> Sequence[Row]:
    """Give the lists, those to be judged first."""
    return connection.execute(f"{_LISTS} order by l.state <> 'open', l.drawn_up_at desc limit 50").fetchall()


def list_of(connection: Connection, *, list_id: UUID) -> Row | None:
    """Give one list."""
    return connection.execute(f"{_LISTS} where l.id = %s", [list_id]).fetchone()


def cases_on(connection: Connection, *, list_id: UUID, today: date) -> Sequence[DueCase]:
    """Give the cases on a list that are still there."""
    return [due_from_row(row) for row in connection.execute(_ON_LIST, {"list": list_id, "today": today})]


def gone(connection: Connection, *, list_id: UUID | None = None) -> Sequence[Gone]:
    """Give the records of destruction, of one list or the last of all."""
    return [Gone(case=due_from_row(row), row=row) for row in connection.execute(_GONE, {"list": list_id})]


def for_ever(connection: Connection, *, years: int) -> Sequence[Row]:
    """Give what is kept for ever, with the day by which the archive has it: so many years after it was closed."""
    return connection.execute(_FOR_EVER, {"years": years}).fetchall()


def held(connection: Connection, *, today: date) -> Sequence[Row]:
    """Give what is held."""
    return connection.execute(_HELD, {"today": today}).fetchall()


def counts(connection: Connection) -> Row:
    """Count what is kept for ever, what has no known end yet, and what was destroyed."""
    return connection.execute(_COUNTS).fetchone() or {}


def holds_of(connection: Connection, *, case_id: UUID) -> Sequence[Row]:
    """Give the holds of a case that the person was found to see, the newest first."""
    return connection.execute(
        """
        select h.id, h.because, h.until, h.placed_at, h.lifted_at, p.name as who, l.name as lifter from workflow.holds h
        join workflow.people p on p.subject = h.placed_by left join workflow.people l on l.subject = h.lifted_by
        where h.case_id = %s order by h.placed_at desc
        """,
        [case_id],
    ).fetchall()

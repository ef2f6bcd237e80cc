"""How long cases took or stand open on a day, in working days without those on which their term stood still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.chances import Lived
from services.workflow.domain.ledger import Ledger, standing
from services.workflow.domain.standing_still import suspensions_in
from services.workflow.law_choices import choices
from services.workflow.queries import Row, ledgers_of
from shared.database import Connection
from shared.law.calendar import AMSTERDAM, ONE_DAY, is_working_day, next_working_day, working_days_between

LOOK_BACK: Final = timedelta(days=2 * 365)
"""Cases received before this say nothing any more: work changes."""

AT_ONCE: Final = 5_000
_EVER: Final = timedelta(days=40 * 365)
_OPEN: Final = "('received', 'in_progress', 'awaiting_supplement')"

_LOCAL = "(%s at time zone 'Europe/Amsterdam')::date"

_COUNTED: Final = f"""
day (date, number) as (select * from unnest(%(dates)s::date[], %(numbers)s::int[])),
taken as (
    select t.case_id, min({_LOCAL % "t.at"}) as on_day from wanted w join workflow.timeline t on t.case_id = w.case_id
    where t.kind in ('claimed', 'assigned') and t.at < %(dawn)s group by 1
), counted as (
    select w.*, till.number - received.number as days, taking.number - received.number as taken_after,
           exists (select from workflow.ledger l where l.case_id = w.case_id and l.kind in ('asked', 'suspended')
                   and l.at < %(dawn)s) as stopped
    from wanted w join day received on received.date = w.received_on join day till on till.date = w.until
    left join taken on taken.case_id = w.case_id left join day taking on taking.date = taken.on_day
)
"""
"""Needs `wanted` (case_id, product, received_on, until); adds what was known before dawn: `days`, those of a standstill
still among them, and whether there may be one (`stopped`)."""

_KEEP_SPANS: Final = f"""
with wanted as materialized (
    select c.id as case_id, c.product, {_LOCAL % "c.received_at"} as received_on, ended.on_day as until
    from workflow.cases c cross join lateral (
        select max(coalesce(l.day, {_LOCAL % "l.at"})) as on_day from workflow.ledger l
        where l.case_id = c.id and l.kind in ('sent', 'withdrawn')
    ) ended
    where c.status in ('announced', 'withdrawn') and ended.on_day is not null
    and not exists (select from workflow.spans s where s.case_id = c.id)
    order by c.received_at desc limit %(most)s
), {_COUNTED}, kept as (
    insert into workflow.spans (case_id, product, received_on, ended_on, days, taken_after)
    select case_id, product, received_on, until, greatest(0, days), taken_after from counted
    on conflict do nothing returning case_id
)
select count(*)::int as kept, array_agg(case_id) filter (where counted.stopped) as stopped
from kept join counted using (case_id)
"""

_STOPPED = "select case_id, received_on, ended_on as until from workflow.spans where case_id = any(%s)"
_SUBTRACT = """
update workflow.spans s set days = greatest(0, s.days - still.days)
from unnest(%s::uuid[], %s::int[]) still (case_id, days) where s.case_id = still.case_id
"""

_CLOSED: Final = """
select product, days, taken_after, count(*)::int as count, true as over from workflow.spans
where received_on >= %(since)s and ended_on < %(on)s group by 1, 2, 3
"""

_STOCK: Final = f"""
with wanted as materialized (
    select id as case_id, product, {_LOCAL % "received_at"} as received_on, %(morning)s::date as until, deadline,
           version, status = 'awaiting_supplement' as waits
    from workflow.cases where status in {_OPEN} and received_at < %(dawn)s
    union all
    select c.id, c.product, s.received_on, %(morning)s::date, c.deadline, c.version, false
    from workflow.spans s join workflow.cases c on c.id = s.case_id
    where s.ended_on >= %(on)s and s.received_on < %(on)s
), {_COUNTED}
select case_id, product, version, received_on, until, deadline, waits, days as age, taken_after, stopped from counted
order by case_id
"""


def keep_spans(connection: Connection, *, today: date, most: int | None = None) -> int:
    """Keep how long closed cases took that are not kept yet, the newest first and `most` of them; give how many."""
    asked = {"dawn": "infinity", "most": most, **_days(today - _EVER, until=today)}
    row = connection.execute(_KEEP_SPANS, asked).fetchone() or {}
    stopped: Sequence[UUID] = row.get("stopped") or ()
    if stopped:
        rows = connection.execute(_STOPPED, [list(stopped)]).fetchall()
        still = _still_days(connection, rows=rows, dawn=None)
        connection.execute(_SUBTRACT, [list(still), list(still.values())])
    kept: int = row.get("kept", 0)
    return kept


def stock_on(connection: Connection, *, on: date) -> Sequence[Row]:
    """Give the cases that were open when this day began, with their age on the morning of the next working day.

    Their deadline is that of now; of one that `waits` for its applicant it is older than that.
    """
    morning = next_working_day(on)
    asked = {"on": on, "morning": morning, "dawn": dawn_of(on), **_days(on - _EVER, until=morning)}
    rows = connection.execute(_STOCK, asked).fetchall()
    still = _still_days(connection, rows=[row for row in rows if row["stopped"]], dawn=dawn_of(on))
    return [{**row, "age": max(0, row["age"] - still.get(row["case_id"], 0))} for row in rows]


def lived_until(connection: Connection, *, on: date, stock: Sequence[Row]) -> list[Lived]:
    """Give how cases of the last two years went as known on the morning of this day, the open ones among them."""
    since = on - LOOK_BACK
    closed = connection.execute(_CLOSED, {"since": since, "on": on})
    return [
        *(Lived(**row) for row in closed),
        *(
            Lived(product=row["product"], days=row["age"], taken_after=row["taken_after"], over=False)
            for row in stock
            if row["received_on"] >= since
        ),
    ]


def dawn_of(day: date) -> datetime:
    """Give the instant at which a day begins in the Netherlands."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM)


def _still_days(connection: Connection, *, rows: Sequence[Row], dawn: datetime | None) -> Mapping[UUID, int]:
    """Count the working days of each case on which its term stood still, by what its ledger said before dawn.

    The law of it is that of the clock (`standing_still`), corrections, outages and all.
    """
    still: dict[UUID, int] = {}
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        ledgers = ledgers_of(connection, case_ids=[row["case_id"] for row in some])
        still |= {row["case_id"]: _still_in(ledgers[row["case_id"]], row=row, dawn=dawn) for row in some}
    return still


def _still_in(ledger: Ledger, *, row: Row, dawn: datetime | None) -> int:
    known = standing([entry for entry in ledger if dawn is None or entry.at < dawn])
    reached: date = row["received_on"]
    days = 0
    for stop in suspensions_in(known, upto=row["until"] + ONE_DAY, policy=choices()):
        last = min(stop.last, row["until"])
        before = max(stop.first - ONE_DAY, reached)
        if before < last:
            days += working_days_between(before, until=last)
            reached = last
    return days


def _days(first: date, *, until: date) -> Mapping[str, Any]:
    """Number the days, so that the working days between two are a difference."""
    dates = [first + number * ONE_DAY for number in range((until - first).days + 1)]
    numbers, sofar = [], 0
    for each in dates:
        sofar += is_working_day(each)
        numbers.append(sofar)
    return {"dates": dates, "numbers": numbers}

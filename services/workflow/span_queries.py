"""How long cases took or stand open on a day, in working days without those on which their term stood still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from services.workflow.domain.chances import Lived
from services.workflow.queries import Row
from shared.database import Connection
from shared.law.calendar import AMSTERDAM, ONE_DAY, is_working_day, next_working_day

LOOK_BACK: Final = timedelta(days=2 * 365)
"""Cases received before this say nothing any more: work changes."""

_EVER: Final = timedelta(days=40 * 365)
_OPEN: Final = "('received', 'in_progress', 'awaiting_supplement')"

_LOCAL = "(%s at time zone 'Europe/Amsterdam')::date"

_COUNTED: Final = f"""
day (date, number) as (select * from unnest(%(dates)s::date[], %(numbers)s::int[])),
stop as (
    select a.case_id, {_LOCAL % "a.at"} + 1 as first,
           least(coalesce({_LOCAL % "e.at"} - 1, w.until), a.answer_by) as last
    from wanted w join workflow.ledger a on a.case_id = w.case_id left join workflow.ledger e
        on e.case_id = a.case_id and e.request_id = a.request_id and e.kind = 'answered' and e.at < %(dawn)s
    where a.kind = 'asked' and a.at < %(dawn)s
    union all
    select s.case_id, s.first_day, least(s.last_day, e.day - 1, w.until)
    from wanted w join workflow.ledger s on s.case_id = w.case_id left join workflow.ledger e
        on e.case_id = s.case_id and e.request_id = s.request_id and e.kind = 'resumed' and e.at < %(dawn)s
    where s.kind = 'suspended' and s.at < %(dawn)s
    and not exists (select from workflow.ledger k where k.case_id = s.case_id and k.corrects = s.act)
), stretch as (
    select case_id, unnest(range_agg(daterange(first, last, '[]'))) as days from stop where first <= last group by 1
), still as (
    select s.case_id, sum(till.number - before.number)::int as days
    from stretch s join day before on before.date = lower(s.days) - 1 join day till on till.date = upper(s.days) - 1
    group by 1
), taken as (
    select t.case_id, min({_LOCAL % "t.at"}) as on_day from wanted w join workflow.timeline t on t.case_id = w.case_id
    where t.kind in ('claimed', 'assigned') and t.at < %(dawn)s group by 1
), counted as (
    select w.*, greatest(0, till.number - received.number - coalesce(still.days, 0)) as days,
           taking.number - received.number as taken_after
    from wanted w join day received on received.date = w.received_on join day till on till.date = w.until
    left join still on still.case_id = w.case_id
    left join taken on taken.case_id = w.case_id left join day taking on taking.date = taken.on_day
)
"""
"""Needs `wanted` (case_id, product, received_on, until); adds `days` and `taken_after` as known before dawn."""

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
), {_COUNTED}
insert into workflow.spans (case_id, product, received_on, ended_on, days, taken_after)
select case_id, product, received_on, until, days, taken_after from counted
on conflict do nothing
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
select case_id, product, version, received_on, deadline, waits, days as age, taken_after from counted order by case_id
"""


def keep_spans(connection: Connection, *, today: date, most: int | None = None) -> int:
    """Keep how long closed cases took that are not kept yet, the newest first and `most` of them; give how many."""
    asked = {"dawn": "infinity", "most": most, **_days(today - _EVER, until=today)}
    return connection.execute(_KEEP_SPANS, asked).rowcount


def stock_on(connection: Connection, *, on: date) -> Sequence[Row]:
    """Give the cases that were open when this day began, with their age on the morning of the next working day.

    Their deadline is that of now; of one that `waits` for its applicant it is older than that.
    """
    morning = next_working_day(on)
    asked = {"on": on, "morning": morning, "dawn": dawn_of(on), **_days(on - _EVER, until=morning)}
    return connection.execute(_STOCK, asked).fetchall()


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


def _days(first: date, *, until: date) -> Mapping[str, Any]:
    """Number the days, so that the working days between two are a difference."""
    dates = [first + number * ONE_DAY for number in range((until - first).days + 1)]
    numbers, sofar = [], 0
    for each in dates:
        sofar += is_working_day(each)
        numbers.append(sofar)
    return {"dates": dates, "numbers": numbers}

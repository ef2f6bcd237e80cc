"""Times of cases, kept in PostgreSQL with the sums that pages read; worked out anew whenever something happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.workflow.domain.clock import NotReceivedError, read_clock
from services.workflow.domain.ledger import Entry
from services.workflow.domain.times import Heard, Times, read_times
from services.workflow.law_choices import terms_for
from services.workflow.queries import Row, ledgers_of
from shared.catalogue.versions import AlteredVersionError, UnknownVersionError, recall
from shared.database import Connection
from shared.law.calendar import local_date
from shared.log import logger

AT_ONCE: Final = 500
_LOCK: Final = 0x71_3E_5
"""One process at a time adds to the sums."""

_TAKE: Final = """
delete from workflow.stirred where id in (select id from workflow.stirred order by id limit %s) returning case_id
"""
_CASES: Final = """
select c.id, c.product, c.version, c.team, c.channel,
       case when d.four_eyes and f.saved_by <> d.decided_by then f.saved_at end as offered_at
from workflow.cases c
left join workflow.decisions d on d.case_id = c.id left join workflow.drafts f on f.case_id = c.id and d.four_eyes
where c.id = any(%s)
"""
_HELD: Final = """
select case_id, at, kind <> 'released' as held from workflow.timeline
where case_id = any(%s) and kind in ('claimed', 'assigned', 'released') order by id
"""
_ADVICE: Final = "select case_id, asked_at, given_at from workflow.advice where case_id = any(%s)"

_TIMES: Final = (
    "id, product, team, channel, received_on, ended_on, outcome, step, due, on_time, gross, net, asked, suspended, "
    "extended, defaulted, penalty"
)
_ROLL_TIMES: Final = """
with counted as (
select date_trunc('month', t.ended_on)::date as month, found.what, t.product, t.team, t.channel, found.value,
       count(*) as cases
from workflow.case_times t cross join lateral (
    values ('ended', 0, true), ('withdrawn', 0, t.outcome = 'withdrawn'), ('gross', t.gross, t.gross is not null),
           ('net', t.net, t.net is not null), ('on_time', 0, t.on_time),
           ('complete', 0, t.gross is not null and t.asked = 0), ('suspended', 0, t.gross is not null and t.suspended),
           ('extended', 0, t.gross is not null and t.extended),
           ('defaulted', 0, t.gross is not null and t.defaulted),
           ('penalty', t.penalty, t.penalty > 0)
    union all
    select 'in.' || s.step, sum(s.beyond - s.first)::int, t.outcome = 'sent'
    from workflow.case_steps s where s.case_id = t.id group by s.step
) as found (what, value, counts)
where found.counts and t.ended_on is not null and (%(ids)s::uuid[] is null or t.id = any(%(ids)s))
group by 1, 2, 3, 4, 5, 6
)
insert into workflow.rolled_times as r (month, what, product, team, channel, value, cases)
select month, what, coalesce(product, '*'), coalesce(team, '*'), coalesce(channel, '*'), value,
       %(sign)s * sum(cases)
from counted group by month, what, value, cube (product, team, channel)
on conflict (month, what, product, team, channel, value) do update set cases = r.cases + excluded.cases
"""
_ROLL_FLOW: Final = """
with counted as (
select date_trunc('week', found.day)::date as week, found.step, t.product, t.team, t.channel,
       count(*) filter (where found.enters) as entered, count(*) filter (where not found.enters) as "left"
from workflow.case_times t cross join lateral (
    select t.received_on, '', true union all select t.ended_on, '', false
    union all select s.first, s.step, true from workflow.case_steps s where s.case_id = t.id
    union all select s.beyond, s.step, false from workflow.case_steps s where s.case_id = t.id
) as found (day, step, enters)
where found.day is not null and (%(ids)s::uuid[] is null or t.id = any(%(ids)s))
group by 1, 2, 3, 4, 5
)
insert into workflow.rolled_flow as r (week, step, product, team, channel, entered, "left")
select week, step, coalesce(product, '*'), coalesce(team, '*'), coalesce(channel, '*'),
       %(sign)s * sum(entered), %(sign)s * sum("left")
from counted group by week, step, cube (product, team, channel)
on conflict (week, step, product, team, channel)
do update set entered = r.entered + excluded.entered, "left" = r."left" + excluded."left"
"""
_FORGET: Final = """
update workflow.case_times set id = gen_random_uuid(), gone = true
where id = (select id from workflow.cases where reference = %s)
"""
_SETTLE: Final = """
delete from workflow.stirred where case_id = (select id from workflow.cases where reference = %s)
"""
_AFTER: Final = "select id from workflow.cases where id > %s order by id limit %s"
_ANALYZE: Final = ("analyze workflow.case_times", "analyze workflow.case_steps")
"""All of their rows are new, and PostgreSQL plans by what it knew of the old ones."""
_EMPTY_SUMS: Final = ("delete from workflow.rolled_times", "delete from workflow.rolled_flow")
"""Deleted, not truncated, as times are: that would let everybody who reads or handles a case wait until the end."""


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is known of some cases, before it is reckoned with."""

    rows: Sequence[Row]
    ledgers: Mapping[UUID, tuple[Entry, ...]]
    held: Mapping[UUID, Sequence[Row]]
    advice: Mapping[UUID, Sequence[Row]]


@dataclass(frozen=True, kw_only=True)
class _Timed:
    row: Row
    times: Times


def keep_up(connection: Connection, *, today: date) -> int:
    """Work out anew some of the cases in which something happened, within one transaction; give how many.

    One process at a time does this; the others find nothing to do. What happens meanwhile is done the next time.
    """
    with connection.transaction():
        free = connection.execute("select pg_try_advisory_xact_lock(%s) as free", [_LOCK]).fetchone()
        if not (free and free["free"]):
            return 0
        ids = sorted({row["case_id"] for row in connection.execute(_TAKE, [AT_ONCE])})
        if not ids:
            return 0
        _roll(connection, ids=ids, sign=-1)
        connection.execute("delete from workflow.case_times where id = any(%s)", [ids])
        connection.execute("delete from workflow.spans where case_id = any(%s)", [ids])  # kept anew at night
        write_times(connection, case_ids=ids, today=today)
        _roll(connection, ids=ids, sign=1)
    return len(ids)


def rebuild(connection: Connection, *, today: date, reader: Connection | None = None) -> int:
    """Work out every case and every sum anew, within the caller's transaction; give how many cases there are.

    What is left of cases that were destroyed counts as it did. Nobody waits for it: pages show what was, and what
    happens meanwhile is worked out after it. Over a connection of its own, `reader`, the next cases are read while
    those before are worked out.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    connection.execute("delete from workflow.stirred")
    connection.execute("delete from workflow.case_times where not gone")
    connection.execute("delete from workflow.spans")  # kept anew when it is foretold
    done, told = 0, _all_told(reader or connection)
    for some in _ahead(told) if reader else told:
        _write(connection, told=some, today=today)
        done += len(some.rows)
    for statement in _ANALYZE:
        connection.execute(statement)
    add_up(connection)
    return done


def write_times(connection: Connection, *, case_ids: Sequence[UUID], today: date) -> None:
    """Write the times of cases that have none; whoever calls adds them to the sums."""
    _write(connection, told=_tell(connection, case_ids=case_ids), today=today)


def add_up(connection: Connection) -> None:
    """Work out every sum anew from the times of all cases, within the caller's transaction."""
    for statement in _EMPTY_SUMS:
        connection.execute(statement)
    _roll(connection, ids=None, sign=1)


def forget(connection: Connection, *, reference: str) -> None:
    """Cut the times of a case loose from it before it is destroyed: they count on and lead to nothing.

    It waits for who works out times at this moment: the row would be another one by then.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    connection.execute(_FORGET, [reference])
    connection.execute(_SETTLE, [reference])


def _all_told(connection: Connection) -> Iterator[_Told]:
    last = UUID(int=0)
    while ids := [row["id"] for row in connection.execute(_AFTER, [last, AT_ONCE])]:
        yield _tell(connection, case_ids=ids)
        last = ids[-1]


def _ahead(told: Iterator[_Told], /) -> Iterator[_Told]:
    """Give the same; the next is read while the last is worked with."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, told, None)
        while some := coming.result():
            coming = thread.submit(next, told, None)
            yield some


def _tell(connection: Connection, *, case_ids: Sequence[UUID]) -> _Told:
    ids = list(case_ids)
    return _Told(
        rows=connection.execute(_CASES, [ids]).fetchall(),
        ledgers=ledgers_of(connection, case_ids=ids),
        held=_days(connection.execute(_HELD, [ids]).fetchall()),
        advice=_days(connection.execute(_ADVICE, [ids]).fetchall()),
    )


def _write(connection: Connection, *, told: _Told, today: date) -> None:
    timed = list(_reckon(connection, told=told, today=today))
    with connection.cursor().copy(f"copy workflow.case_times ({_TIMES}) from stdin") as copy:
        for each in timed:
            copy.write_row(_values(each))
    with connection.cursor().copy("copy workflow.case_steps (case_id, step, first, beyond) from stdin") as copy:
        for each in timed:
            for span in each.times.spans:
                copy.write_row((each.row["id"], span.step.value, span.first, span.beyond))


def _roll(connection: Connection, *, ids: Sequence[UUID] | None, sign: int) -> None:
    """Add what these cases count for to the sums, or take it from them; None: all cases."""
    for statement in (_ROLL_TIMES, _ROLL_FLOW):
        connection.execute(statement, {"ids": ids, "sign": sign})


def _reckon(connection: Connection, *, told: _Told, today: date) -> Iterator[_Timed]:
    for row in told.rows:
        heard = Heard(
            held=[(local_date(line["at"]), line["held"]) for line in told.held.get(row["id"], ())],
            advice=[
                (local_date(line["asked_at"]), line["given_at"] and local_date(line["given_at"]))
                for line in told.advice.get(row["id"], ())
            ],
            offered_on=row["offered_at"] and local_date(row["offered_at"]),
        )
        try:
            product = recall(connection, product_id=row["product"], version=row["version"])
            ledger = told.ledgers[row["id"]]
            clock = read_clock(ledger, terms=terms_for(product.process), today=today)
            yield _Timed(row=row, times=read_times(ledger, heard=heard, clock=clock))
        except (UnknownVersionError, AlteredVersionError, NotReceivedError, KeyError) as error:
            logger.error("case_without_times", error=type(error).__name__)  # it keeps no other from its times


def _days(rows: Sequence[Row]) -> Mapping[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append(row)
    return found


def _values(timed: _Timed, /) -> tuple[object, ...]:
    row, times = timed.row, timed.times
    return (
        *(row["id"], row["product"], row["team"], row["channel"]),
        *(times.received_on, times.ended_on, times.outcome, times.step and times.step.value, times.due, times.on_time),
        *(times.gross, times.net, times.asked, times.suspended, times.extended, times.defaulted, times.penalty),
    )

"""Works out each night what will be late and when the stock is done, and keeps what was said to see if it is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from psycopg.types.json import Jsonb

from services.workflow.domain.chances import Past, Standing
from services.workflow.domain.outlook import (
    EVERY,
    Office,
    Week,
    foresee,
    to_plain,
    weekdays_until,
)
from services.workflow.queries import Row
from services.workflow.said_deadlines import deadlines_on
from services.workflow.span_queries import dawn_of, keep_spans, lived_until, stock_on
from shared.database import Connection
from shared.law.calendar import ONE_DAY, next_working_day, working_days_between
from shared.log import logger

MONTHS: Final = 12
SAMPLED: Final = 500
"""Cases of a month of which the chance is kept: enough to see whether chances come true."""

A_NIGHT: Final = 3
"""Months that were missed, of which the chances are worked out in one night: a first night ends in time, too."""
SPANS_A_NIGHT: Final = 200_000
"""Closed cases of which it is kept in one night how long they took: what a large city closes in a year."""

WEEKS: Final = 26
LATELY: Final = timedelta(weeks=13)

_SAY: Final = "copy workflow.said (said_on, case_id, chance, term, deadline) from stdin"
_WRITE: Final = "copy workflow.foretold (case_id, product, deadline, age, taken, chance, basis, alike, late) from stdin"
_SAID: Final = "select distinct said_on from workflow.said where said_on >= %s"
_SETTLE: Final = """
with known as (
    select s.said_on, s.case_id, p.days, p.case_id is not null as over from workflow.said s
    left join workflow.spans p on p.case_id = s.case_id where s.late is null and s.deadline < %(today)s
)
update workflow.said s set late = coalesce(k.days, f.age - 1) > s.term
from known k left join workflow.foretold f on f.case_id = k.case_id
where (s.said_on, s.case_id) = (k.said_on, k.case_id) and (k.over or f.age - 1 > s.term)
"""
"""A case that is still open was so at the end of the day before; late once that is past its term."""

_CAME: Final = """
select (received_at at time zone 'Europe/Amsterdam')::date as day, count(*)::int as count from workflow.cases c
where received_at >= %(first)s and received_at < %(dawn)s
and not exists (select from workflow.at_once o where o.case_id = c.id) group by 1
"""
_DONE: Final = """
select ended_on as day, count(*)::int as count from workflow.spans s
where ended_on >= %(since)s and ended_on < %(monday)s
and not exists (select from workflow.at_once o where o.case_id = s.case_id) group by 1
"""
_TERMS: Final = """
select (c.received_at at time zone 'Europe/Amsterdam')::date as day, c.deadline, count(*)::int as count
from workflow.cases c where received_at >= %(first)s and received_at < %(dawn)s
and not exists (select from workflow.at_once o where o.case_id = c.id) group by 1, 2
"""
_COLLEAGUES: Final = """
select count(distinct c.handler)::int as count from workflow.spans s join workflow.cases c on c.id = s.case_id
where s.ended_on >= %s
"""


def foretell(connection: Connection, *, today: date, months: int = MONTHS, spans: int | None = None) -> None:
    """Foretell on this morning; the same cases give the same, and so does a second time on a day.

    At most so many months that were missed are made up for, and so many `spans` of closed cases (None: all).
    """
    keep_spans(connection, today=today, most=spans)
    stock = _stock_now(connection, today=today)
    past = Past(lived_until(connection, on=today, stock=stock))
    connection.execute("delete from workflow.foretold")
    with connection.cursor() as cursor, cursor.copy(_WRITE) as copy:
        for row in stock:
            standing = _standing(row, deadline=row["deadline"], on=today)
            told = past.chance(standing)
            about = (row["case_id"], row["product"], row["deadline"], row["age"], standing.taken)
            copy.write_row((*about, told.share, told.basis, told.alike, told.late))
    _keep_said(connection, today=today, months=months)
    connection.execute(_SETTLE, {"today": today})
    _look_ahead(connection, stock=stock, today=today)


def foretell_apart(connection: Connection, *, today: date) -> None:
    """Foretell in a transaction of its own: when it fails, what was told yesterday stays, and all else goes on."""
    try:
        with connection.transaction():
            foretell(connection, today=today, months=A_NIGHT, spans=SPANS_A_NIGHT)
    except Exception as error:  # whatever is wrong with forecasts, the day goes on
        if connection.closed:
            raise
        logger.error("nothing_foretold", error=type(error).__name__)


def _stock_now(connection: Connection, *, today: date) -> Sequence[Row]:
    """Give the open cases; the term of one that waits for its applicant is reckoned as if the answer came today."""
    stock = stock_on(connection, on=today)
    waiting = deadlines_on(connection, rows=[row for row in stock if row["waits"]], on=today)
    return [{**row, "deadline": waiting.get(row["case_id"], row["deadline"])} for row in stock]


def _standing(row: Row, *, deadline: date, on: date) -> Standing:
    left = working_days_between(next_working_day(on), until=deadline)
    return Standing(
        product=row["product"],
        age=row["age"],
        term=row["age"] + left if deadline >= on else row["age"] - 1,
        taken=row["taken_after"] is not None,
    )


def _keep_said(connection: Connection, *, today: date, months: int) -> None:
    """Keep what is said on the first of each of the last months; of those that were missed, what was known then."""
    firsts = list(_firsts(today))
    known = {row["said_on"] for row in connection.execute(_SAID, [firsts[-1]])}
    for first in [each for each in firsts if each not in known][:months]:
        _say(connection, on=first)


def _firsts(today: date) -> Iterator[date]:
    """Give the first days of this month and those before, the last first."""
    first = today.replace(day=1)
    for _ in range(MONTHS):
        yield first
        first = (first - ONE_DAY).replace(day=1)


def _say(connection: Connection, *, on: date) -> None:
    stock = stock_on(connection, on=on)
    past = Past(lived_until(connection, on=on, stock=stock))
    some = Random(on.toordinal()).sample(stock, min(SAMPLED, len(stock)))  # noqa: S311 repeatable, and no secret
    deadlines = deadlines_on(connection, rows=some, on=on)
    with connection.cursor() as cursor, cursor.copy(_SAY) as copy:
        for row in some:
            deadline = deadlines[row["case_id"]]
            standing = _standing(row, deadline=deadline, on=on)
            told = past.chance(standing)
            if told.share is not None and told.basis != "passed":
                copy.write_row((on, row["case_id"], told.share, standing.term, deadline))


def _look_ahead(connection: Connection, *, stock: Sequence[Row], today: date) -> None:
    office = _office(connection, stock=stock, today=today)
    for what_if in EVERY:
        outlook = to_plain(foresee(office, what_if=what_if, seed=today.toordinal()))
        connection.execute(
            "insert into workflow.outlooks (what_if, foretold_on, outlook) values (%(key)s, %(on)s, %(outlook)s) "
            "on conflict (what_if) do update set foretold_on = excluded.foretold_on, outlook = excluded.outlook",
            {"key": what_if.key, "on": today, "outlook": Jsonb(outlook) if outlook else None},
        )


def _office(connection: Connection, *, stock: Sequence[Row], today: date) -> Office:
    """Describe the office by its last half year; what rules decide at once is no work of people."""
    morning = first_weekday(today)
    monday = today - timedelta(days=today.weekday())
    since = monday - timedelta(weeks=WEEKS)
    asked = {"since": since, "monday": monday, "first": dawn_of(since), "dawn": dawn_of(monday)}
    came, done, terms = Counter[date](), Counter[date](), Counter[int]()
    came.update({row["day"]: row["count"] for row in connection.execute(_CAME, asked)})
    done.update({row["day"]: row["count"] for row in connection.execute(_DONE, asked)})
    for row in connection.execute(_TERMS, asked):
        terms[_rounded(weekdays_until(row["day"], until=row["deadline"]))] += row["count"]
    weeks = [_week(since + timedelta(weeks=number), came=came, done=done) for number in range(WEEKS)]
    counted = connection.execute(_COLLEAGUES, [today - LATELY]).fetchone()
    return Office(
        stock=Counter(weekdays_until(morning, until=row["deadline"]) for row in stock),
        weeks=[week for week in weeks if sum(week.came) + sum(week.done)],
        terms={term: count / terms.total() for term, count in terms.items()},
        colleagues=counted["count"] if counted else 0,
        starts=morning.weekday(),
    )


def first_weekday(day: date) -> date:
    """Give this day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _rounded(days: int) -> int:
    """Terms to whole weeks: there are a dozen then, whatever holidays and questions did to each."""
    return 5 * max(1, round(days / 5))


def _week(monday: date, *, came: Mapping[date, int], done: Mapping[date, int]) -> Week:
    """Count a week; what came in or was done at the weekend counts with the Friday."""
    return Week(came=_five(monday, counts=came), done=_five(monday, counts=done))


def _five(monday: date, *, counts: Mapping[date, int]) -> tuple[int, ...]:
    days = [counts[monday + timedelta(days=number)] for number in range(7)]
    return (*days[:4], sum(days[4:]))

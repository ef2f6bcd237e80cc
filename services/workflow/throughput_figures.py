"""Reads throughput figures from the sums: one set of figures for page, files, print and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from services.workflow.domain.indicators import FEWEST, gives_away, kept_back
from services.workflow.domain.throughput import (
    ZONES,
    Bottleneck,
    Counted,
    Histogram,
    Summary,
    Week,
    bottlenecks,
    summary_of,
    weeks_of,
    zone_of,
)
from services.workflow.domain.times import Step
from services.workflow.queries import Row
from services.workflow.rows import IN_SCOPE
from shared.access import EVERYTHING, Scope
from shared.database import Connection

DOTS: Final = 250
"""As many cases as a chart shows: all, or some of each part of the period."""
PARTS: Final = 25
AMONG: Final = 1_000
"""Of a part of the period so many of the first cases take part in the lot: what a large city ends on a day."""
WEEKS: Final = 13
PAST_MONTHS: Final = 12
"""How far back lies the past against which open work is held."""

PER: Final = ("product", "team", "channel", "month")

ALL: Final = "*"
"""Stands in the sums for all products, teams or channels together; the sums hold each of them and every mixture."""

_HERE: Final = "product = %(product)s and team = %(team)s and channel = %(channel)s"
_BY_PRODUCT: Final = "product <> '*' and %(product)s in ('*', product) and team = %(team)s and channel = %(channel)s"
_OF_CASES: Final = "%(product)s in ('*', t.product) and %(team)s in ('*', t.team) and %(channel)s in ('*', t.channel)"
_TIMES: Final = """
select {key}::text as key, what, value, sum(cases)::bigint as cases from workflow.rolled_times
where month between %(since)s and %(until)s and {here} group by 1, 2, 3
"""
_WIDER: Final = """
select {key}::text as key, month >= %(since)s as now, sum(cases)::bigint as cases from workflow.rolled_times
where month between %(before)s and %(until)s and what = 'gross' and {here} group by 1, 2
"""
_WAITS: Final = f"""
select product, substr(what, 4) as step, sum(cases) filter (where value > 0)::bigint as cases,
       sum(value * cases)::bigint as days
from workflow.rolled_times where month between %(since)s and %(until)s and what like 'in.%%' and {_BY_PRODUCT}
group by 1, 2
"""
_STOOD: Final = f"""
select step, sum(entered - "left")::bigint as standing from workflow.rolled_flow
where week < %(first)s and {_HERE} group by step
"""
_MOVED: Final = f"""
select week, step, entered, "left" from workflow.rolled_flow where week between %(first)s and %(last)s and {_HERE}
"""
_OPEN: Final = f"""
select t.product, t.step, t.received_on, count(*) as cases,
       count(*) filter (where t.due < %(today)s and t.step <> 'applicant') as late
from workflow.case_times t where t.ended_on is null and {_OF_CASES} group by 1, 2, 3
"""
_ALL_OPEN: Final = f"select count(*) as cases from workflow.case_times t where t.ended_on is null and {_OF_CASES}"
_ALL_MOVED: Final = f"""
select coalesce(sum(entered), 0)::bigint as came, coalesce(sum("left"), 0)::bigint as ended
from workflow.rolled_flow where step = '' and week between %(first)s and %(last)s and {_HERE}
"""
_PAST: Final = f"""
select product, value, sum(cases)::bigint as cases from workflow.rolled_times
where month >= %(since)s and what = 'gross' and {_BY_PRODUCT} group by 1, 2
"""
_ENDED: Final = f"""
select t.ended_on, t.gross, t.on_time,
       (select reference from workflow.cases where id = t.id and {IN_SCOPE}) as reference
from generate_series(%(since)s::date, %(until)s::date, %(days)s * interval '1 day') as first cross join lateral (
    select id from (
        select t.id from workflow.case_times t
        where t.outcome = 'sent' and t.ended_on >= first::date and t.ended_on < first::date + %(days)s
        and t.ended_on <= %(until)s and {_OF_CASES} order by t.ended_on, t.id limit {AMONG}
    ) among order by uuid_hash(id) limit %(each)s
) drawn join workflow.case_times t using (id) order by t.ended_on desc, t.id desc
"""
"""A lot that is the same each time; the last or the first by number would be those that went fastest or slowest."""
_CHOICES: Final = """
(with recursive found as (
    (select {name} as value from workflow.rolled_flow where {others} order by {name} limit 1)
    union all
    select (select f.{name} from workflow.rolled_flow f where f.{name} > value and {others} order by f.{name} limit 1)
    from found where value is not null
) select '{name}' as name, value from found where value not in ('', '*'))
"""
"""Jumps from one to the next over the index: there are some dozens in all weeks together."""
_TITLES: Final = """
select product, title_nl, title_en from unnest(%s::text[]) as given (product) cross join lateral (
    select title_nl, title_en from workflow.cases c where c.product = given.product order by received_at desc limit 1
) newest
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: whole months from `since` up to today or the end of a year; "" for every product and so on."""

    since: date
    until: date
    product: str = ""
    team: str = ""
    channel: str = ""
    per: str = "product"

    @property
    def wider(self) -> list[Wanted]:
        """The same without each of its filters."""
        return [self.without(name) for name, value in self.filters.items() if value]

    @property
    def before(self) -> Wanted:
        """The time just before, as long."""
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return Wanted(
            since=months_before(self.since, months=months),
            until=self.since - timedelta(days=1),
            **self.filters,
            per=self.per,
        )

    def without(self, name: str, /) -> Wanted:
        """The same without one of its filters."""
        return Wanted(since=self.since, until=self.until, **{**self.filters, name: ""}, per=self.per)

    @property
    def filters(self) -> dict[str, str]:
        """The parts that choose among cases."""
        return {"product": self.product, "team": self.team, "channel": self.channel}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Open work today: how many cases, how many past their last day, the oldest in days, and ages by step and zone.

    It is `covered` where, taken from all open work without one of the filters, it would tell of a few cases.
    """

    cases: int
    late: int
    oldest: int
    zones: Mapping[Step, Sequence[int]]
    covered: bool

    @property
    def is_small(self) -> bool:
        """Whether there are too few to show figures of."""
        return self.cases < FEWEST

    @property
    def is_shown(self) -> bool:
        """Whether there are enough to show figures of, and that gives no few others away."""
        return not (self.is_small or self.covered)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of one question, so that whatever shows them shows the same."""

    wanted: Wanted
    whole: Summary
    before: Summary
    groups: Mapping[str, Summary]
    weeks: Sequence[Week]
    standing: Standing
    bottlenecks: Sequence[Bottleneck]
    dots: Sequence[Row]

    @property
    def shows_weeks(self) -> bool:
        """Whether enough came in or was ended in these weeks to show how it flowed."""
        return max(sum(week.came for week in self.weeks), sum(week.ended for week in self.weeks)) >= FEWEST


def figures_of(
    connection: Connection, *, wanted: Wanted, today: date, euros_a_day: Decimal, scope: Scope = EVERYTHING
) -> Figures:
    """Read everything that was asked for; only cases within the scope are named."""
    counted: dict[str, list[Counted]] = {}
    for row in _rows(connection, _TIMES.format(key=wanted.per, here=_here(wanted.per)), wanted=wanted):
        counted.setdefault(row["key"], []).append((row["what"], row["value"], row["cases"]))
    former = _rows(connection, _TIMES.format(key="''", here=_HERE), wanted=wanted.before)
    wider = _wider(connection, wanted=wanted)
    whole = _covered(
        summary_of(each for group in counted.values() for each in group), of=[each.of(now=True) for each in wider]
    )
    waits = _rows(connection, _WAITS, wanted=wanted) if whole.is_shown else ()
    return Figures(
        wanted=wanted,
        whole=whole,
        before=_covered(
            summary_of((row["what"], row["value"], row["cases"]) for row in former),
            of=[each.of(now=False) for each in wider],
        ),
        groups=_groups(counted, whole=whole, wider=wider),
        weeks=_weeks(connection, wanted=wanted, today=today),
        standing=_standing(connection, wanted=wanted, today=today),
        bottlenecks=bottlenecks(
            ((row["product"], Step(row["step"]), row["cases"] or 0, row["days"]) for row in waits),
            euros_a_day=euros_a_day,
        ),
        dots=_dots(connection, wanted=wanted, cases=whole.cases, scope=scope) if whole.is_shown else (),
    )


def choices(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Give the products, teams and channels that there are figures of."""
    found: dict[str, list[str]] = {"product": [], "team": [], "channel": []}
    asked = " union all ".join(
        _CHOICES.format(name=name, others=" and ".join(f"{other} = '{ALL}'" for other in found if other != name))
        for name in found
    )
    for row in connection.execute(asked.encode()):
        found[row["name"]].append(row["value"])
    return {name: sorted(values) for name, values in found.items()}


def titles_of(connection: Connection, *, products: Sequence[str]) -> Mapping[str, Row]:
    """Give the last title of each product."""
    return {row["product"]: row for row in connection.execute(_TITLES, [list(products)])}


def first_month(connection: Connection) -> date | None:
    """Give the first month in which a case ended."""
    row = connection.execute(
        "select min(month) as month from workflow.rolled_times where team = '*' and channel = '*'"
    ).fetchone()
    return row["month"] if row else None


def months_before(day: date, *, months: int) -> date:
    """Give the first day of the month so many before that of this day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _rows(connection: Connection, statement: str, /, *, wanted: Wanted, **more: Any) -> Sequence[Row]:
    chosen = {name: value or ALL for name, value in wanted.filters.items()}
    asked = {"since": wanted.since, "until": wanted.until, **chosen, **more}
    return connection.execute(statement.encode(), asked).fetchall()


@dataclass(frozen=True)
class _Wider:
    """Decisions of the same groups without one of the filters, by group and whether they are of now or of before."""

    cases: Mapping[tuple[str, bool], int]

    def of(self, *, now: bool) -> int:
        """All groups together."""
        return sum(cases for (_, of_now), cases in self.cases.items() if of_now == now)


def _wider(connection: Connection, *, wanted: Wanted) -> Sequence[_Wider]:
    """Count what each filter left out: who asks with it and without it can subtract."""
    asked = _WIDER.format(key=wanted.per, here=_here(wanted.per))
    found = (_rows(connection, asked, wanted=each, before=wanted.before.since) for each in wanted.wider)
    return [_Wider({(row["key"], row["now"]): row["cases"] for row in rows}) for rows in found]


def _covered(found: Summary, *, of: Sequence[int], anyway: bool = False) -> Summary:
    """Cover what gives a small group away, taken from one of these."""
    return replace(found, covered=anyway or any(gives_away(found.cases, of=each) for each in of))


def _groups(
    counted: Mapping[str, Sequence[Counted]], *, whole: Summary, wider: Sequence[_Wider]
) -> Mapping[str, Summary]:
    """Add up each group; all stay covered with the whole, and as many more as hide the small ones among them."""
    found = {key: summary_of(group) for key, group in sorted(counted.items())}
    back = kept_back({key: group.cases for key, group in found.items()})
    return {
        key: _covered(group, of=[each.cases.get((key, True), 0) for each in wider], anyway=whole.covered or key in back)
        for key, group in found.items()
    }


def _dots(connection: Connection, *, wanted: Wanted, cases: int, scope: Scope) -> Sequence[Row]:
    """Give all cases that ended, or as many of each part of the period, the last first."""
    days = (wanted.until - wanted.since).days // PARTS + 1
    each = DOTS if cases <= DOTS else DOTS // PARTS
    return _rows(connection, _ENDED, wanted=wanted, days=days, each=each, **vars(scope))


def _here(per: str, /) -> str:
    """Give which sums make up the groups: those of each product (team, channel), or of all together by month."""
    return _HERE.replace(f"{per} = %({per})s", f"{per} <> '{ALL}' and %({per})s in ('{ALL}', {per})")


def _weeks(connection: Connection, *, wanted: Wanted, today: date) -> list[Week]:
    """Follow the flow; nothing of it where what a filter leaves out would tell of a few cases."""
    last = min(wanted.until, today)
    last -= timedelta(days=last.weekday())
    mondays = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    asked = {"first": mondays[0], "last": last}
    stood = {row["step"]: row["standing"] for row in _rows(connection, _STOOD, wanted=wanted, **asked)}
    moved: dict[date, dict[str, tuple[int, int]]] = {}
    for row in _rows(connection, _MOVED, wanted=wanted, **asked):
        moved.setdefault(row["week"], {})[row["step"]] = (row["entered"], row["left"])
    weeks = weeks_of({step: stood.get(step, 0) for step in Step}, moved=moved, mondays=mondays)
    came, ended = sum(week.came for week in weeks), sum(week.ended for week in weeks)
    wider = [row for each in wanted.wider for row in _rows(connection, _ALL_MOVED, wanted=each, **asked)]
    if any(gives_away(came, of=row["came"]) or gives_away(ended, of=row["ended"]) for row in wider):
        return []
    return weeks


def _standing(connection: Connection, *, wanted: Wanted, today: date) -> Standing:
    past: dict[str, dict[int, int]] = {}
    year = Wanted(since=months_before(today, months=PAST_MONTHS), until=today, **wanted.filters)
    for row in _rows(connection, _PAST, wanted=year):
        past.setdefault(row["product"], {})[row["value"]] = row["cases"]
    limits = {product: _limits(Histogram(counts=counts)) for product, counts in past.items()}
    zones = {step: [0] * (len(ZONES) + 1) for step in Step}
    rows = _rows(connection, _OPEN, wanted=wanted, today=today)
    for row in rows:
        zone = zone_of((today - row["received_on"]).days, limits=limits.get(row["product"], ()))
        zones[Step(row["step"])][zone] += row["cases"]
    cases = sum(row["cases"] for row in rows)
    wider = [row["cases"] for each in wanted.wider for row in _rows(connection, _ALL_OPEN, wanted=each)]
    return Standing(
        cases=cases,
        late=sum(row["late"] for row in rows),
        oldest=max(((today - row["received_on"]).days for row in rows), default=0),
        zones=zones,
        covered=any(gives_away(cases, of=each) for each in wider),
    )


def _limits(past: Histogram, /) -> Sequence[int | None]:
    return [past.within(percent) for percent in ZONES]

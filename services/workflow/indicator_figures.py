"""Works out the indicators of the programme budget from cases and texts, by year; adopted years stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from services.workflow.domain.throughput import Counted, Summary, summary_of
from services.workflow.participation_figures import participation_of
from shared.catalogue.definitions import Kind, Product
from shared.catalogue.plan import in_force
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.law.calendar import ONE_DAY, local_date
from shared.log import logger

_FROM_CASES: Final = """
with came as (
    select s.channel, extract(year from c.received_at at time zone 'Europe/Amsterdam')::int as year,
           (select count(*) from jsonb_object_keys(s.answers)) as answers,
           (select count(*) from jsonb_path_query(s.shown, '$[*].rows[*].question') shown
            where c.product || ' ' || (shown #>> '{}') <> all(%(worked_out)s)) as asked
    from workflow.cases c cross join lateral jsonb_to_record(c.submission) s (channel text, answers jsonb, shown jsonb)
    where c.kind = 'application' and c.received_at >= %(first)s and c.received_at < %(beyond)s
), found (indicator, year, value, cases) as (
    select 'digital', year, 100 * avg((channel in ('web', 'api'))::int), count(*) from came group by year
    union all
    select 'applications', year, count(*), count(*) from came group by year
    union all
    select 'answers', year, avg(answers), count(*) from came group by year
    union all
    select 'asked', year, avg(asked), count(*) from came group by year
    union all
    select 'mark', extract(year from day)::int, avg(mark), count(*)
    from workflow.every_mark where extract(year from day) between %(from)s and %(to)s group by 2
    union all
    select 'penalties', extract(year from at at time zone 'Europe/Amsterdam')::int, sum(euros), count(*)
    from workflow.ledger where kind = 'penalty_set' and at >= %(first)s and at < %(beyond)s group by 2
)
insert into workflow.worked_out (indicator, year, value, cases)
select indicator, year, round(value, 2), cases from found
where year not in (select year from workflow.adopted_years where adopted_at is not null)
on conflict (indicator, year) do update set value = excluded.value, cases = excluded.cases
"""
_FROM_TIMES: Final = """
select extract(year from month)::int as year, what, value, sum(cases)::bigint as cases from workflow.rolled_times
where month >= make_date(%(from)s, 1, 1) and month < make_date(%(to)s + 1, 1, 1)
and what in ('gross', 'on_time', 'complete') and team = '*' and channel = '*' and product = '*'
group by 1, 2, 3
"""
_OPEN_YEARS: Final = """
delete from workflow.worked_out where year between %(from)s and %(to)s
and year not in (select year from workflow.adopted_years where adopted_at is not null)
"""
_SERVED: Final = """
select distinct on (p.product) p.product, p.version from catalogue.publication p
where p.serves_from < %(beyond)s and not exists (select from catalogue.calling_off c where c.publication = p.id)
order by p.product, p.serves_from desc, p.id desc
"""
_KEEP: Final = """
insert into workflow.worked_out (indicator, year, value, cases) values (%s, %s, %s, %s)
on conflict (indicator, year) do update set value = excluded.value, cases = excluded.cases
"""
_NO_PENALTY: Final = """
insert into workflow.worked_out (indicator, year, value, cases) values ('penalties', %s, 0, 0) on conflict do nothing
"""
"""A year in which nothing had to be paid has an amount: nothing."""
_ADOPTED: Final = "select from workflow.adopted_years where year = %s and adopted_at is not null"
_MISSING: Final = """
select min(year) as year from generate_series(
    (select extract(year from min(received_at))::int from workflow.cases), %(this)s) as year
where year not in (select year from workflow.worked_out where indicator = 'applications')
"""
_FIRST: Final = "select min(received_at) as at from workflow.cases"


def work_out(connection: Connection, *, since: int, until: int, today: date) -> None:
    """Work out these years anew, both included, but those that were adopted."""
    connection.execute(_OPEN_YEARS, {"from": since, "to": until})
    within = {"first": f"{since}-01-01 Europe/Amsterdam", "beyond": _after(until), "from": since, "to": until}
    connection.execute(_FROM_CASES, {**within, "worked_out": _worked_out_names(connection)})
    times = _times_by_year(connection, since=since, until=until)
    for year in range(since, until + 1):
        if connection.execute(_ADOPTED, [year]).fetchone() is None:
            _keep_times(connection, year=year, found=times.get(year, summary_of([])))
            _count_texts(connection, year=year, today=today)
            _keep_participation(connection, year=year, today=today)


def work_out_last(connection: Connection, *, today: date) -> None:
    """Work out this year and the one before, and every year of which nothing is known yet."""
    row = connection.execute(_MISSING, {"this": today.year}).fetchone()
    first = row["year"] if row and row["year"] else today.year
    work_out(connection, since=min(first, today.year - 1), until=today.year, today=today)


def try_to_work_out(connection: Connection, *, today: date) -> None:
    """Work out the last years; whatever goes wrong undoes this alone, and is tried again tomorrow."""
    try:
        with connection.transaction():
            work_out_last(connection, today=today)
    except Exception as error:  # the deadlines that are renewed in the same transaction go before figures
        if connection.closed:
            raise
        logger.error("indicators_not_worked_out", error=type(error).__name__)


def work_out_all(connection: Connection, *, today: date) -> None:
    """Work out every year from the first case on; the same cases give the same figures."""
    row = connection.execute(_FIRST).fetchone()
    first = local_date(row["at"]).year if row and row["at"] else today.year
    work_out(connection, since=first, until=today.year, today=today)


def _times_by_year(connection: Connection, *, since: int, until: int) -> Mapping[int, Summary]:
    """Read the figures on time from the sums that the page of throughput times shows too."""
    counted: dict[int, list[Counted]] = {}
    for row in connection.execute(_FROM_TIMES, {"from": since, "to": until}):
        counted.setdefault(row["year"], []).append((row["what"], row["value"], row["cases"]))
    return {year: summary_of(each) for year, each in counted.items()}


def _worked_out_names(connection: Connection) -> list[str]:
    """Name with their product what applications show that nobody was asked: what was worked out from answers."""
    rows = connection.execute("select distinct product, version from catalogue.publication").fetchall()
    products = [recall(connection, product_id=row["product"], version=row["version"]) for row in rows]
    asked, shown = set[str](), set[str]()
    for product in products:
        asked |= {f"{product.id} {each.id}" for each in product.questions if each.asks}
        shown |= {f"{product.id} {each.id}" for each in product.questions}
        shown |= {f"{product.id} {each.id}" for each in product.computed}
    return sorted(shown - asked)


def _keep_times(connection: Connection, *, year: int, found: Summary) -> None:
    worked_out = {
        "on_time": found.on_time,
        "complete": found.percent("complete"),
        "median_days": found.gross.within(50),
        "p85_days": found.gross.within(85),
    }
    for indicator, value in worked_out.items():
        if value is not None:
            connection.execute(_KEEP, [indicator, year, value, found.cases])
    if found.cases:
        connection.execute(_NO_PENALTY, [year])


def _keep_participation(connection: Connection, *, year: int, today: date) -> None:
    """Count over the products of today: what they are called in a former year does not matter."""
    rows = connection.execute(_SERVED, {"beyond": _after(today.year)}).fetchall()
    products = [recall(connection, product_id=row["product"], version=row["version"]) for row in rows]
    first, beyond = _after(year - 1), _after(year)
    found = participation_of(connection, products=products, first=first, beyond=beyond)
    for indicator, (value, cases) in found.items():
        connection.execute(_KEEP, [indicator, year, round(value, 2), cases])


def _count_texts(connection: Connection, *, year: int, today: date) -> None:
    """Count what stood in the texts that served at the end of the year, or that serve today; no text of tomorrow."""
    day = min(today, date(year, 12, 31))
    rows = connection.execute(_SERVED, {"beyond": f"{day + ONE_DAY} Europe/Amsterdam"}).fetchall()
    if not rows:
        return
    products = [recall(connection, product_id=row["product"], version=row["version"]) for row in rows]
    counted = {
        "forms": len(products),
        "questions": sum(len(_asked(product)) for product in products),
        "attachments": sum(each.kind is Kind.FILE for product in products for each in product.questions),
        "rules": sum(in_force(rule, on=day) for product in products for rule in product.rules),
    }
    for indicator, number in counted.items():
        connection.execute(_KEEP, [indicator, year, Decimal(number), len(products)])


def _asked(product: Product) -> list[str]:
    return [each.id for each in product.questions if each.asks]


def _after(year: int) -> str:
    return f"{year + 1}-01-01 Europe/Amsterdam"

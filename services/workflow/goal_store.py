"""Goals of products, kept in PostgreSQL, and how the year goes from the sums and from what is foretold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from services.workflow.domain.goals import Course, Goal
from shared.access import Person
from shared.database import Connection

_GOALS: Final = """
select g.product, g.percent, g.owner, p.name as owner_name from (
    select distinct on (product) * from workflow.goals order by product, id desc
) g join workflow.people p on p.subject = g.owner where g.percent is not null order by g.product
"""
_SENT: Final = """
select product, coalesce(sum(cases) filter (where what = 'gross'), 0)::int as sent,
       coalesce(sum(cases) filter (where what = 'on_time'), 0)::int as in_time
from workflow.rolled_times where month >= make_date(%s, 1, 1) and what in ('gross', 'on_time')
and team = '*' and channel = '*' and product <> '*' group by product
"""
_OPEN: Final = """
select f.product, count(*)::int as open,
       sum(case when basis = 'passed' then 1 else coalesce(chance, 0) end)::float as expected_late
from workflow.foretold f join workflow.cases c on c.id = f.case_id
where c.status in ('received', 'in_progress', 'awaiting_supplement') group by f.product
"""


def goals(connection: Connection) -> Mapping[str, Goal]:
    """Give the goals that stand, by product."""
    return {row["product"]: Goal(**row) for row in connection.execute(_GOALS)}


def courses(connection: Connection, *, year: int) -> Mapping[str, Course]:
    """Give how the year goes for each product that there is something of."""
    sent = {row["product"]: row for row in connection.execute(_SENT, [year])}
    still = {row["product"]: row for row in connection.execute(_OPEN)}
    return {
        product: Course(
            sent=sent[product]["sent"] if product in sent else 0,
            in_time=sent[product]["in_time"] if product in sent else 0,
            open=still[product]["open"] if product in still else 0,
            expected_late=still[product]["expected_late"] if product in still else 0.0,
        )
        for product in sorted({*sent, *still})
    }


def count_missed(connection: Connection, *, owner: str, today: date) -> int:
    """Count the goals for which this person answers and that will be missed as things stand."""
    own = [goal for goal in goals(connection).values() if goal.owner == owner]
    if not own:
        return 0
    found = courses(connection, year=today.year)
    return sum(goal.product in found and found[goal.product].misses(goal) for goal in own)


def set_goal(
    connection: Connection, *, product: str, percent: int | None, owner: str, by: Person, now: datetime
) -> None:
    """Keep a goal, or that there is none any more."""
    connection.execute(
        "insert into workflow.goals (product, percent, owner, set_by, set_at) values (%s, %s, %s, %s, %s)",
        [product, percent, owner, by.subject, now],
    )

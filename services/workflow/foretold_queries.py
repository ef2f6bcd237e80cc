"""What was foretold this morning: open cases by their chance, numbers by product, whether it came true, the outlook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.workflow.domain.chances import BINS, Bin
from services.workflow.domain.outlook import Outlook, from_plain
from services.workflow.queries import Row, sees
from services.workflow.rows import IN_SCOPE
from shared.access import Person
from shared.database import Connection

PAGE_SIZE: Final = 25
COUNTED: Final = 2_500
"""Nobody pages further."""

_VIEWS: Final[Mapping[bool, tuple[str, str]]] = {
    False: ("basis <> 'passed'", "chance desc nulls last, deadline, case_id"),
    True: ("basis = 'passed'", "deadline, case_id"),
}
"""Those whose term is not over, and those whose is: the condition and the order, each as an index has it."""

_WANTED: Final = "from workflow.foretold where {condition} and (%(chosen)s = '' or product = %(chosen)s)"
_AMONG: Final = f"""
from (select case_id, age, taken, chance, basis, alike, late, deadline {_WANTED} order by {{order}}) f
cross join lateral (
    select reference, title_nl, title_en, status, handler, deadline as due from workflow.cases
    where id = f.case_id and status in ('received', 'in_progress', 'awaiting_supplement') and {IN_SCOPE} offset 0
) c
"""
"""One case after the other, in the order of the index, until there are enough."""

_LIST: Final = f"""
select f.age, f.taken, f.chance, f.basis, f.alike, f.late, c.reference, c.title_nl, c.title_en, c.status,
       case when c.status = 'awaiting_supplement' then f.deadline else c.due end as deadline,
       (select name from workflow.people p where p.subject = c.handler) as handler_name
{_AMONG} limit {PAGE_SIZE} offset %(offset)s
"""
_COUNT: Final = f"select count(*)::int as n from (select {_AMONG} limit {COUNTED}) listed"
_COUNT_ALL: Final = f"select count(*)::int as n from (select {_WANTED} limit {COUNTED}) listed"

_KINDS: Final = """
select k.*, newest.title_nl, newest.title_en from (
    select product, count(*)::int as open, count(*) filter (where basis = 'passed')::int as passed,
           coalesce(sum(chance) filter (where basis <> 'passed'), 0)::float as expected
    from workflow.foretold group by product
) k cross join lateral (
    select title_nl, title_en from workflow.cases c where c.product = k.product order by received_at desc limit 1
) newest order by k.expected desc, k.product
"""
_BINS: Final = f"""
select least(floor(chance * {BINS}), {BINS - 1})::int as first, count(*)::int as cases,
       (count(*) filter (where late))::int as late, avg(chance)::float as said
from workflow.said where late is not null and said_on > %s group by 1
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases are asked for: of a product ("" every), and those whose term is over or those whose is not."""

    product: str = ""
    passed: bool = False
    page: int = 1


def list_foretold(connection: Connection, *, person: Person, wanted: Wanted) -> tuple[Sequence[Row], int]:
    """Give a page of the open cases that this person may see, the likeliest to be late first, and their number."""
    condition, order = _VIEWS[wanted.passed]
    asked = {**sees(person), "chosen": wanted.product, "offset": PAGE_SIZE * (wanted.page - 1)}
    listed = _LIST.format(condition=condition, order=order)
    count = (_COUNT_ALL if asked["everything"] else _COUNT).format(condition=condition, order=order)
    counted = connection.execute(count, asked).fetchone()
    return connection.execute(listed, asked).fetchall(), counted["n"] if counted else 0


def count_kinds(connection: Connection) -> Sequence[Row]:
    """Give by product how many cases are open, how many terms are over, and how many more may be expected to be."""
    return connection.execute(_KINDS).fetchall()


def came_true(connection: Connection, *, today: date) -> Sequence[Bin]:
    """Give by tenths what was said in the last twelve months and what came of it."""
    found = {row["first"]: Bin(**row) for row in connection.execute(_BINS, [today - timedelta(days=366)])}
    return [found.get(first, Bin(first=first)) for first in range(BINS)]


def outlooks(connection: Connection) -> tuple[date | None, Mapping[str, Outlook | None]]:
    """Give the day of the last forecast (None: there is none yet) and when the stock is done, by what if."""
    rows = connection.execute("select what_if, foretold_on, outlook from workflow.outlooks").fetchall()
    return max((row["foretold_on"] for row in rows), default=None), {
        row["what_if"]: from_plain(row["outlook"]) for row in rows
    }

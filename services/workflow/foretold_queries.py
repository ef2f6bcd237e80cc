"""What was foretold this morning: open cases by their chance, numbers by product, whether it came true, the outlook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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

_AMONG: Final = f"""
from (select case_id, age, taken, chance, basis, alike, late, deadline as due from workflow.foretold) f
join workflow.cases c on c.id = f.case_id left join workflow.people p on p.subject = c.handler
where (f.basis = 'passed') = %(passed)s and c.status in ('received', 'in_progress', 'awaiting_supplement')
and (%(chosen)s = '' or c.product = %(chosen)s) and {IN_SCOPE}
"""
_LIST: Final = f"""
select f.age, f.taken, f.chance, f.basis, f.alike, f.late, c.reference, c.title_nl, c.title_en, c.deadline, c.status,
       p.name as handler_name
{_AMONG} order by f.chance desc nulls last, f.due, f.case_id limit {PAGE_SIZE} offset %(offset)s
"""
_COUNT: Final = f"select count(*)::int as n from (select {_AMONG} limit {COUNTED}) listed"

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
from workflow.said where late is not null group by 1
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases are asked for: of a product ("" every), and those whose term is over or those whose is not."""

    product: str = ""
    passed: bool = False
    page: int = 1


def list_foretold(connection: Connection, *, person: Person, wanted: Wanted) -> tuple[Sequence[Row], int]:
    """Give a page of the open cases that this person may see, the likeliest to be late first, and their number."""
    asked = {**sees(person), "chosen": wanted.product, "passed": wanted.passed}
    rows = connection.execute(_LIST, {**asked, "offset": PAGE_SIZE * (wanted.page - 1)}).fetchall()
    counted = connection.execute(_COUNT, asked).fetchone()
    return rows, counted["n"] if counted else 0


def count_kinds(connection: Connection) -> Sequence[Row]:
    """Give by product how many cases are open, how many terms are over, and how many more may be expected to be."""
    return connection.execute(_KINDS).fetchall()


def came_true(connection: Connection) -> Sequence[Bin]:
    """Give by tenths what was said in the last months and what came of it."""
    found = {row["first"]: Bin(**row) for row in connection.execute(_BINS)}
    return [found.get(first, Bin(first=first)) for first in range(BINS)]


def outlooks(connection: Connection) -> tuple[date | None, Mapping[str, Outlook | None]]:
    """Give the day of the last forecast (None: there is none yet) and when the stock is done, by what if."""
    rows = connection.execute("select what_if, foretold_on, outlook from workflow.outlooks").fetchall()
    return max((row["foretold_on"] for row in rows), default=None), {
        row["what_if"]: from_plain(row["outlook"]) for row in rows
    }

"""How PostgreSQL finds the cases of one page of a list: walked along an index, looked up, or searched for.

Each way gives `page`, and beside it `found`, what was found among the words of cases, and `held`, what of all that is
in the list; where a way knows neither, they are empty.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

WALKED: Final = 2_500
"""So many cases at the begin of a list are read for what is searched for; what one in a hundred has is met there."""
AMONG: Final = 7_500
FURTHEST: Final = 2_500
"""Where the begin of the list does not fill a page: of so many that were found so many are looked up, the newest."""

_WALK: Final = """
found as (select where false), held as (select where false), page as (
    select c.id from workflow.cases c left join workflow.people p on p.subject = c.handler where {condition}
    order by {sort} limit {size} offset %(offset)s
)
"""
_LOOK_UP: Final = """
found as (select where false), held as materialized (
    select c.id, row_number() over (order by {sort}) as place
    from workflow.cases c left join workflow.people p on p.subject = c.handler where {condition}
), page as (
    select id from held order by place limit {size} offset %(offset)s
)
"""
_SEARCH: Final = """
begun as materialized (
    select c.id, {condition} as fits, row_number() over (order by {sort}) as place
    from workflow.cases c left join workflow.people p on p.subject = c.handler where {view}
    order by {sort} limit {walked}
), met as materialized (
    select begun.id from begun
    cross join lateral (select * from workflow.search s where s.case_id = begun.id offset 0) s
    where begun.fits and s.document @@ %(query)s::tsquery order by begun.place limit {size} offset %(offset)s
), found as materialized (
    select case_id from (
        select s.case_id from workflow.search s
        where s.document @@ %(query)s::tsquery and (select count(*) from met) < {size} {among}
    ) s {furthest}
), held as materialized (
    select c.id, row_number() over (order by {sort}) as place
    from found {looked_up} left join workflow.people p on p.subject = c.handler where {condition}
), page as (
    select id from met where (select count(*) from met) = {size}
    union all
    (select id from held order by place limit {size} offset %(offset)s)
)
"""
"""What stands in many cases is met at the begin of the list; only what is rare is looked up among all cases.

PostgreSQL would choose by how often words occur apart: of words that rarely meet, it walked through a million cases.
`offset 0` has it take case by case, not all of them beside those that were found or met.
"""
_ONE_BY_ONE: Final = "cross join lateral (select * from workflow.cases c where c.id = found.case_id offset 0) c"
_TOGETHER: Final = "join workflow.cases c on c.id = found.case_id"
"""How what was found is looked up in a list of all that is over, and in one short enough to lay beside it."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list in the words of PostgreSQL: its own condition (`view`), the whole one, its order, and cases a page."""

    view: str
    condition: str
    sort: str
    size: int


def walk(listed: Listed) -> str:
    """Walk a list that an index has in its order, as far as its page."""
    return _WALK.format(**asdict(listed))


def look_up(listed: Listed) -> str:
    """Look up all cases of a list that no index has in its order."""
    return _LOOK_UP.format(**asdict(listed))


def search(listed: Listed, *, far: bool) -> str:
    """Search a list; `far`: one of all that is over, in which only the newest of many are looked up."""
    return _SEARCH.format(
        **asdict(listed),
        walked=WALKED,
        among=f"limit {AMONG}" if far else "",
        furthest=f"order by case_id desc limit {FURTHEST}" if far else "",
        looked_up=_ONE_BY_ONE if far else _TOGETHER,
    )

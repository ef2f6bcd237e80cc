"""Lists of cases: kept lists, filters, search and sorting; each takes the person and gives no case beyond that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from services.workflow.absences import HANDS, RANKS_OF_OTHERS
from services.workflow.advice_store import LATE
from services.workflow.domain.timers import MAILED_FROM, morning_of
from services.workflow.mentions import UNREAD
from services.workflow.queries import Row, sees
from services.workflow.rows import IN_COURT, IN_SCOPE
from services.workflow.watches import FOLLOWED, STIRRED
from shared.access import Permission, Person, may
from shared.database import Connection
from shared.law.calendar import ONE_DAY, add_working_days

PAGE_SIZE: Final = 25
LAST_PAGE: Final = 400
COUNTED: Final = PAGE_SIZE * LAST_PAGE
"""Longer lists are not counted to the end: nobody pages so far, a filter or a search finds more."""
SOUGHT: Final = 1_000
"""What a search finds is counted so far: a word that is everywhere would be looked up in every case."""
WALKED: Final = 2_500
"""So many cases at the begin of a list are read for what is searched for; what one in a hundred has is met there."""
AMONG: Final = 7_500
FURTHEST: Final = 2_500
"""Where the begin of the list does not fill a page: of so many that were found so many are looked up, the newest."""

_OPEN = "c.status in ('received', 'in_progress', 'awaiting_supplement')"
_RUNNING = "c.status in ('received', 'in_progress')"
_DONE = "c.status in ('decided', 'announced', 'withdrawn')"
_TOLD_RECENTLY = """
select t.case_id from workflow.timers t
where t.what = 'escalate' and t.state = 'fired' and t.fired_at >= %(since)s and split_part(t.key, ':', 3) =
"""
_TOLD_RANKS = f"%(ranks)s || {RANKS_OF_OTHERS}"
_TOLD = f"""
c.id = any(array({_TOLD_RECENTLY} any(array['handler'] || {_TOLD_RANKS})))
and (c.handler = any({HANDS}) or c.handler is null and %(leads)s or c.id in ({_TOLD_RECENTLY} any({_TOLD_RANKS})))
"""
"""The few steps that went off lately come as an array, so that PostgreSQL looks these cases up: of a list beside others
it thinks that many cases are in it, and reads all."""
_ANSWERED = """
(select l.kind from workflow.timeline l where l.case_id = c.id and l.kind not in ('sent', 'escalated', 'note')
 order by l.id desc limit 1) in ('answered', 'lapsed')
"""

VIEWS: Final[Mapping[str, str]] = {
    "open": _OPEN,
    "mine": f"{_OPEN} and c.handler = any({HANDS})",
    "late": f"{_RUNNING} and c.deadline < %(today)s",
    "week": f"{_RUNNING} and c.deadline between %(today)s and %(sunday)s",
    "free": f"{_OPEN} and c.handler is null",
    "waiting": "c.status = 'awaiting_supplement'",
    "decided": _DONE,
}
"""The kept lists that stand above the work list, each a condition."""

MORE_VIEWS: Final[Mapping[str, str]] = {
    "all": "true",
    "escalated": f"({_OPEN} or c.status = 'decided' or {IN_COURT}) and {_TOLD}",
    "appeals": IN_COURT,
    "answered": f"{_OPEN} and c.handler = any({HANDS}) and {_ANSWERED}",
    "mentioned": f"c.id in ({UNREAD})",
    "followed": f"c.id in ({FOLLOWED})",
    "stirred": f"c.id in ({STIRRED})",
    "advice_late": f"{_OPEN} and c.handler = any({HANDS}) and c.id in ({LATE})",
    "rules": "c.id in (select o.case_id from workflow.at_once o where not o.sampled)",
    "sample": "c.id in (select o.case_id from workflow.at_once o where o.sampled)",
}
"""Lists that a search, a morning mail or the foot of the list leads to."""

TERMS: Final[Mapping[str, str]] = {
    "late": f"{_RUNNING} and c.deadline < %(today)s",
    "today": f"{_RUNNING} and c.deadline = %(today)s",
    "rest": f"{_RUNNING} and c.deadline > %(today)s and c.deadline <= %(sunday)s",
    "soon": f"{_RUNNING} and c.deadline between %(today)s and %(soon)s",
    "later": f"{_RUNNING} and c.deadline > %(soon)s",
    "paused": "c.status = 'awaiting_supplement'",
}

SORTS: Final[Mapping[str, str]] = {
    "deadline": "(c.status = 'awaiting_supplement'), c.deadline, c.received_at, c.reference",
    "-deadline": "(c.status = 'awaiting_supplement') desc, c.deadline desc, c.received_at desc, c.reference desc",
    "applicant": "lower(c.applicant), c.reference",
    "-applicant": "lower(c.applicant) desc, c.reference desc",
    "status": "c.status, c.deadline, c.reference",
    "-status": "c.status desc, c.deadline desc, c.reference desc",
    "handler": "p.name nulls first, c.deadline, c.reference",
    "-handler": "p.name desc nulls last, c.deadline desc, c.reference desc",
    "received": "c.received_at, c.reference",
    "-received": "c.received_at desc, c.reference desc",
}

_BY_INDEX = {sort: SORTS[sort] for sort in ("applicant", "-applicant", "received", "-received")}
LONG: Final[Mapping[str, Mapping[str, str]]] = {
    "all": _BY_INDEX,
    "rules": _BY_INDEX,
    "decided": {
        **_BY_INDEX,
        "deadline": "c.deadline, c.received_at, c.reference",
        "-deadline": "c.deadline desc, c.received_at desc, c.reference desc",
    },
}
"""The lists of what is over, with the orders they can be in; any other order is newest first."""

STATUSES: Final = ("received", "in_progress", "awaiting_supplement", "decided", "announced", "withdrawn")

NAMES: Final[Mapping[str, str]] = {
    "lijst": "view",
    "q": "q",
    "soort": "product",
    "status": "status",
    "termijn": "term",
    "sinds": "since",
    "sorteer": "sort",
    "blad": "page",
}
"""The parameters in the address of a list and what they ask for."""

_PRODUCTS = """
with recursive kinds as (
    (select product from workflow.cases order by product limit 1)
    union all
    select (select c.product from workflow.cases c where c.product > kinds.product order by c.product limit 1)
    from kinds where kinds.product is not null
)
select kinds.product, newest.title_nl, newest.title_en from kinds cross join lateral (
    select title_nl, title_en from workflow.cases c where c.product = kinds.product order by received_at desc limit 1
) newest
where %(everything)s or kinds.product = any(%(products)s)
    or exists (select from workflow.cases c where c.product = kinds.product and c.team = any(%(teams)s))
order by kinds.product
"""
"""Jumps from kind to kind over the index: there are a dozen among a million cases."""

_SOUGHT = "select set_config('max_parallel_workers_per_gather', '0', true), sought.* from workflow.sought(%s)"
"""Starting helpers takes longer than the search itself, and many search at once: two to four times slower."""

_FOUND = "c.id in (select s.case_id from workflow.search s where s.document @@ %(query)s::tsquery)"

_PAGE = """
page as (
    select c.id from workflow.cases c left join workflow.people p on p.subject = c.handler where {condition}
    order by {sort} limit {size} offset %(offset)s
)
"""
_SEARCHED = """
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
class Wanted:
    """Which cases are asked for; every part stands in the address of the page.

    `since` is for what escalated: after the morning mail of this day (ISO).
    """

    view: str = "open"
    q: str = ""
    product: str = ""
    status: str = ""
    term: str = ""
    since: str = ""
    sort: str = "deadline"
    page: int = 1

    def query(self) -> str:
        """Give the end of the address of this list; what is usual is left out."""
        usual, asked = asdict(Wanted()), asdict(self)
        parameters = {name: asked[field] for name, field in NAMES.items() if asked[field] != usual[field]}
        return f"?{urlencode(parameters)}" if parameters else ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of cases and how many there are in all, counted up to `COUNTED`.

    `instead` are the words that stand in for those that no case has. `partly`: of many these are some.
    """

    rows: Sequence[Row]
    total: int
    instead: Sequence[str] = ()
    partly: bool = False


def is_day(text: str) -> bool:
    """Whether this is a date, written 2026-11-24."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def list_cases(connection: Connection, *, person: Person, wanted: Wanted, today: date) -> Found:
    """Give one page of the cases that this person may see, as wanted."""
    about, condition, instead = _asked(connection, person=person, wanted=wanted, today=today)
    found, held = ("(select count(*) from found)", "(select count(*) from held)") if wanted.q else ("0", "0")
    rows = connection.execute(
        f"""
        with {_page(wanted, condition=condition, size=PAGE_SIZE)}
        select c.id, c.reference, c.status, c.handler, p.name as handler_name, c.product, c.version, c.title_nl,
               c.title_en, c.applicant, c.place, c.received_at, c.deadline, c.kind, told.found, told.held
        from (select {found} as found, {held} as held) told
        left join (page join workflow.cases c using (id)) on true left join workflow.people p on p.subject = c.handler
        order by {_sort(wanted)}
        """,
        {**about, "offset": PAGE_SIZE * (min(wanted.page, LAST_PAGE) - 1)},
    ).fetchall()
    partly = wanted.view in LONG and rows[0]["found"] == FURTHEST
    total = min(rows[0]["held"], SOUGHT)  # what was looked up is not looked up again to count it
    if not total or (partly and total < SOUGHT):
        total = _count(connection, condition=_sought(condition, wanted=wanted), about=about, most=counted_of(wanted))
    page = [row for row in rows if row["id"]]  # one row without a case tells of a page that has none
    return Found(rows=page, total=total, instead=instead, partly=partly and total > 0)


def count_cases(connection: Connection, *, person: Person, wanted: Wanted, today: date) -> int:
    """Count the cases of a list, up to `COUNTED`."""
    about, condition, _ = _asked(connection, person=person, wanted=wanted, today=today)
    return _count(connection, condition=_sought(condition, wanted=wanted), about=about, most=counted_of(wanted))


def counted_of(wanted: Wanted) -> int:
    """How far a list is counted."""
    return SOUGHT if wanted.q else COUNTED


def each_case(connection: Connection, *, person: Person, wanted: Wanted, today: date, most: int) -> Sequence[Row]:
    """Give all cases of a list, at most so many, for a table that somebody takes along."""
    about, condition, _ = _asked(connection, person=person, wanted=wanted, today=today)
    return connection.execute(
        f"""
        with {_page(wanted, condition=condition, size=most)}
        select c.reference, c.title_nl, c.title_en, c.applicant, c.place, c.status, p.name as handler_name,
               c.received_at, c.deadline
        from page join workflow.cases c using (id) left join workflow.people p on p.subject = c.handler
        order by {_sort(wanted)}
        """,
        {**about, "offset": 0},
    ).fetchall()


def count_views(connection: Connection, *, person: Person, today: date) -> Row:
    """Count the cases in each kept list, those that are over up to `COUNTED`."""
    among = {name: condition for name, condition in VIEWS.items() if condition != _DONE}
    counts = ", ".join(f"count(*) filter (where {condition}) as {name}" for name, condition in among.items())
    found = connection.execute(
        f"""
        select {counts}, (select count(*) from
            (select from workflow.cases c where {_DONE} and {IN_SCOPE} limit {COUNTED}) over) as decided,
            (select count(*) from workflow.cases c where {MORE_VIEWS["mentioned"]} and {IN_SCOPE}) as mentioned,
            (select count(*) from workflow.cases c where {MORE_VIEWS["followed"]} and {IN_SCOPE}) as followed
        from workflow.cases c where {_OPEN} and {IN_SCOPE}
        """,
        _about(person, today=today),
    ).fetchone()
    return found or {}


def list_products(connection: Connection, *, person: Person) -> Sequence[Row]:
    """Give the kinds of case there are, with the title of the newest version."""
    return connection.execute(_PRODUCTS, sees(person)).fetchall()


def _asked(
    connection: Connection, *, person: Person, wanted: Wanted, today: date
) -> tuple[dict[str, Any], str, Sequence[str]]:
    """Give the parameters and the condition of a list without its search, and the words that stand in for others.

    Others: those that no case has.
    """
    about = {**_about(person, today=today), "product": wanted.product, "status": wanted.status}
    since = date.fromisoformat(wanted.since) if wanted.since else today - 7 * ONE_DAY
    about["since"] = morning_of(since, at=MAILED_FROM)
    conditions = [{**VIEWS, **MORE_VIEWS}[wanted.view], IN_SCOPE]
    instead: Sequence[str] = ()
    if wanted.q:
        sought = connection.execute(_SOUGHT, [wanted.q]).fetchone() or {}
        about["query"] = _among(sought.get("query"), about=about)
        instead = _within(connection, words=sought.get("instead"), about=about)
    if wanted.product:
        conditions.append("c.product = %(product)s")
    if wanted.status:
        conditions.append("c.status = %(status)s")
    if wanted.term:
        conditions.append(TERMS[wanted.term])
    return about, " and ".join(conditions), instead


def _sought(condition: str, *, wanted: Wanted) -> str:
    """Give the condition with what is searched for."""
    return f"{condition} and {_FOUND}" if wanted.q else condition


def _among(query: str | None, *, about: Mapping[str, Any]) -> str | None:
    """Search only among the cases of the reader and of the product: their signs stand among the words of a case."""
    theirs = [*(f":{team}" for team in about["teams"]), *(f"={product}" for product in about["products"])]
    among = ["(" + " | ".join(map(_quoted, theirs)) + ")"] if theirs and not about["everything"] else []
    among += [_quoted(f"={about['product']}")] if about["product"] else []
    return query and " & ".join([f"({query})", *among])


def _quoted(sign: str, /) -> str:
    return "'" + sign.replace("\\", "\\\\").replace("'", "''") + "'"


def _page(wanted: Wanted, *, condition: str, size: int) -> str:
    """Give the numbers of the cases of a page, by name `page`."""
    far = wanted.view in LONG and size == PAGE_SIZE
    return (_SEARCHED if wanted.q else _PAGE).format(
        condition=condition,
        view={**VIEWS, **MORE_VIEWS}[wanted.view],
        sort=_sort(wanted),
        size=size,
        walked=WALKED,
        among=f"limit {AMONG}" if far else "",
        furthest=f"order by case_id desc limit {FURTHEST}" if far else "",
        looked_up=_ONE_BY_ONE if far else _TOGETHER,
    )


def _within(connection: Connection, *, words: Sequence[str] | None, about: Mapping[str, Any]) -> Sequence[str]:
    """Give those of these words that stand in a case of the reader: one of another case would tell of it."""
    rows = connection.execute(
        f"""
        select word from unnest(%(words)s::text[]) with ordinality as given (word, place) where exists (
            select from workflow.search s join workflow.cases c on c.id = s.case_id
            where s.document @@ to_tsquery('simple', quote_literal(word)) and {IN_SCOPE}
        ) order by place
        """,
        {**about, "words": list(words or ())},
    )
    return [row["word"] for row in rows]


def _count(connection: Connection, *, condition: str, about: Mapping[str, Any], most: int) -> int:
    counted = connection.execute(
        f"select count(*) as n from (select from workflow.cases c where {condition} limit {most}) listed", about
    ).fetchone()
    return counted["n"] if counted else 0


def order_of(wanted: Wanted) -> str:
    """Give the order that this list is in: those of what is over are long, and sorted only by what has an index."""
    return wanted.sort if wanted.sort in LONG.get(wanted.view, SORTS) else "-received"


def _sort(wanted: Wanted) -> str:
    return LONG.get(wanted.view, SORTS)[order_of(wanted)]


def _about(person: Person, *, today: date) -> dict[str, Any]:
    leads = may(person, permission=Permission.ASSIGN_CASES)
    return {
        **sees(person),
        "me": person.subject,
        "leads": leads,
        "ranks": [*(["lead"] if leads else []), *(["manager"] if "manager" in person.groups else [])],
        "today": today,
        "sunday": today + timedelta(days=6 - today.weekday()),
        "soon": add_working_days(today, count=5),
    }

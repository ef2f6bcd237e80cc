"""Lists of cases: kept lists, filters, search and sorting; each takes the person and gives no case beyond that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from services.workflow import list_pages
from services.workflow.domain.timers import MAILED_FROM, morning_of
from services.workflow.list_views import DONE, LONG, LOOKED_UP, MORE_VIEWS, OPEN, SORTS, STATUSES, TERMS, VIEWS
from services.workflow.queries import Row, sees
from services.workflow.rows import IN_SCOPE
from shared.access import Permission, Person, may
from shared.database import Connection
from shared.law.calendar import ONE_DAY, add_working_days

PAGE_SIZE: Final = 25
LAST_PAGE: Final = 400
COUNTED: Final = PAGE_SIZE * LAST_PAGE
"""Longer lists are not counted to the end: nobody pages so far, a filter or a search finds more."""
SOUGHT: Final = 1_000
"""What a search finds is counted so far: a word that is everywhere would be looked up in every case."""

_LONGEST_SEARCH = 100

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


def read_wanted(args: Mapping[str, str]) -> Wanted:
    """Read the address; what it asks for that does not exist is left out."""
    given = {field: args.get(name, "").strip() for name, field in NAMES.items()}
    page = given["page"]
    return Wanted(
        view=given["view"] if given["view"] in {**VIEWS, **MORE_VIEWS} else "open",
        q=given["q"].replace("\x00", "")[:_LONGEST_SEARCH],
        product=given["product"].replace("\x00", "")[:_LONGEST_SEARCH],
        status=given["status"] if given["status"] in STATUSES else "",
        term=given["term"] if given["term"] in TERMS else "",
        since=given["since"] if is_day(given["since"]) else "",
        sort=given["sort"] if given["sort"] in SORTS else "deadline",
        page=max(1, min(int(page), LAST_PAGE)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def is_day(text: str) -> bool:
    """Whether this is a date, written 2026-11-24."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def list_cases(connection: Connection, *, person: Person, wanted: Wanted, today: date) -> Found:
    """Give one page of the cases that this person may see, as wanted."""
    about, condition, instead = _asked(connection, person=person, wanted=wanted, today=today)
    rows = connection.execute(
        f"""
        with {_page(wanted, condition=condition, size=PAGE_SIZE)}
        select c.id, c.reference, c.status, c.handler, p.name as handler_name, c.product, c.version, c.title_nl,
               c.title_en, c.applicant, c.place, c.received_at, c.deadline, c.kind, told.found, told.held
        from (select (select count(*) from found) as found, (select count(*) from held) as held) told
        left join (page join workflow.cases c using (id)) on true left join workflow.people p on p.subject = c.handler
        order by {_sort(wanted)}
        """,
        {**about, "offset": PAGE_SIZE * (min(wanted.page, LAST_PAGE) - 1)},
    ).fetchall()
    partly = wanted.view in LONG and rows[0]["found"] == list_pages.FURTHEST
    total = min(rows[0]["held"], counted_of(wanted))  # what was looked up is not looked up again to count it
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
    """Count the cases in each kept list, those that are over up to `COUNTED`.

    Open ones are counted by what the lists ask of them: five conditions on each of 50,000 cost half as much again.
    """
    among = {name: condition for name, condition in VIEWS.items() if condition != DONE}
    counts = ", ".join(
        f"coalesce(sum(n) filter (where {condition}), 0)::int as {name}" for name, condition in among.items()
    )
    found = connection.execute(
        f"""
        with alike as materialized (
            select status, deadline, handler, count(*) as n from workflow.cases c where {OPEN} and {IN_SCOPE}
            group by status, deadline, handler
        )
        select {counts}, (select count(*) from
            (select from workflow.cases c where {DONE} and {IN_SCOPE} limit {COUNTED}) over) as decided,
            (select count(*) from workflow.cases c where {MORE_VIEWS["mentioned"]} and {IN_SCOPE}) as mentioned,
            (select count(*) from workflow.cases c where {MORE_VIEWS["followed"]} and {IN_SCOPE}) as followed
        from alike c
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
    listed = list_pages.Listed(
        condition=condition, view={**VIEWS, **MORE_VIEWS}[wanted.view], sort=_sort(wanted), size=size
    )
    if wanted.q:
        return list_pages.search(listed, far=wanted.view in LONG and size == PAGE_SIZE)
    return list_pages.look_up(listed) if wanted.view in LOOKED_UP else list_pages.walk(listed)


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

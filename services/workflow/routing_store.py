"""The tables that say which team gets a case: every version that was made, which one counts, and what lies nowhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

from psycopg.types.json import Jsonb

from services.workflow.domain.case import Case
from services.workflow.domain.routing import Features, Line, Lying, Table, own_team
from shared.access import Person
from shared.catalogue.definitions import Effect
from shared.catalogue.versions import recall
from shared.database import Connection

MOST_TRIED: Final = 20_000
"""So many open cases are looked at in a dry run, those that came last."""
FRESH_S: Final = 1.0
"""Seconds that a connection routes on without asking which table counts."""
_known: Final[WeakKeyDictionary[Connection, tuple[float, Table | None]]] = WeakKeyDictionary()

MOST_LOST: Final = 100
"""So many cases without a team are listed, those that came first; the others follow once these have one."""

_OPEN = "c.status in ('received', 'in_progress', 'awaiting_supplement')"

_VERSIONS = """
select t.number, t.lines, t.because, t.made_at, maker.name as made_by,
       served.at as served_at, server.name as served_by
from workflow.routings t join workflow.people maker on maker.subject = t.made_by
left join lateral (
    select s.at, s.who from workflow.routings_served s where s.number = t.number order by s.id desc limit 1
) served on true
left join workflow.people server on server.subject = served.who
"""

_TEAMS = f"""
with recursive lies as (
    (select c.team from workflow.cases c where {_OPEN} order by c.team limit 1)
    union all
    select (select c.team from workflow.cases c where {_OPEN} and c.team > lies.team order by c.team limit 1)
    from lies where lies.team is not null
)
select team from lies where team is not null
"""
"""Jumps from team to team over the index: there are a dozen among many thousands of open cases."""

_VERSIONS_LYING = f"select distinct c.product, c.version from workflow.cases c where {_OPEN}"

_LYING = f"""
select c.id, c.product, c.version, c.kind, c.team, c.place, c.channel,
       case when c.product = any(%(sending)s)
            then jsonb_path_query_array(c.submission, '$.rules[*] ? (@.outcome == "fired").rule') end as fired
from workflow.cases c where {_OPEN} order by c.received_at desc limit {MOST_TRIED}
"""
"""An application is only unpacked where its rules are asked for: that is nearly all of the work."""


class Routes:
    """To which team cases go, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def routing(self) -> Table | None:
        """Give the table that counts now; another one counts within a second, for many cases come in at once."""
        asked, table = _known.get(self._connection, (0.0, None))
        if time.monotonic() - asked >= FRESH_S:
            table = table_in_force(self._connection)
            _known[self._connection] = (time.monotonic(), table)
        return table

    def place(self, case: Case) -> None:
        """Keep with which team a case lies."""
        self._connection.execute("update workflow.cases set team = %s where id = %s", [case.team, case.id])


def table_in_force(connection: Connection) -> Table | None:
    """Give the table that counts now; None while there never was one."""
    row = connection.execute(
        "select t.number, t.lines from workflow.routings_served s join workflow.routings t using (number) "
        "order by s.id desc limit 1"
    ).fetchone()
    return Table(number=row["number"], lines=lines_of(row)) if row else None


def lines_of(row: Mapping[str, Any]) -> tuple[Line, ...]:
    """Read the lines of a kept version."""
    return tuple(Line(**line) for line in row["lines"])


def list_versions(connection: Connection) -> Sequence[Mapping[str, Any]]:
    """Give all versions, the newest first, with who made them and when they last began to count."""
    return connection.execute(f"{_VERSIONS} order by t.number desc").fetchall()


def find_version(connection: Connection, *, number: int) -> Mapping[str, Any] | None:
    """Give one version."""
    return connection.execute(f"{_VERSIONS} where t.number = %s", [number]).fetchone()


def save_version(connection: Connection, *, lines: Sequence[Line], because: str, person: Person, now: datetime) -> int:
    """Keep a new version, which does not count yet, and give its number."""
    connection.execute("lock table workflow.routings in share row exclusive mode")
    row = connection.execute(
        "insert into workflow.routings (number, lines, because, made_by, made_at) "
        "select coalesce(max(number), 0) + 1, %s, %s, %s, %s from workflow.routings returning number",
        [Jsonb([asdict(line) for line in lines]), because, person.subject, now],
    ).fetchone()
    return int(row["number"]) if row else 0


def serve_version(connection: Connection, *, number: int, person: Person, now: datetime) -> None:
    """Let a version count for the cases that come in from now on."""
    connection.execute(
        "insert into workflow.routings_served (number, who, at) values (%s, %s, %s)", [number, person.subject, now]
    )


def lying_cases(connection: Connection) -> Iterator[Lying]:
    """Give the open cases that came last, with what a line can look at."""
    products = {
        (row["product"], row["version"]): recall(connection, product_id=row["product"], version=row["version"])
        for row in connection.execute(_VERSIONS_LYING)
    }
    sending = {
        product.id for product in products.values() if any(rule.effect is Effect.ROUTE for rule in product.rules)
    }
    for row in connection.execute(_LYING, {"sending": sorted(sending)}):
        own = own_team(row["fired"] or (), product=products[row["product"], row["version"]])
        yield Lying(case=str(row["id"]), team=row["team"], features=_features(row, own=own))


def lost_cases(connection: Connection, *, teams: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """Give the open cases that lie with none of these teams; nothing of who applied is in it."""
    strange = [row["team"] for row in connection.execute(_TEAMS) if row["team"] not in teams]
    return connection.execute(
        f"""
        select c.reference, c.team, c.product, c.title_nl, c.title_en, c.kind, c.received_at, c.deadline, c.status
        from workflow.cases c where {_OPEN} and c.team = any(%s) order by c.received_at limit {MOST_LOST}
        """,
        [strange],
    ).fetchall()


def _features(row: Mapping[str, Any], *, own: str) -> Features:
    return Features(product=row["product"], kind=row["kind"], channel=row["channel"], place=row["place"] or "", own=own)

"""Counts what the services ask of PostgreSQL, with its own extension pg_stat_statements."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from dev.house import House
from dev.stores import SERVICES

_COUNT = """
select r.rolname, sum(s.calls),
    coalesce(sum(s.calls) filter (where s.query !~* '^(begin|commit|rollback|savepoint|release)'), 0)
from pg_stat_statements s join pg_roles r on r.oid = s.userid
where r.rolname = any(%s) group by r.rolname
"""
COUNTED = (*SERVICES, "relay")
"""Whose statements count: the services, their workers and the relay; not the clock, which looks every five seconds."""


@dataclass(frozen=True, kw_only=True)
class Statements:
    """Statements by role: all of them, and those that are not BEGIN or COMMIT."""

    every: dict[str, int]
    own: dict[str, int]


def prepare(house: House) -> None:
    """Have the house load the extension the next time it starts; it counts nothing yet."""
    with psycopg.connect(house.dsn(), autocommit=True) as connection:
        connection.execute("alter system set shared_preload_libraries = 'pg_stat_statements'")
        connection.execute("alter system set pg_stat_statements.track = 'none'")


def begin_counting(house: House) -> None:
    """Count from here on."""
    with psycopg.connect(house.dsn(), autocommit=True) as connection:
        connection.execute("create extension if not exists pg_stat_statements")
        connection.execute("alter system set pg_stat_statements.track = 'top'")
        connection.execute("select pg_reload_conf()")
        connection.execute("select pg_stat_statements_reset()")


def end_counting(house: House) -> Statements:
    """Count no further, and give what was counted."""
    with psycopg.connect(house.dsn(), autocommit=True) as connection:
        rows = connection.execute(_COUNT, [list(COUNTED)]).fetchall()
        connection.execute("alter system set pg_stat_statements.track = 'none'")
        connection.execute("select pg_reload_conf()")
    return Statements(every={row[0]: int(row[1]) for row in rows}, own={row[0]: int(row[2]) for row in rows})

"""Connections to PostgreSQL and the steps that bring its tables up to date."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

Connection: TypeAlias = psycopg.Connection[DictRow]

_MIGRATION_LOCK = 7_202_611_240
_WAIT_S = 5.0
_IDLE_S = 30.0  # what a rush opened costs PostgreSQL 2.5 MB each; every half a minute one is closed


class Pool(ConnectionPool[Connection]):
    """Connections to lend; opened at first use, so that a process may be forked before it."""

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection]:
        """Lend a connection for one transaction: committed at the end, rolled back when something is raised."""
        with self.reading(timeout) as connection, connection.transaction():
            yield connection

    @contextmanager
    def reading(self, timeout: float | None = None) -> Iterator[Connection]:
        """Lend a connection on which each statement stands alone: a read then is one message, not three."""
        if not self._opened:
            self.open()
        with super().connection(timeout) as connection:
            yield connection


def connect(url: str, *, autocommit: bool = False) -> Connection:
    """Open one connection whose rows are dictionaries."""
    return psycopg.connect(url, autocommit=autocommit, row_factory=dict_row)


def open_pool(url: str, *, size: int) -> Pool:
    """Make a pool of at most `size` connections; a web process needs as many as it has threads.

    A connection that the server closed meanwhile is noticed without asking the server, and replaced.
    """
    return Pool(
        url,
        kwargs={"row_factory": dict_row, "autocommit": True},
        min_size=1,
        max_size=size,
        max_idle=_IDLE_S,
        timeout=_WAIT_S,
        check=_check_alive,
        open=False,
    )


@contextmanager
def transaction(pool: Pool) -> Iterator[Connection]:
    """Lend a connection for one transaction: committed at the end, rolled back when something is raised."""
    with pool.connection() as connection:
        yield connection


def migrate(url: str, *, folder: Path, schema: str) -> list[str]:
    """Run the numbered SQL files that this schema has not seen yet, each in its own transaction; name them.

    Two at once wait for each other. The connecting role makes the schema and owns it.
    """
    with connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        connection.execute("set lock_timeout = '5s'")
        _make_schema(connection, schema=schema)
        seen = {row["name"] for row in connection.execute(_in_schema("select name from {}.migration", schema))}
        fresh = [file for file in sorted(folder.glob("*.sql")) if file.name not in seen]
        for file in fresh:
            with connection.transaction():
                connection.execute(file.read_bytes())
                connection.execute(_in_schema("insert into {}.migration (name) values (%s)", schema), [file.name])
    return [file.name for file in fresh]


def _make_schema(connection: Connection, *, schema: str) -> None:
    connection.execute(_in_schema("create schema if not exists {}", schema))
    connection.execute(
        _in_schema(
            "create table if not exists {}.migration (name text primary key, at timestamptz default now())", schema
        )
    )


def _in_schema(statement: Any, schema: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(schema))


def _check_alive(connection: psycopg.Connection[Any]) -> None:
    """Look at the idle socket: it has something to read only when the server hung up."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        connection.close()
        raise psycopg.OperationalError("the server closed this connection")

"""What every test can ask for: real stores, a fresh database; and what no plain test gets: a network."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import redis
from psycopg import sql

from dev.stores import OWNER, SERVICES, Stores, create_database, temporary_stores

HOME = Path(__file__).resolve().parent.parent
NETWORKED = ("database", "journey", "machine")
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """A fresh database with every migration applied; gone after the test."""

    name: str
    stores: Stores

    def dsn(self, role: str = OWNER) -> str:
        """The address for a role (forms, workflow, notify, relay, clock), or for the superuser."""
        return self.stores.dsn(role, database=self.name)

    @property
    def valkey_url(self) -> str:
        """An empty Valkey; of this test alone."""
        return self.stores.valkey_url


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "machine: starts real programs of the house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"stores", "database", "empty_database"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def closed_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain test that opens a connection fails: it must take a fake instead."""
    if any(request.node.get_closest_marker(name) for name in NETWORKED):
        return

    def refuse(_socket: socket.socket, address: object) -> None:
        raise AssertionError(f"a plain test may not open a connection ({address})")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def stores() -> Iterator[Stores]:
    """PostgreSQL and Valkey for this test run, started when the first test asks (0.6 s)."""
    with temporary_stores() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(stores: Stores) -> str:
    """The database with all migrations applied, from which each test gets its copy."""
    for package, role in (("shared.bus", OWNER), *((f"services.{name}", name) for name in SERVICES)):
        subprocess.run(
            [sys.executable, "-m", package, "migrate"],
            check=True,
            cwd=HOME,
            env={**os.environ, "DATABASE_URL": stores.dsn(role), "VALKEY_URL": stores.valkey_url},
        )
    return OWNER


@pytest.fixture
def database(stores: Stores, migrated: str) -> Iterator[Database]:
    """A fresh copy of the migrated database for this test (20 ms)."""
    with _copy_of(migrated, stores=stores) as copy:
        yield copy


@pytest.fixture
def empty_database(stores: Stores) -> Iterator[Database]:
    """A fresh database without any schema: for the tests of migrations themselves."""
    with _copy_of("template1", stores=stores) as copy:
        yield copy


@contextlib.contextmanager
def _copy_of(template: str, *, stores: Stores) -> Iterator[Database]:
    name = f"test_{next(_NUMBERS)}"
    with redis.from_url(stores.valkey_url) as valkey:
        valkey.flushall()
    with psycopg.connect(stores.dsn(OWNER, database="postgres"), autocommit=True) as connection:
        create_database(connection, name=name, template=template)
        try:
            yield Database(name, stores)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

"""What every test can ask for: real stores, a fresh database; and what no plain test gets: a network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
import redis
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from dev.stores import OWNER, SERVICES, Stores, temporary_stores
from tests.databases import CleanDatabase, copy_database, drop_database

HOME = Path(__file__).resolve().parent.parent
JOURNEYS = "tests/journeys/"
NETWORKED = ("database", "journey", "machine")


@dataclass(frozen=True)
class Database:
    """A database with every migration applied and no rows of another test."""

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
    if runs := os.environ.get("RUNS"):  # `make properties`
        hypothesis.settings.register_profile("many", max_examples=int(runs), deadline=None, database=None)
        hypothesis.settings.load_profile("many")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The groups of tests that take long begin first."""
    weights: Counter[str] = Counter()
    for item in items:
        if _asks(item, "stores", "database", "empty_database"):
            item.add_marker(pytest.mark.database)
        weights[_group(item.nodeid)] += 40 if _asks(item, "browser") else 2 if _asks(item, "stores") else 1
    items.sort(key=lambda item: -weights[_group(item.nodeid)])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Keep the tests of a group in one process, which then sets up once."""
    return GroupScheduling(config, log)


class GroupScheduling(LoadScopeScheduling):
    """Hands out whole groups; the mark `xdist_group` cannot, since its name never reaches the ids of this pytest."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def _asks(item: pytest.Item, *fixtures: str) -> bool:
    return not set(fixtures).isdisjoint(getattr(item, "fixturenames", ()))


def _group(nodeid: str) -> str:
    """The file of a test; all journeys go through one running house."""
    file = nodeid.partition("::")[0]
    return JOURNEYS if file.startswith(JOURNEYS) else file


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
    """The database with all migrations applied, from which each process gets its copy."""
    for package, role in (("shared.bus", OWNER), *((f"services.{name}", name) for name in SERVICES)):
        subprocess.run(
            [sys.executable, "-m", package, "migrate"],
            check=True,
            cwd=HOME,
            env={**os.environ, "DATABASE_URL": stores.dsn(role), "VALKEY_URL": stores.valkey_url},
        )
    return OWNER


@pytest.fixture(scope="session")
def clean_database(stores: Stores, migrated: str) -> Iterator[CleanDatabase]:
    """The one database of this process."""
    made = CleanDatabase(stores, template=migrated)
    yield made
    made.drop()


@pytest.fixture
def database(stores: Stores, clean_database: CleanDatabase) -> Iterator[Database]:
    """The migrated database for this test alone, cleaned afterwards (10 ms); and an empty Valkey."""
    _empty_valkey(stores)
    yield Database(clean_database.name, stores)
    clean_database.clean()


@pytest.fixture
def empty_database(stores: Stores) -> Iterator[Database]:
    """A fresh database without any schema: for the tests of migrations themselves."""
    _empty_valkey(stores)
    name = copy_database(stores, template="template1")
    yield Database(name, stores)
    drop_database(stores, name=name)


def _empty_valkey(stores: Stores) -> None:
    with redis.from_url(stores.valkey_url) as valkey:
        valkey.flushall()

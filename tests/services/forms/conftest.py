"""The forms service with a real database, and a resident's browser on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from services.forms.main import make_web
from services.forms.ports import Means
from services.forms.settings import Settings
from services.forms.store import PostgresDrafts, open_work_on
from services.forms.web.counter import Counter
from shared.catalogue.definitions import Catalogue
from shared.database import Pool, open_pool
from tests.conftest import Database
from tests.keys import KEYRING, SEALING_KEYS
from tests.services.forms.noor import CATALOGUE, Memory, means_with


class Compiled(BytecodeCache):
    """Keeps the compiled templates for all apps of a test run: each test opens an app of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what an earlier app compiled."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what this app compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def pool(database: Database) -> Iterator[Pool]:
    """Connections of this service to a fresh database."""
    with open_pool(database.dsn("forms"), size=4) as opened:
        yield opened


@pytest.fixture
def means(pool: Pool) -> Means:
    """The real database, everything else in memory."""
    return replace(
        means_with(Memory()),
        drafts=PostgresDrafts(pool, keyring=KEYRING),
        open_work=open_work_on(pool, keyring=KEYRING),
    )


@pytest.fixture(scope="session")
def web_doors() -> Iterator[dict[str, Flask]]:
    """The web doors that this process opened, by the name of their database: one serves many tests."""
    opened: dict[str, Flask] = {}
    yield opened
    for app in opened.values():
        counter: Counter = app.extensions["balie_forms"]
        counter.pool.close()


@pytest.fixture
def app(database: Database, web_doors: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The web door over a fresh database."""
    if database.name not in web_doors:
        web_doors[database.name] = _make(database, catalogue=CATALOGUE, files=tmp_path_factory.mktemp("files"))
    return web_doors[database.name]


def open_web(database: Database, *, catalogue: Catalogue, follow: bool = False, **more: str) -> Iterator[Flask]:
    """Open the web door with these products and more settings, and close its pool in the end."""
    with TemporaryDirectory() as folder:
        made = _make(database, catalogue=catalogue, files=Path(folder), follow=follow, **more)
        yield made
        counter: Counter = made.extensions["balie_forms"]
        counter.pool.close()


def _make(database: Database, *, catalogue: Catalogue, files: Path, follow: bool = False, **more: str) -> Flask:
    made = make_web(
        Settings(
            database_url=database.dsn("forms"),
            valkey_url=database.valkey_url,
            secret_key="a key for tests only, long enough",
            forms_url="http://localhost",
            files=files,
            files_key="a key for files, for tests only",
            sealing_keys=SEALING_KEYS,
            rate_limits=False,
            **more,  # type: ignore[arg-type]
        ),
        catalogue=catalogue,
        follow=follow,
    )
    made.jinja_env.bytecode_cache = COMPILED
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Noor's browser."""
    return app.test_client()

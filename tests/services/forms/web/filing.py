"""A form service with a scanner and a vault, and a browser that sends files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from services.forms.actions.scanning import Watch
from services.forms.inbox import open_inbox
from services.forms.main import make_web
from services.forms.scanning import scanner_at
from services.forms.scrubber import ProcessScrubber
from services.forms.settings import Settings
from services.forms.store import PostgresDrafts, open_work_on
from services.forms.web.counter import Counter
from services.forms.web.incoming import FileRoom, furnish_files
from shared.bus.deliver import Counter as Handler
from shared.clock import utc_now
from shared.database import connect, open_pool
from shared.shelves import Folder
from shared.vault import Vault
from tests.conftest import Database
from tests.keys import KEYRING, SEALING_KEYS
from tests.services.forms import files
from tests.services.forms.filed import FILED_CATALOGUE, open_scanner
from tests.services.forms.shelf import LINKS
from tests.services.forms.web.noors_browser import fill_in, send, told

KEY = "a key for files, for tests only"
Named = tuple[str, bytes]


@dataclass
class Desk:
    """The service with a scanner, and what lies behind it."""

    app: Flask
    database: Database
    folder: Path

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        with connect(self.database.dsn("forms")) as connection:
            return connection.execute(query, list(values)).fetchall()

    def told(self, name: str) -> list[dict[str, Any]]:
        return told(self.database, name)

    def work(self, scanner: str, *, at: datetime | None = None) -> None:
        """Handle what this service told itself, with this scanner, now or at another moment."""
        watch = Watch(vault=Vault(Folder(self.folder), key=KEY), scanner=scanner_at(scanner))
        with connect(self.database.dsn()) as connection:
            rows = connection.execute(
                "select event_id from bus.delivery where consumer = 'forms' and done_at is null"
            ).fetchall()
        handler = Handler(
            open_inbox(watch, links=LINKS), database_url=self.database.dsn("forms"), clock=lambda: at or utc_now()
        )
        handler.handle([str(row["event_id"]) for row in rows], job="test")
        handler.close()


@pytest.fixture(scope="module")
def app() -> Flask:
    """The service without a database yet; one app serves all tests here, since its templates are compiled once."""
    settings = Settings(
        database_url="",
        valkey_url="redis://127.0.0.1:9/0",
        secret_key="a key for tests only, long enough",
        forms_url="http://localhost",
        files=Path("not-yet"),
        files_key=KEY,
        sealing_keys=SEALING_KEYS,
        rate_limits=False,
    )
    return make_web(settings, catalogue=FILED_CATALOGUE, follow=False)


@contextmanager
def desk_with(app: Flask, *, database: Database, folder: Path, scanner: str) -> Iterator[Desk]:
    counter: Counter = app.extensions["balie_forms"]
    vault = Vault(Folder(folder), key=KEY)
    with open_pool(database.dsn("forms"), size=4) as pool:
        means = replace(
            counter.means,
            open_work=open_work_on(pool, keyring=KEYRING),
            drafts=PostgresDrafts(pool, keyring=KEYRING),
            vault=vault,
            scanner=scanner_at(scanner),
            scrubber=ProcessScrubber(folder / "incoming"),
        )
        app.extensions["balie_forms"] = replace(counter, pool=pool, means=means)
        furnish_files(app, room=FileRoom(vault=vault, incoming=folder / "incoming"))
        yield Desk(app=app, database=database, folder=folder)
    app.extensions["balie_forms"] = counter


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    with open_scanner() as url:
        yield url


@pytest.fixture
def desk(app: Flask, database: Database, tmp_path: Path, scanner: str) -> Iterator[Desk]:
    with desk_with(app, database=database, folder=tmp_path / "files", scanner=scanner) as made:
        yield made


@pytest.fixture
def alone(app: Flask, database: Database, tmp_path: Path) -> Iterator[Desk]:
    """The service while its scanner does not answer."""
    with desk_with(app, database=database, folder=tmp_path / "files", scanner="tcp://127.0.0.1:9") as made:
        yield made


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """Noor's browser."""
    return desk.app.test_client()


def sent(client: FlaskClient) -> str:
    """Send a form with one drawing; the address of its status page."""
    form = fill_in(client)
    assert post(client, form, ("plan.pdf", files.pdf())).status_code == 303
    return send(client, form).location.removesuffix("/ontvangen")


def post(
    client: FlaskClient, form: str, *drawings: Named, extra: tuple[Named, ...] = (), **fields: str
) -> TestResponse:
    """Send the step with files as a browser does; an input without a file is sent empty."""
    typed = {"asked": "drawing extra note", "note": "Zie de tekening", **fields}
    chosen = {"drawing": drawings or (("", b""),), "extra": extra or (("", b""),)}
    return post_form(client, f"{form}/files", typed, chosen)


def post_form(
    client: FlaskClient, path: str, typed: dict[str, str], chosen: dict[str, tuple[Named, ...]]
) -> TestResponse:
    """Send a form with files; in memory, since the client would leave a temporary file of its own open."""
    sent: MultiDict[str, Any] = MultiDict(typed)
    for name, few in chosen.items():
        for title, content in few:
            sent.add(name, FileStorage(io.BytesIO(content), filename=title))
    boundary, body = encode_multipart(sent)
    return client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def listed(page: str, *, name: str = "drawing") -> list[tuple[str, str]]:
    """The files in the list of a question: their numbers and names."""
    return re.findall(rf'value="remove_file:{name}:([0-9a-f-]+)">Verwijder<span class="balie-vh"> (.*?)</span>', page)

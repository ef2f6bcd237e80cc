"""A mail server, and notify on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dev.mailbox import Mailbox, make_mailbox
from services.notify import main
from services.notify.settings import WebSettings
from shared.database import Pool
from tests.browser import served
from tests.conftest import Database
from tests.services.notify.noor import KEY
from tests.services.notify.office import Office, open_office
from tests.services.notify.receiver import Receiver, open_receiver
from tests.services.notify.sink import Sink, free_port, open_sink
from tests.services.notify.trip import Trip, open_trip
from tests.shared.letters.samples import MUNICIPALITY


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that takes everything."""
    with open_sink() as sink:
        yield sink


@pytest.fixture
def trip(database: Database, sink: Sink, tmp_path: Path) -> Iterator[Trip]:
    """The two workers, worked by hand."""
    with open_trip(database.dsn("notify"), vault=tmp_path / "vault", smtp_url=sink.url) as trip:
        yield trip


@pytest.fixture
def app(database: Database, sink: Sink, tmp_path: Path) -> Iterator[Flask]:
    """The web door, on the same database, vault and mail server as the workers."""
    with open_door(database, smtp_url=sink.url, vault=tmp_path / "vault") as app:
        yield app


@pytest.fixture
def app_without_mail(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The same door while no mail server answers."""
    with open_door(database, smtp_url=f"smtp://127.0.0.1:{free_port()}", vault=tmp_path / "vault") as app:
        yield app


@pytest.fixture
def office(app: Flask, trip: Trip, sink: Sink) -> Iterator[Office]:
    """A client of the API, on the door that really listens."""
    with open_office(app, trip=trip, sink=sink) as office:
        yield office


@pytest.fixture
def texts(tmp_path: Path, office: Office) -> Iterator[Mailbox]:
    """A provider of text messages that takes everything."""
    mailbox = Mailbox(tmp_path / "texts")
    with served(make_mailbox(mailbox, environment="test")) as base:
        office.trip.sms_url = f"{base}/texts"
        yield mailbox


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A client that listens."""
    with open_receiver() as receiver:
        yield receiver


@contextmanager
def open_door(database: Database, *, smtp_url: str, vault: Path, **more: Any) -> Iterator[Flask]:
    """Open the web door on this database and vault, with `more` settings."""
    settings = WebSettings(
        database_url=database.dsn("notify"),
        **{"valkey_url": database.valkey_url, "rate_limits": False, **more},
        secret_key=KEY,
        notify_url="http://notify.example",
        forms_url="http://forms.example",
        workflow_url="http://workflow.example",
        smtp_url=smtp_url,
        mail_from="Gemeente Voorbeeld <balie@voorbeeld.example>",
        vault=vault,
        vault_key=KEY,
    )
    app = main.make_web(settings, municipality=MUNICIPALITY)
    yield app
    pool: Pool = app.extensions["balie_pool"]
    pool.close()

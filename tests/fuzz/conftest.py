"""The services under fire: forms with all its products, and notify with a letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Database
from tests.services.forms.conftest import app, client, web_doors
from tests.services.notify.conftest import open_door, sink, trip
from tests.services.notify.sink import Sink

__all__ = ["app", "client", "sink", "trip", "web_doors"]


@pytest.fixture
def notify_app(database: Database, sink: Sink, tmp_path: Path) -> Iterator[Flask]:
    """The web door of notify, on the same database and vault as its workers."""
    with open_door(database, smtp_url=sink.url, vault=tmp_path / "vault") as opened:
        yield opened

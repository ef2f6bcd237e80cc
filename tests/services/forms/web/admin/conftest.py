"""The forms service as it follows what is published, and Bram's browser on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.catalogue import versions
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.web.admin.bram import BRAM, CARLA, browser_of


@pytest.fixture
def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A web door that asks at every request what serves."""
    versions.forget()
    monkeypatch.setattr("services.forms.products.FRESH_S", 0)
    yield from open_web(database, catalogue=CATALOGUE, follow=True)


@pytest.fixture
def bram(app: Flask) -> FlaskClient:
    """A functional administrator."""
    return browser_of(app, person=BRAM)


@pytest.fixture
def carla(app: Flask) -> FlaskClient:
    """Another one, at the same time."""
    return browser_of(app, person=CARLA)

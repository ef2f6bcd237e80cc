"""A process that runs comes to serve what is published meanwhile, and serves on when that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from services.forms.products import ServingProducts
from services.forms.publications import publish
from shared.access import Person
from shared.catalogue.definitions import Catalogue
from shared.catalogue.publications import Signature
from shared.clock import utc_now
from shared.database import Pool, connect, open_pool
from tests.conftest import Database
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.test_publications import ONE, TWO

BRAM = Person(subject="bram", name="Bram de Wit", email="", groups=frozenset())


@pytest.fixture
def pool(database: Database) -> Iterator[Pool]:
    with open_pool(database.dsn("forms"), size=1) as opened:
        yield opened


@pytest.fixture
def catalogue() -> Catalogue:
    return replace(CATALOGUE, products={}, in_folder=frozenset())


def test_a_running_process_serves_a_new_version_without_a_restart(
    pool: Pool, catalogue: Catalogue, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    products = ServingProducts(catalogue, pool=pool)
    assert products.current == {}
    with connect(database.dsn("forms")) as connection:
        publish(connection, ONE, signed=Signature(by=BRAM, at=utc_now()), serves_from=utc_now())
    monkeypatch.setattr("services.forms.products.FRESH_S", 0)
    assert products.current["trial"].version == ONE.version


def test_within_the_same_second_it_does_not_ask_again(pool: Pool, catalogue: Catalogue, database: Database) -> None:
    products = ServingProducts(catalogue, pool=pool)
    with connect(database.dsn("forms")) as connection:
        publish(connection, ONE, signed=Signature(by=BRAM, at=utc_now()), serves_from=utc_now())
    assert products.current == {}
    products.refresh()
    assert list(products.current) == ["trial"]


def test_what_waits_for_its_moment_does_not_serve(pool: Pool, catalogue: Catalogue, database: Database) -> None:
    products = ServingProducts(catalogue, pool=pool)
    with connect(database.dsn("forms")) as connection:
        now = utc_now()
        publish(connection, ONE, signed=Signature(by=BRAM, at=now), serves_from=now)
        publish(connection, TWO, signed=Signature(by=BRAM, at=now), serves_from=now + timedelta(days=1))
    products.refresh()
    assert products.current["trial"].version == ONE.version
    assert products.version("trial", version=TWO.version).version == TWO.version

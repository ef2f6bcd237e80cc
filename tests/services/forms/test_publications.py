"""Publishing is signed, begins at a moment, and is followed or called off, but never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from services.forms.publications import (
    AlreadyServesError,
    InThePastError,
    call_off,
    publish,
    publish_from_folder,
)
from services.forms.standing import standing_products
from shared.access import Person
from shared.catalogue import versions
from shared.catalogue.definitions import Product
from shared.catalogue.publications import Signature, publications_of, serving_at
from shared.database import Connection, connect
from tests.products import read_product
from tests.shared.catalogue.texts import FILES, FORM

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BRAM = Person(subject="bram", name="Bram de Wit", email="", groups=frozenset())


def trial(title: str) -> Product:
    return read_product({**FILES, "form.yaml": FORM.replace("en: Trial}", f"en: {title}}}", 1)}, product_id="trial")


ONE, TWO, THREE = trial("One"), trial("Two"), trial("Three")


@pytest.fixture
def connection(database: Any) -> Iterator[Connection]:
    versions.forget()
    with connect(database.dsn("forms")) as opened:
        yield opened


def serves(connection: Connection, *, at: datetime = NOW) -> str | None:
    found = serving_at(connection, at=at).get("trial")
    return found.version if found else None


def publish_now(connection: Connection, product: Product, *, at: datetime = NOW) -> None:
    signed = Signature(by=BRAM, at=at, because="Nieuwe tekst")
    publish(connection, product, signed=signed, serves_from=at, examples={"a.yaml": "on: x"})


def folder(connection: Connection, product: Product) -> bool:
    return publish_from_folder(connection, product, examples={}, at=datetime.now(UTC))


def test_who_when_and_why_stay_with_a_publication(connection: Connection) -> None:
    publish_now(connection, ONE)
    (found,) = publications_of(connection, product_id="trial")
    assert (found.signed_by, found.published_at, found.because) == ("Bram de Wit", NOW, "Nieuwe tekst")
    assert found.examples == {"a.yaml": "on: x"}


def test_a_version_serves_from_its_moment_on(connection: Connection) -> None:
    publish_now(connection, ONE)
    monday = NOW + timedelta(days=7)
    publish(connection, TWO, signed=Signature(by=BRAM, at=NOW), serves_from=monday)
    assert serves(connection) == ONE.version
    assert serves(connection, at=monday - timedelta(seconds=1)) == ONE.version
    assert serves(connection, at=monday) == TWO.version


def test_nothing_can_serve_from_a_moment_that_is_over(connection: Connection) -> None:
    with pytest.raises(InThePastError):
        publish(connection, ONE, signed=Signature(by=BRAM, at=NOW), serves_from=NOW - timedelta(seconds=1))
    assert serves(connection) is None


def test_rolling_back_is_publishing_the_older_version_again(connection: Connection) -> None:
    for minutes, product in enumerate((ONE, TWO, ONE)):
        publish_now(connection, product, at=NOW + timedelta(minutes=minutes))
    assert serves(connection, at=NOW + timedelta(hours=1)) == ONE.version
    assert len(publications_of(connection, product_id="trial")) == 3


def test_what_waits_can_be_called_off_once_and_what_serves_cannot(connection: Connection) -> None:
    publish_now(connection, ONE)
    publish(connection, TWO, signed=Signature(by=BRAM, at=NOW), serves_from=NOW + timedelta(days=7))
    waiting, serving = publications_of(connection, product_id="trial")
    call_off(connection, publication_id=waiting.id, by=BRAM, at=NOW)
    for number in (waiting.id, serving.id, 0):
        with pytest.raises(AlreadyServesError):
            call_off(connection, publication_id=number, by=BRAM, at=NOW)
    assert serves(connection, at=NOW + timedelta(days=8)) == ONE.version
    assert publications_of(connection, product_id="trial")[0].called_off_by == "Bram de Wit"


def test_an_update_of_the_software_does_not_undo_what_somebody_published(connection: Connection) -> None:
    assert folder(connection, ONE)
    publish_now(connection, TWO, at=datetime.now(UTC))
    assert folder(connection, ONE)  # the folder is as it was: nothing to tell
    assert not folder(connection, THREE)
    assert serves(connection, at=datetime.now(UTC)) == TWO.version


def test_who_goes_back_to_the_text_of_the_folder_gets_its_updates_again(connection: Connection) -> None:
    folder(connection, ONE)
    publish_now(connection, TWO, at=datetime.now(UTC))
    publish_now(connection, ONE, at=datetime.now(UTC))
    assert folder(connection, THREE)
    assert serves(connection, at=datetime.now(UTC)) == THREE.version


def test_what_was_made_by_hand_needs_no_folder(connection: Connection) -> None:
    publish_now(connection, ONE)
    serving = standing_products(connection, known={}, folder=set(), at=NOW)
    assert serving["trial"].version == ONE.version
    assert "objecten" not in serving  # published by the folder, where it no longer lies


def test_a_version_that_somebody_altered_leaves_the_known_one_serving(connection: Connection, database: Any) -> None:
    publish_now(connection, ONE)
    publish_now(connection, TWO, at=NOW + timedelta(minutes=1))
    connection.commit()
    with connect(database.dsn()) as owner:
        owner.execute(
            'update catalogue.version set files = files || \'{"letters/x.txt": "anders"}\' where version = %s',
            [TWO.version],
        )
    later = NOW + timedelta(hours=1)
    assert standing_products(connection, known={"trial": ONE}, folder=set(), at=later)["trial"] is ONE
    assert "trial" not in standing_products(connection, known={}, folder=set(), at=later)


@pytest.mark.parametrize(
    "statement",
    [
        "update catalogue.publication set because = 'x'",
        "delete from catalogue.publication",
        "delete from catalogue.calling_off",
    ],
)
def test_no_service_can_change_what_was_signed(connection: Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)

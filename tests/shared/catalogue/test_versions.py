"""A version that was ever used can be read again, exactly as it was."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from shared.catalogue import versions
from shared.catalogue.versions import AlteredVersionError, UnknownVersionError, recall, remember
from shared.database import connect
from tests.products import read_product
from tests.shared.catalogue.texts import FILES

TRIAL = read_product(FILES, product_id="trial")


@pytest.fixture(autouse=True)
def nothing_recalled() -> None:
    """Each test starts like a fresh process."""
    versions.forget()


def test_a_remembered_version_comes_back_with_the_same_content(database: Any) -> None:
    with connect(database.dsn("forms")) as connection:
        remember(connection, TRIAL)
        remember(connection, TRIAL)
    with connect(database.dsn("workflow")) as connection:
        again = recall(connection, product_id="trial", version=TRIAL.version)
        assert again.version == TRIAL.version
        assert again.steps == TRIAL.steps
        assert recall(connection, product_id="trial", version=TRIAL.version) is again


def test_a_version_nobody_kept_is_unknown(database: Any) -> None:
    with connect(database.dsn("notify")) as connection, pytest.raises(UnknownVersionError):
        recall(connection, product_id="trial", version="0" * 64)


def test_no_service_can_change_or_remove_a_version(database: Any) -> None:
    with connect(database.dsn("forms")) as connection:
        remember(connection, TRIAL)
    for statement in ("update catalogue.version set product = 'x'", "delete from catalogue.version"):
        with connect(database.dsn("forms")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_kept_texts_that_somebody_changed_are_refused(database: Any) -> None:
    with connect(database.dsn("forms")) as connection:
        remember(connection, TRIAL)
    with connect(database.dsn()) as connection:
        connection.execute("""update catalogue.version set files = files || '{"letters/x.txt": "anders"}'""")
    with connect(database.dsn("forms")) as connection, pytest.raises(AlteredVersionError):
        recall(connection, product_id="trial", version=TRIAL.version)

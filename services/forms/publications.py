"""Publishes versions of products: signed, from a moment on, called off before it, or as the folder brings them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from shared.access import Person
from shared.catalogue.definitions import Product
from shared.catalogue.examples import example_texts
from shared.catalogue.municipality import publish_municipality, standing_municipality
from shared.catalogue.publications import Signature, publications_of
from shared.catalogue.reader import read_catalogue
from shared.catalogue.versions import remember
from shared.clock import utc_now
from shared.database import Connection, connect
from shared.log import logger


class InThePastError(Exception):
    """Nothing can serve from a moment that is over: what residents read then has been read."""


class AlreadyServesError(Exception):
    """It serves by now, so it can only be followed by another version."""


def publish(
    connection: Connection,
    product: Product,
    /,
    *,
    signed: Signature,
    serves_from: datetime,
    examples: Mapping[str, str] | None = None,
) -> None:
    """Keep this version and offer it from a moment on, in the caller's transaction.

    Raises:
        InThePastError: that moment is before it was signed.
    """
    if serves_from < signed.at:
        raise InThePastError
    remember(connection, product)
    _add(
        connection,
        {
            "product": product.id,
            "version": product.version,
            "published_at": signed.at,
            "serves_from": serves_from,
            "subject": signed.by.subject,
            "signed_by": signed.by.name,
            "because": signed.because,
            "examples": None if examples is None else Jsonb(dict(examples)),
        },
    )


def call_off(connection: Connection, *, publication_id: int, by: Person, at: datetime) -> None:
    """Call off a publication that does not serve yet.

    Raises:
        AlreadyServesError: it serves by now, was called off before, or never was.
    """
    done = connection.execute(
        """
        insert into catalogue.calling_off (publication, at, subject, signed_by)
        select id, %(at)s, %(subject)s, %(name)s from catalogue.publication where id = %(id)s and serves_from > %(at)s
        on conflict do nothing
        """,
        {"id": publication_id, "at": at, "subject": by.subject, "name": by.name},
    )
    if done.rowcount == 0:
        raise AlreadyServesError


def publish_from_folder(
    connection: Connection, product: Product, /, *, examples: Mapping[str, str], at: datetime
) -> bool:
    """Offer the version of the folder when it is new there, in the caller's transaction; False when it waits.

    It waits, kept and to be seen, where somebody published another version by hand: what a person signed is not undone
    by an update of the software.
    """
    remember(connection, product)
    rows = publications_of(connection, product_id=product.id)
    told = next((row.version for row in sorted(rows, key=lambda row: -row.id) if row.signed_by is None), None)
    if told == product.version:
        return True
    own = {row.version for row in rows if row.signed_by is None}
    counting = [row for row in rows if row.called_off_at is None]
    if any(row.version not in own for row in counting[:1]):
        return False
    values = {"product": product.id, "version": product.version, "published_at": at, "serves_from": at}
    _add(connection, {**values, "examples": Jsonb(dict(examples))})
    return True


def publish_catalogue(folder: Path, *, database_url: str) -> list[str]:
    """Keep today's versions and offer those that are new; gives the ids of the products without faults."""
    catalogue = read_catalogue(folder, municipality=standing_municipality(folder, database_url=database_url))
    with connect(database_url) as connection:
        for product in catalogue.products.values():
            examples = example_texts(folder / product.id)
            if not publish_from_folder(connection, product, examples=examples, at=utc_now()):
                logger.warning("version_of_the_folder_waits", product=product.id, version=product.version)
        publish_municipality(connection, folder=folder)
    return list(catalogue.products)


def _add(connection: Connection, values: Mapping[str, Any]) -> None:
    names = ", ".join(values)
    places = ", ".join(f"%({name})s" for name in values)
    connection.execute(f"insert into catalogue.publication ({names}) values ({places})", values)

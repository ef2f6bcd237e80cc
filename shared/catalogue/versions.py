"""Every version of a product that was ever used, kept so that a draft or case can go on with the one it began with."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from shared.catalogue.definitions import Product
from shared.catalogue.reader import reopen_product, version_of
from shared.database import Connection


class UnknownVersionError(LookupError):
    """This version of the product was never kept."""


class AlteredVersionError(Exception):
    """The kept texts no longer have the content that names the version."""


def remember(connection: Connection, product: Product, /) -> None:
    """Keep this version, in the caller's transaction; keeping it again changes nothing."""
    connection.execute(
        "insert into catalogue.version (product, version, files) values (%s, %s, %s) on conflict do nothing",
        (product.id, product.version, Jsonb(dict(product.files))),
    )


def recall(connection: Connection, *, product_id: str, version: str) -> Product:
    """Read a kept version again, exactly as it was.

    Raises:
        UnknownVersionError: it was never kept.
        AlteredVersionError: somebody changed the kept texts.
    """
    known = _RECALLED.get((product_id, version))
    if known is None:
        known = _RECALLED[product_id, version] = _read(connection, product_id=product_id, version=version)
    return known


def forget() -> None:
    """Read every version from the database again when it is next asked for."""
    _RECALLED.clear()


_RECALLED: dict[tuple[str, str], Product] = {}


def _read(connection: Connection, *, product_id: str, version: str) -> Product:
    row = connection.execute(
        "select files from catalogue.version where product = %s and version = %s", (product_id, version)
    ).fetchone()
    if row is None:
        raise UnknownVersionError(f"{product_id} {version}")
    files: dict[str, str] = row["files"]
    if version_of(files) != version:
        raise AlteredVersionError(f"{product_id} {version}")
    return reopen_product(files, product_id=product_id)

"""What serves: of each product the version that was published last, whatever today's folder looks like."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shared.catalogue.definitions import Catalogue, Product
from shared.catalogue.faults import FaultyProductError
from shared.catalogue.municipality import standing_municipality
from shared.catalogue.publications import serving_at
from shared.catalogue.reader import read_catalogue
from shared.catalogue.versions import AlteredVersionError, recall
from shared.clock import utc_now
from shared.database import Connection, connect
from shared.log import logger


def standing_catalogue(folder: Path, *, database_url: str) -> Catalogue:
    """Read the products that serve now, with the faults of today's folder.

    Raises:
        FaultyCatalogueError: the municipality cannot be read and was never published either.
    """
    catalogue = read_catalogue(folder, municipality=standing_municipality(folder, database_url=database_url))
    for fault in catalogue.faults:
        logger.error("product_with_faults", fault=str(fault))
    with connect(database_url) as connection:
        serving = standing_products(connection, known=catalogue.products, folder=catalogue.in_folder, at=utc_now())
    if catalogue.left_out:
        none = sorted(set(catalogue.left_out) - serving.keys())
        logger.error("older_version_serves", products=sorted(set(catalogue.left_out) - set(none)), none=none)
    return replace(catalogue, products=serving)


def standing_products(
    connection: Connection, *, known: Mapping[str, Product], folder: Collection[str], at: datetime
) -> dict[str, Product]:
    """Read what serves at this moment; those that are `known` already are not read again.

    What somebody published by hand serves until they end it. What the folder brought serves while it lies there. A
    version that cannot be read leaves the known one in its place.
    """
    serving: dict[str, Product] = {}
    for name, publication in sorted(serving_at(connection, at=at).items()):
        if publication.signed_by is None and name not in folder:
            continue
        product = known.get(name)
        if product is None or product.version != publication.version:
            product = _recalled(connection, product_id=name, version=publication.version) or product
        if product is not None:
            serving[name] = product
    return serving


def _recalled(connection: Connection, *, product_id: str, version: str) -> Product | None:
    try:
        return recall(connection, product_id=product_id, version=version)
    except (AlteredVersionError, FaultyProductError) as error:
        logger.error("version_cannot_serve", product=product_id, version=version, error=type(error).__name__)
        return None

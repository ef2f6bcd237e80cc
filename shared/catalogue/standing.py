"""What serves: today's folder, and in place of what has faults in it the last that had none."""

from __future__ import annotations

from pathlib import Path

from shared.catalogue.definitions import Catalogue
from shared.catalogue.municipality import publish_municipality, standing_municipality
from shared.catalogue.reader import read_catalogue
from shared.catalogue.versions import last_published, publish
from shared.database import connect
from shared.log import logger


def standing_catalogue(folder: Path, *, database_url: str) -> Catalogue:
    """Read today's products; one with faults is served as it was last published, if it ever was.

    Raises:
        FaultyCatalogueError: the municipality cannot be read and was never published either.
    """
    catalogue = read_catalogue(folder, municipality=standing_municipality(folder, database_url=database_url))
    if not catalogue.left_out:
        return catalogue
    for fault in catalogue.faults:
        logger.error("product_with_faults", fault=str(fault))
    with connect(database_url) as connection:
        standing = {name: last_published(connection, product_id=name) for name in catalogue.left_out}
    kept = {name: product for name, product in standing.items() if product is not None}
    logger.error("older_version_serves", products=sorted(kept), none=sorted(standing.keys() - kept.keys()))
    return catalogue.serving(kept)


def publish_catalogue(folder: Path, *, database_url: str) -> list[str]:
    """Keep today's versions and offer them from now on; gives the ids of the products without faults."""
    catalogue = standing_catalogue(folder, database_url=database_url)
    sound = [product for name, product in catalogue.products.items() if name not in catalogue.left_out]
    with connect(database_url) as connection:
        for product in sound:
            publish(connection, product)
        publish_municipality(connection, folder=folder)
    return [product.id for product in sound]

"""Brings this service's part of the database up to date."""

from __future__ import annotations

from pathlib import Path

from services.forms.settings import Migration
from shared.catalogue.reader import read_catalogue
from shared.catalogue.versions import remember
from shared.database import connect, migrate
from shared.log import logger
from shared.settings import read


def migrate_forms() -> None:
    """Bring the tables up to date, and keep today's version of every product."""
    settings = read(Migration)
    done = migrate(settings.database_url, folder=Path(__file__).parent / "migrations", schema="forms")
    products = read_catalogue(settings.catalogue).products.values()
    with connect(settings.database_url) as connection:
        for product in products:
            remember(connection, product)
    logger.info("migrated", files=done, products=[product.id for product in products])

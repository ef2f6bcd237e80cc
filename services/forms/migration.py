"""Brings this service's part of the database up to date."""

from __future__ import annotations

from pathlib import Path

from services.forms.publications import publish_catalogue
from services.forms.settings import Migration
from shared.database import migrate
from shared.log import logger
from shared.settings import read


def migrate_forms() -> None:
    """Bring the tables up to date, and publish today's version of every product without faults."""
    settings = read(Migration)
    done = migrate(settings.database_url, folder=Path(__file__).parent / "migrations", schema="forms")
    products = publish_catalogue(settings.catalogue, database_url=settings.database_url)
    logger.info("migrated", files=done, products=products)

"""Brings this service's part of the database up to date."""

from __future__ import annotations

from pathlib import Path

from services.notify.settings import Migration
from shared.database import migrate
from shared.log import logger
from shared.settings import read


def migrate_notify() -> None:
    """Bring the tables up to date."""
    done = migrate(read(Migration).database_url, folder=Path(__file__).parent / "migrations", schema="notify")
    logger.info("migrated", files=done)

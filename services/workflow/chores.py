"""What is done now and then beside the timers: morning mails, reminders to advisers, how long closed cases are kept."""

from __future__ import annotations

from datetime import datetime

from services.workflow.advice_reminding import remind_advisers
from services.workflow.digests import send_digests
from services.workflow.retaining import record_closed
from shared.database import Connection
from shared.log import logger


def do_chores(connection: Connection, *, now: datetime, staff_url: str) -> None:
    """Do what waits; the connection commits by itself."""
    if closed := record_closed(connection, now=now):
        logger.info("retention_recorded", count=closed)
    if reminded := remind_advisers(connection, now=now, staff_url=staff_url):
        logger.info("advisers_reminded", count=reminded)
    if sent := send_digests(connection, now=now, staff_url=staff_url):
        logger.info("mornings_told", count=sent)

"""What is done now and then beside the timers: morning mails, reminders, terms of keeping, times of cases."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

from services.workflow.advice_reminding import remind_advisers
from services.workflow.digests import send_digests
from services.workflow.retaining import record_closed
from services.workflow.times_store import keep_up
from shared.database import Connection
from shared.law.calendar import local_date
from shared.log import logger

AT_ONE_LOOK_S: Final = 1.0
"""Seconds of working out times before the timers are looked at again."""


def do_chores(connection: Connection, *, now: datetime, staff_url: str) -> None:
    """Do what waits; the connection commits by itself."""
    if closed := record_closed(connection, now=now):
        logger.info("retention_recorded", count=closed)
    if reminded := remind_advisers(connection, now=now, staff_url=staff_url):
        logger.info("advisers_reminded", count=reminded)
    if sent := send_digests(connection, now=now, staff_url=staff_url):
        logger.info("mornings_told", count=sent)
    if timed := _time_cases(connection, now=now):
        logger.info("cases_timed", count=timed)


def _time_cases(connection: Connection, *, now: datetime) -> int:
    until, timed = time.monotonic() + AT_ONE_LOOK_S, 0
    while time.monotonic() < until and (done := keep_up(connection, today=local_date(now))):
        timed += done
    return timed

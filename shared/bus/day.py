"""The clock: tells once a day that the day began, and clears away facts that everybody has long heard."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid5

import psycopg

from shared.bus.courier import Courier
from shared.bus.heartbeat import beat
from shared.clock import utc_now
from shared.database import Connection, connect
from shared.events import DayBegan
from shared.law.calendar import local_date
from shared.log import logger

LOOK_EVERY_S = 5.0
KEPT_DAYS = 30
_DAYS = UUID("6f0f7a54-6c1b-5c1e-9f6a-3f4f2c1c7d10")


def tell_day(connection: Connection, *, now: datetime) -> UUID:
    """Tell that today began in Amsterdam; the number follows from the date, so a second telling changes nothing."""
    today = local_date(now)
    return Courier(connection, now=now).tell(DayBegan(on=today), event_id=number_of(today))


def number_of(day: date) -> UUID:
    """Give the one event number of this day."""
    return uuid5(_DAYS, day.isoformat())


def forget_heard(connection: Connection, *, now: datetime) -> int:
    """Delete facts older than 30 days that every hearer has handled; what nobody heard yet is never deleted."""
    return connection.execute(
        """
        delete from bus.event e where at < %s - make_interval(days => %s)
        and not exists (select from bus.delivery d where d.event_id = e.id and d.done_at is null)
        """,
        [now, KEPT_DAYS],
    ).rowcount


def run_clock(*, database_url: str) -> None:
    """Look at the clock for ever, connecting anew whenever the database goes away."""
    while True:
        with suppress(psycopg.Error), connect(database_url) as connection:
            logger.info("clock_started")
            while True:
                _look(connection)
                time.sleep(LOOK_EVERY_S)
        logger.warning("clock_reconnects")
        time.sleep(0.5)


def _look(connection: Connection) -> None:
    now = utc_now()
    with connection.transaction():
        tell_day(connection, now=now)
        forget_heard(connection, now=now)
        beat(connection, part="clock")

"""What is counted once a day: the pace of products, how forms were filled in, and the panel's answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from services.forms.actions.panelling import count_panels
from services.forms.measure_store import count_ended
from services.forms.pace import count_pace
from shared.database import Connection


def count_day(connection: Connection, *, today: date, tell: Callable[[object], object]) -> None:
    """Do all of it, in the caller's transaction; a second time the same day changes nothing."""
    count_pace(connection, today=today)
    count_ended(connection, today=today, tell=tell)
    count_panels(connection, today=today, tell=tell)

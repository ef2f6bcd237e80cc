"""Which day it is for the house, in whatever time zone a test runs."""

from __future__ import annotations

from datetime import date

from shared.clock import utc_now
from shared.law.calendar import local_date


def today() -> date:
    """The day in Amsterdam: from 22.00 or 23.00 UTC on that is tomorrow in UTC."""
    return local_date(utc_now())

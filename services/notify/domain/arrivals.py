"""When a letter is likely to be there, as clients of the API ask."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from services.notify.domain.notifications import POSTAGE
from shared.law.calendar import AMSTERDAM, add_working_days, local_date

_LATEST: Final = time(16)


def expected_arrival(ready_at: datetime, /, *, postage: str | None) -> datetime:
    """Give the latest likely moment (aware): the print room takes a letter the next working day, then it travels."""
    days = 1 + POSTAGE.get(postage or "netherlands", POSTAGE["netherlands"])
    return datetime.combine(add_working_days(local_date(ready_at), count=days), _LATEST, tzinfo=AMSTERDAM)

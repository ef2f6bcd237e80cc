"""Hours in which a channel is silent, so that nobody is woken for what can wait till morning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from shared.law.calendar import AMSTERDAM

_HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class BadHoursError(ValueError):
    """Quiet hours look like 23:00-07:00 and end at another time than they begin, or are empty for none."""


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """From one moment of the day in the Netherlands until another, over midnight if it is earlier."""

    since: time
    until: time

    def ends(self, now: datetime) -> datetime | None:
        """Give when silence ends (aware); None: it is not silent now."""
        local = now.astimezone(AMSTERDAM)
        at = local.time()
        over_midnight = self.until <= self.since
        silent = (at >= self.since or at < self.until) if over_midnight else self.since <= at < self.until
        if not silent:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and at >= self.since else 0)
        return datetime.combine(day, self.until, tzinfo=AMSTERDAM)


def read_quiet(text: str) -> Quiet | None:
    """Read hours such as 23:00-07:00; None for "".

    Raises:
        BadHoursError: it is something else.
    """
    if not text:
        return None
    found = _HOURS.fullmatch(text)
    if found is None or found[0][:5] == found[0][6:]:
        raise BadHoursError(f"{text!r}: {BadHoursError.__doc__}")
    a, b, c, d = map(int, found.groups())
    return Quiet(since=time(a, b), until=time(c, d))

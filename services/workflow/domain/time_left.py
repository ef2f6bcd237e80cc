"""How much time is left to decide, in words and in kinds of urgency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.events import Words
from shared.law.calendar import is_working_day, working_days_between

SOON_WITHIN = 5
"""Working days: from here on a case asks for attention."""


class Urgency(StrEnum):
    """The kinds of sign in a list; each has its own shape and words."""

    LATE = "late"
    SOON = "soon"
    OK = "ok"
    PAUSED = "paused"
    DONE = "check"


@dataclass(frozen=True, kw_only=True)
class TimeLeft:
    """`working_days` left, negative when late; None when nothing runs."""

    kind: Urgency
    working_days: int | None
    words: Words


PAUSED = TimeLeft(
    kind=Urgency.PAUSED, working_days=None, words=Words(nl="Termijn staat stil", en="The clock is stopped")
)


def time_left(decide_by: date, *, today: date, paused: bool) -> TimeLeft:
    """Say what is left on this day up to and including the last day."""
    if paused:
        return PAUSED
    days = working_days_between(today, until=decide_by)
    if decide_by < today:
        return TimeLeft(kind=Urgency.LATE, working_days=days, words=_late(-days))
    kind = Urgency.SOON if days <= SOON_WITHIN else Urgency.OK
    return TimeLeft(kind=kind, working_days=days, words=_left(days, today=today, decide_by=decide_by))


def _late(days: int) -> Words:
    if days == 0:
        return Words(nl="Te laat", en="Overdue")
    if days == 1:
        return Words(nl="1 werkdag te laat", en="1 working day overdue")
    return Words(nl=f"{days} werkdagen te laat", en=f"{days} working days overdue")


def _left(days: int, *, today: date, decide_by: date) -> Words:
    if decide_by == today:
        return Words(nl="Vandaag", en="Today")
    if days == 0 and is_working_day(today):
        return Words(nl="Vandaag de laatste werkdag", en="Today is the last working day")
    if days == 0:
        return Words(nl="Geen werkdag meer", en="No working day left")
    if days == 1:
        return Words(nl="Nog 1 werkdag", en="1 working day left")
    return Words(nl=f"Nog {days} werkdagen", en=f"{days} working days left")

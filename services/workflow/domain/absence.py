"""Somebody is away for some days, and a colleague who may do the same stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.workflow.domain.fault import Fault, FaultyInputError
from shared.access import Permission, Person, scope_of
from shared.events import Words

LONGEST: Final = timedelta(days=366)
"""A typing error in the year would keep somebody away for years."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Who is away (`subject`), who stands in, and from when up to and including when."""

    subject: str
    substitute: str
    first: date
    last: date

    def overlaps(self, first: date, last: date, /) -> bool:
        """Whether it has a day in common with these."""
        return self.first <= last and first <= self.last


def can_stand_in(person: Person, *, away: Person) -> bool:
    """Whether this person may work on every case that the other may work on."""
    mine, theirs = (scope_of(each, permission=Permission.WORK_CASES) for each in (person, away))
    covers = set(theirs.teams) <= set(mine.teams) and set(theirs.products) <= set(mine.products)
    return person.subject != away.subject and (mine.everything or (covers and not theirs.everything))


def plan_absence(
    away: Person, *, substitute: Person | None, days: tuple[date, date], today: date, known: Sequence[Absence]
) -> Absence:
    """Give the absence as somebody says it, among those that are `known`.

    Raises:
        FaultyInputError: the days are not to come, too many or taken, or the other cannot stand in on them.
    """
    faults, (first, last) = [], days
    if last < max(first, today):
        faults.append(Fault("last", Words(nl="Kies een laatste dag die nog komt.", en="Choose a last day to come.")))
    elif last - first > LONGEST:
        faults.append(Fault("last", Words(nl="Kies hooguit een jaar.", en="Choose a year at most.")))
    if any(each.subject == away.subject and each.overlaps(first, last) for each in known):
        taken = Words(nl="Op deze dagen is al afwezigheid gemeld.", en="Absence was told on these days already.")
        faults.append(Fault("first", taken))
    if substitute is None or not can_stand_in(substitute, away=away):
        faults.append(Fault("substitute", Words(nl="Kies wie vervangt.", en="Choose who stands in.")))
    elif any(each.subject == substitute.subject and each.overlaps(first, last) for each in known):
        gone = Words(nl="De vervanger is op deze dagen zelf afwezig.", en="The substitute is away on these days.")
        faults.append(Fault("substitute", gone))
    if substitute is None or faults:
        raise FaultyInputError(tuple(faults))
    return Absence(subject=away.subject, substitute=substitute.subject, first=first, last=last)

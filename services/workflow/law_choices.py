"""How this municipality reads the law where it is open: settings, each with its source beside it (`Policy`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from services.workflow.domain.clock import Terms, terms_of
from shared.catalogue.definitions import Process
from shared.events import Words
from shared.law.terms import Policy
from shared.settings import read

_READINGS: Final[Mapping[str, tuple[str, Words, Words]]] = {
    "lapsed_means_day_after": (
        "Awb 4:15 lid 1",
        Words(nl="De laatste dag van de hersteltermijn telt helemaal mee.", en="The last day to repair counts whole."),
        Words(nl="De laatste dag van de hersteltermijn telt niet mee.", en="The last day to repair does not count."),
    ),
    "atw_on_post_week": (
        "Awb 6:9 lid 2, Atw 1",
        Words(nl="De week voor bezwaar per post schuift op.", en="The week for objections by post moves."),
        Words(nl="De week voor bezwaar per post schuift niet op.", en="The week for objections by post does not move."),
    ),
    "two_week_term_under_atw": (
        "Awb 4:17 lid 1 en 3",
        Words(nl="De 2 weken na een ingebrekestelling schuiven op.", en="The 2 weeks after a notice of default move."),
        Words(
            nl="De 2 weken na een ingebrekestelling schuiven niet op.",
            en="The 2 weeks after a notice of default do not move.",
        ),
    ),
    "announcement_day_counts": (
        "Awb 4:17",
        Words(nl="De dag van bekendmaken kost nog dwangsom.", en="The day of the announcement still costs money."),
        Words(nl="De dag van bekendmaken kost geen dwangsom.", en="The day of the announcement costs nothing."),
    ),
}
"""Of each choice its article, and what it says when it is on and when it is off."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How an open question of an `article` is read, and by which `setting` that can be another way."""

    setting: str
    article: str
    said: Words


@cache
def choices() -> Policy:
    """The readings that were chosen; without a setting the safe one."""
    return read(Policy)


def terms_for(process: Process) -> Terms:
    """The terms of a product as this municipality reads the law."""
    return terms_of(process, policy=choices())


def readings_of(policy: Policy) -> Iterator[Reading]:
    """Say in words how each open question is read."""
    for each in fields(policy):
        article, yes, no = _READINGS[each.name]
        yield Reading(setting=each.name.upper(), article=article, said=yes if getattr(policy, each.name) else no)

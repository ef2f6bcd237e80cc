"""When a decision term stands still (Awb 4:15) and how many days that takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.law.calendar import ONE_DAY, is_working_day, next_working_day
from shared.law.model import Policy


class Ground(StrEnum):
    """Why a decision term stands still."""

    incomplete = "incomplete"
    abroad = "abroad"
    consent = "consent"
    applicant_delay = "applicant_delay"
    force_majeure = "force_majeure"
    third_party_view = "third_party_view"

    @property
    def article(self) -> str:
        """The article that gives the ground."""
        return _ARTICLES[self]


_ARTICLES = {
    Ground.incomplete: "Awb 4:15 lid 1 onder a",
    Ground.abroad: "Awb 4:15 lid 1 onder b",
    Ground.consent: "Awb 4:15 lid 2 onder a",
    Ground.applicant_delay: "Awb 4:15 lid 2 onder b",
    Ground.force_majeure: "Awb 4:15 lid 2 onder c",
    Ground.third_party_view: "Woo 4.4 lid 3",
}


class SuspensionRunsBackwardsError(ValueError):
    """A suspension must end on or after its first day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspension:
    """The days, first and last included, on which a term stands still."""

    ground: Ground
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise SuspensionRunsBackwardsError(f"{self.first} .. {self.last}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standstill:
    """The days that count, their grounds, and whether a suspension came after the term had passed."""

    days: int
    article: str
    came_too_late: bool


def suspended_for_supplement(
    *, invited: date, supplemented: date | None, repair_until: date, policy: Policy | None = None
) -> Suspension | None:
    """The days between invitation and supplement (Awb 4:15 lid 1 onder a); None when there are none.

    Starts the day after the invitation. The day of the supplement counts for the term again ("tot"). Without a
    supplement, or with one after the repair term, the last day is that of the repair term.
    """
    policy = policy or Policy()
    lapsed = repair_until if policy.lapsed_means_day_after else repair_until - ONE_DAY
    last = lapsed if supplemented is None else min(supplemented - ONE_DAY, lapsed)
    return suspended(Ground.incomplete, first=invited + ONE_DAY, last=last)


def suspended(ground: Ground, *, first: date, last: date) -> Suspension | None:
    """The suspension over these days, None when there are no days."""
    return Suspension(ground=ground, first=first, last=last) if first <= last else None


def repair_end_ok(day: date) -> bool:
    """Whether a repair term may end here: the Algemene termijnenwet does not move it, so not on a free day."""
    return is_working_day(day)


def standstill(suspensions: Iterable[Suspension], *, received: date, end: date, end_moves: bool) -> Standstill:
    """The union of the suspended days: a day on two grounds counts once, a day before the term started never.

    A suspension that starts after the term (with its standstill so far) has passed cannot bring it back.
    """
    days, reached, grounds = 0, received, set[Ground]()
    for suspension in sorted(suspensions, key=lambda each: each.first):
        running_until = end + days * ONE_DAY
        if suspension.first > (next_working_day(running_until) if end_moves else running_until):
            return Standstill(days=days, article=_articles(grounds), came_too_late=True)
        first = max(suspension.first, reached + ONE_DAY)
        if first <= suspension.last:
            days += (suspension.last - first).days + 1
            reached = suspension.last
        if suspension.last > received:
            grounds.add(suspension.ground)
    return Standstill(days=days, article=_articles(grounds), came_too_late=False)


def _articles(grounds: set[Ground]) -> str:
    return "; ".join(ground.article for ground in Ground if ground in grounds) if grounds else ""

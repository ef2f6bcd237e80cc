"""The end of cases: how long each is kept, holds, lists to destroy that another person approves, and destroying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from services.workflow.domain.destruction import (
    DestructionOrderedError,
    DrawnUp,
    Hold,
    NothingDueError,
    check_may_judge,
    faults_of_hold,
    faults_of_reason,
)
from services.workflow.domain.fault import FaultyInputError
from services.workflow.ports import Desk, Tell
from shared.access import Person
from shared.ids import new_id
from shared.law.calendar import local_date
from shared.record_events import CaseDestroyed, CaseDestructionOrdered

PATIENCE: Final = timedelta(hours=1)
"""A service that did not report after so long is told again, on the next day."""


class Archive(Protocol):
    """What is kept of the end of cases."""

    def draw_up(self, list_id: UUID, *, month: date, by: str, now: datetime, today: date) -> int:
        """Put what may go of this month on a new list; tell how many."""

    def lock_list(self, list_id: UUID) -> DrawnUp:
        """Give a list for this action alone. Raises UnknownListError."""

    def judge(self, list_id: UUID, *, state: str, by: str, because: str, now: datetime) -> None:
        """Keep what somebody says of a list."""

    def order(self, list_id: UUID, *, now: datetime, today: date) -> Sequence[str]:
        """Make the records of destruction of what may still go of a list, and name the cases."""

    def unfinished(self, *, before: datetime) -> Sequence[str]:
        """Give the cases of which a service did not report yet that nothing is left, ordered before this instant."""

    def is_ordered(self, reference: str) -> bool:
        """Tell whether the destruction of this case was approved."""

    def report(self, told: CaseDestroyed) -> None:
        """Keep that a service has nothing left; the first time counts."""

    def hold(self, case_id: UUID, *, hold_id: UUID, hold: Hold, by: str, at: datetime) -> None:
        """Keep a case from being destroyed."""

    def lift(self, case_id: UUID, *, hold_id: UUID, by: str, at: datetime) -> bool:
        """End a hold; False when it ended already."""


def draw_up_list(month: date, *, person: Person, now: datetime, archive: Archive) -> UUID:
    """Put up for approval what may go of this month; what is held or on another open list is left out.

    Raises:
        NothingDueError.
    """
    list_id = new_id()
    if not archive.draw_up(list_id, month=month, by=person.subject, now=now, today=local_date(now)):
        raise NothingDueError
    return list_id


def approve_list(list_id: UUID, *, person: Person, now: datetime, archive: Archive, tell: Tell) -> Sequence[str]:
    """Have the cases of a list destroyed, and name them; what may no longer go by now stays.

    Raises:
        UnknownListError, ListClosedError.
        OwnListError: this person drew it up (Archiefbesluit 8).
    """
    check_may_judge(archive.lock_list(list_id), by=person.subject, approve=True)
    archive.judge(list_id, state="approved", by=person.subject, because="", now=now)
    references = archive.order(list_id, now=now, today=local_date(now))
    for reference in references:
        tell(CaseDestructionOrdered(reference=reference, at=now))
    return references


def refuse_list(list_id: UUID, *, because: str, person: Person, now: datetime, archive: Archive) -> None:
    """Say no to a list, or take back one's own; its cases stay and can go on another list.

    Raises:
        UnknownListError, ListClosedError, FaultyInputError.
    """
    check_may_judge(archive.lock_list(list_id), by=person.subject, approve=False)
    if faults := faults_of_reason(because):
        raise FaultyInputError(faults)
    archive.judge(list_id, state="refused", by=person.subject, because=because.strip(), now=now)


def hold_case(reference: str, *, hold: Hold, person: Person, now: datetime, desk: Desk, archive: Archive) -> None:
    """Keep a case from being destroyed, whatever its term says.

    Raises:
        UnknownCaseError, FaultyInputError.
        DestructionOrderedError: too late.
    """
    case = desk.cases.lock(reference)
    if faults := faults_of_hold(hold.because, until=hold.until, today=local_date(now)):
        raise FaultyInputError(faults)
    if archive.is_ordered(reference):
        raise DestructionOrderedError
    archive.hold(case.id, hold_id=new_id(), hold=hold, by=person.subject, at=now)
    details = {"text": hold.because.strip(), "until": hold.until.isoformat() if hold.until else None}
    desk.cases.note(case, kind="held", at=now, who=person.subject, details=details)


def lift_hold(reference: str, *, hold_id: UUID, person: Person, now: datetime, desk: Desk, archive: Archive) -> None:
    """End a hold; a second time nothing changes.

    Raises:
        UnknownCaseError.
    """
    case = desk.cases.lock(reference)
    if archive.lift(case.id, hold_id=hold_id, by=person.subject, at=now):
        desk.cases.note(case, kind="hold_lifted", at=now, who=person.subject, details={})


def order_again(*, now: datetime, archive: Archive, tell: Tell) -> int:
    """Tell again what was approved, where a service did not report that nothing is left."""
    references = archive.unfinished(before=now - PATIENCE)
    for reference in references:
        tell(CaseDestructionOrdered(reference=reference, at=now))
    return len(references)

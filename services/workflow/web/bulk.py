"""One act on many cases: each case stands on its own, and what failed is told by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from services.workflow.actions import handling
from services.workflow.actions.handling import MayNotHandleError
from services.workflow.domain.case import (
    AlreadyDecidedError,
    AwayError,
    CaseTakenError,
    NotYourCaseError,
    TakenBackError,
)
from services.workflow.people import find_colleagues
from services.workflow.ports import UnknownCaseError
from services.workflow.web.office import acting, now, reading
from shared.access import Permission, Person, may
from shared.problems import problem_of

MOST_AT_ONCE: Final = 500
MOST_NAMED: Final = 20
NOBODY: Final = "-"

_REASONS: Final[Mapping[type[Exception], str]] = {
    AlreadyDecidedError: "decided",
    TakenBackError: "taken_back",
    CaseTakenError: "taken",
    NotYourCaseError: "taken",
    UnknownCaseError: "unknown",
    MayNotHandleError: "other_team",
    AwayError: "away",
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it: how many were done, for whom, and the reason for each that failed."""

    done: int = 0
    to: str = ""
    failed: Sequence[Sequence[str]] = ()
    failures: int = 0
    nothing_chosen: bool = False
    nothing_left: bool = False

    def to_session(self) -> dict[str, Any]:
        """Write it for the page that follows; a cookie has room for few."""
        return {**asdict(self), "failed": list(self.failed)[:MOST_NAMED], "failures": len(self.failed)}

    @classmethod
    def from_session(cls, kept: Mapping[str, Any] | None) -> Outcome | None:
        """Read it back; None when nothing was done."""
        return cls(**kept) if kept else None


def assign_all(references: Sequence[str], *, to: str, person: Person) -> Outcome:
    """Give these cases to this subject, or lay them back for `NOBODY`; who may not assign, only takes free ones."""
    if not references:
        return Outcome(nothing_chosen=True)
    receiver = _receiver(to, person=person)
    failed, done = [], 0
    for reference in list(dict.fromkeys(references))[:MOST_AT_ONCE]:
        try:
            _give(reference, to=receiver, person=person)
            done += 1
        except tuple(_REASONS) as error:
            failed.append((reference[:40], _REASONS[type(error)]))
    return Outcome(done=done, to=receiver.name if receiver else "", failed=failed)


def _receiver(to: str, *, person: Person) -> Person | None:
    """Find who receives; without the right to assign it is oneself."""
    if to == NOBODY:
        return None
    if to == person.subject or not may(person, permission=Permission.ASSIGN_CASES):
        return person
    with reading() as connection:
        colleagues = find_colleagues(connection)
    found = next((colleague for colleague in colleagues if colleague.subject == to), None)
    if found is None:
        raise problem_of(400)
    return found


def _give(reference: str, *, to: Person | None, person: Person) -> None:
    with acting() as desk:
        if to is None:
            handling.release(reference, person=person, now=now(), desk=desk)
        elif may(person, permission=Permission.ASSIGN_CASES):
            handling.assign(reference, to=to, person=person, now=now(), desk=desk)
        else:
            handling.claim(reference, person=person, now=now(), desk=desk)

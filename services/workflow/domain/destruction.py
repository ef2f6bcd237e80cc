"""Destroying closed cases: one person draws up a list, another approves it, a case that is held stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.workflow.domain.fault import Fault
from services.workflow.domain.retention import End, reason_of
from shared.catalogue.definitions import RetentionStart
from shared.events import Words

ListState = Literal["open", "approved", "refused"]

MOST: int = 500
"""Cases on one list; what is left goes on the next."""

LONGEST_REASON = 1000


class NothingDueError(Exception):
    """No case of this month may go now."""


class UnknownListError(Exception):
    """There is no such list."""


class ListClosedError(Exception):
    """Somebody judged this list already."""


class OwnListError(Exception):
    """Whoever drew up a list cannot approve it: a colleague does (Archiefbesluit 8)."""


class DestructionOrderedError(Exception):
    """The destruction of this case was approved already."""


@dataclass(frozen=True, kw_only=True)
class DueCase:
    """A closed case by which somebody judges whether it may go; nothing in it is about a person."""

    case_id: UUID
    reference: str
    product: str
    title: Words
    end: End
    number: str
    years: int
    starts: RetentionStart
    closed_on: date
    started_on: date
    keep_until: date
    held: bool

    @property
    def reason(self) -> Words:
        """Say why it was kept so long."""
        return reason_of(number=self.number, years=self.years, starts=self.starts, on=self.started_on)


@dataclass(frozen=True, kw_only=True)
class DrawnUp:
    """A list that one person drew up."""

    id: UUID
    month: date
    drawn_up_by: str
    drawn_up_at: datetime
    state: ListState


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why a case stays, and until when (None: until somebody lifts it), such as an appeal that runs."""

    because: str
    until: date | None


def check_may_judge(listed: DrawnUp, *, by: str, approve: bool) -> None:
    """See that this person may judge the list; who drew it up may only take it back.

    Raises:
        ListClosedError, OwnListError.
    """
    if listed.state != "open":
        raise ListClosedError
    if approve and listed.drawn_up_by == by:
        raise OwnListError


def faults_of_reason(text: str, *, field: str = "because") -> tuple[Fault, ...]:
    """Say what is wrong with a reason that somebody typed."""
    if not text.strip():
        return (Fault(field, Words(nl="Schrijf op waarom.", en="Write why.")),)
    if len(text) > LONGEST_REASON:
        words = Words(nl=f"Gebruik hooguit {LONGEST_REASON} tekens.", en=f"Use at most {LONGEST_REASON} characters.")
        return (Fault(field, words),)
    return ()


def faults_of_hold(text: str, *, until: date | None, today: date) -> tuple[Fault, ...]:
    """Say what is wrong with a hold: it has a reason, and an end that is still to come, or none."""
    passed = Words(
        nl="Kies een dag die nog komt, of laat dit leeg.", en="Choose a day still to come, or leave it empty."
    )
    ends = (Fault("until.day", passed),) if until is not None and until < today else ()
    return (*faults_of_reason(text), *ends)

"""How far a message got: one order of states for all, those of the house and those of clients of the API."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal


class Status(StrEnum):
    """How far a message got, in the words of the API; the last seven are about what clients send alone.

    `sending` is kept before a message is handed over, so that a crash in between can be seen. After a clean answer the
    house calls it `sent`, and the API an e-mail `sending` still; `delivered` takes the word of the receiving side.
    """

    CREATED = "created"
    SENDING = "sending"
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    PERMANENT_FAILURE = "permanent-failure"
    TEMPORARY_FAILURE = "temporary-failure"
    TECHNICAL_FAILURE = "technical-failure"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    PENDING_VIRUS_CHECK = "pending-virus-check"
    VIRUS_SCAN_FAILED = "virus-scan-failed"
    VALIDATION_FAILED = "validation-failed"
    RETURNED_LETTER = "returned-letter"


class Outcome(StrEnum):
    """What came of one attempt. One without outcome is the one of which nobody knows whether the message left."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"

    @classmethod
    def of(cls, kept: str | None) -> Outcome | None:
        """Read it as it is kept; None while nobody knows."""
        return cls(kept) if kept else None


OPEN: Final = frozenset({Status.CREATED, Status.SENDING})
"""Nobody said yet that a system outside has it."""

FAILED: Final = frozenset({Status.PERMANENT_FAILURE, Status.TEMPORARY_FAILURE, Status.TECHNICAL_FAILURE})
"""It did not arrive: another round is due, by another way or because a person says so (Awb 2:11)."""

NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.CREATED: frozenset(
        {Status.SENDING, Status.PENDING, Status.SENT, Status.DELIVERED, Status.CANCELLED, *FAILED}
    ),
    Status.SENDING: frozenset({Status.PENDING, Status.SENT, Status.DELIVERED, *FAILED}),
    Status.PENDING: frozenset({Status.SENT, Status.DELIVERED, *FAILED}),
    Status.SENT: frozenset({Status.DELIVERED, *FAILED}),
    # the receiving system took it and sent it back later
    Status.DELIVERED: frozenset({Status.PERMANENT_FAILURE}),
    Status.ACCEPTED: frozenset(
        {
            Status.RECEIVED,
            Status.CANCELLED,
            Status.TECHNICAL_FAILURE,
            Status.PERMANENT_FAILURE,
            Status.VALIDATION_FAILED,
        }
    ),
    Status.PENDING_VIRUS_CHECK: frozenset(
        {
            Status.ACCEPTED,
            Status.CANCELLED,
            Status.VIRUS_SCAN_FAILED,
            Status.TECHNICAL_FAILURE,
            Status.VALIDATION_FAILED,
        }
    ),
    Status.RECEIVED: frozenset({Status.RETURNED_LETTER}),
}
"""A message only moves on; a status that is not here is the last of its round."""

COMPLETED: Final = frozenset(Status) - {*OPEN, Status.PENDING, Status.ACCEPTED, Status.PENDING_VIRUS_CHECK}
"""After these nothing more is to come of itself."""

STAYED: Final = frozenset({Status.ACCEPTED, Status.CANCELLED, Status.VIRUS_SCAN_FAILED, Status.VALIDATION_FAILED})
"""What becomes one of these did not leave the house by it."""


def may_become(status: Status, *, to: Status) -> bool:
    """Tell whether a message may go from one status to another within a round."""
    return to in NEXT.get(status, frozenset())


def next_round(status: Status, *, number: int) -> int | None:
    """Give the round in which a message may be handed over now: this one, the next if it failed, or none."""
    if status in OPEN:
        return number
    return number + 1 if status in FAILED else None


def cause_of(status: Status, *, sent: bool) -> Literal["refused", "returned", "unreachable"]:
    """Say why a message failed; `sent`: a system outside had taken it before."""
    if sent:
        return "returned"
    return "refused" if status is Status.PERMANENT_FAILURE else "unreachable"


def failure_after(outcome: Outcome | None) -> Status:
    """Name what a message is that nobody tries any more, by what came of its last attempt."""
    return Status.PERMANENT_FAILURE if outcome is Outcome.REFUSED else Status.TECHNICAL_FAILURE

"""A message to an applicant: what it is about, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from shared.events import DigestLine, Language, Nature, Words


class Kind(StrEnum):
    """What a message tells; each has a text in every language."""

    RECEIPT = "receipt"
    PROGRESS = "progress"
    QUESTION = "question"
    REMINDER = "reminder"
    PERMIT_EXPIRES = "permit_expires"
    PERMIT_WITHDRAWN = "permit_withdrawn"
    DEADLINE = "deadline"
    DRAFT = "draft"
    EXPIRING = "expiring"
    DECISION = "decision"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    FILE_INFECTED = "file_infected"
    MORNING = "morning"
    FILE_UNJUDGED = "file_unjudged"
    PAID = "paid"
    PAID_BACK = "paid_back"
    UNPAID = "unpaid"
    COSIGN = "cosign"
    COSIGN_REMINDER = "cosign_reminder"
    COSIGN_AWAITED = "cosign_awaited"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    DELAY = "delay"
    DEFAULT = "default"
    DEFAULT_EARLY = "default_early"
    MORE_TIME = "more_time"
    PENALTY = "penalty"
    ADVICE = "advice"
    ADVICE_REMINDER = "advice_reminder"
    VIEW = "view"
    VIEW_DECIDED = "view_decided"
    APPLICATION_READY = "application_ready"


class State(StrEnum):
    """How far a message got.

    `sending` is kept before it is handed over, so that a crash in between can be seen; `failed` waits for a person.
    """

    COMPOSED = "composed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


NEXT: Final[Mapping[State, frozenset[State]]] = {
    State.COMPOSED: frozenset({State.SENDING, State.FAILED}),
    State.SENDING: frozenset({State.SENDING, State.SENT, State.FAILED}),
    State.FAILED: frozenset({State.SENDING}),
    State.SENT: frozenset(),
}
"""A message only moves on; one that failed is tried again when a person says so, and a sent one never."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message to one address: the applicant's, or that of a second signatory; without `recipient` it goes by post.

    `at` is the moment (UTC) of what it tells, `day` the date it names: the day of decision, of answering, or until when
    a draft is kept. `letter_id` is the letter it brings; its link is made when it is sent, and kept nowhere.
    `lines` are the numbers of a morning mail. `nature` chooses the words; a form that was not handed in yet needs none.
    """

    id: UUID
    kind: Kind
    reference: str | None
    recipient: str
    language: Language
    title: Words
    nature: Nature | None
    link: str | None
    day: date | None
    at: datetime
    letter_id: UUID | None = None
    lines: tuple[DigestLine, ...] = ()
    state: State = State.COMPOSED


def channel_of(message: Message) -> Literal["email", "post"]:
    """How a message goes: by post to who gave no e-mail address (Awb 2:8)."""
    return "email" if message.recipient else "post"


def may_move(state: State, *, to: State) -> bool:
    """Tell whether a message may go from one state to another."""
    return to in NEXT[state]

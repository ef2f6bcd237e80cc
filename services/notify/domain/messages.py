"""A message to an applicant: what it is about, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.notify.domain.states import Status, next_round
from shared.events import DigestLine, Language, Nature, Words

Way = Literal["box", "email", "post"]


class Kind(StrEnum):
    """What a message tells; each has a text in every language."""

    RECEIPT = "receipt"
    PROGRESS = "progress"
    QUESTION = "question"
    REMINDER = "reminder"
    PERMIT_EXPIRES = "permit_expires"
    PERMIT_WITHDRAWN = "permit_withdrawn"
    DECISION_RENEWED = "decision_renewed"
    CONDITIONS_ADDED = "conditions_added"
    DEADLINE = "deadline"
    DRAFT = "draft"
    EXPIRING = "expiring"
    CONFIRM = "confirm"
    SUPPORT = "support"
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
    PANEL = "panel"


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message to one address: the applicant's, or that of a second signatory; without `recipient` it goes by post.

    `at` is the moment (UTC) of what it tells, `day` the date it names: the day of decision, of answering, or until when
    a draft is kept. `letter_id` is the letter it brings; its link is made when it is sent, and kept nowhere.
    `lines` are the numbers of a morning mail. `nature` chooses the words; a form that was not handed in yet needs none.
    `round` counts how often it was begun: again after it failed. `by_post`: it goes by post since its mail did not
    arrive (Awb 2:11). `by_box`: it goes to the Berichtenbox, as its reader chose (Awb 2:8). With a
    `link_number` it only brings another link to a letter that was sent before, and no other service is told of it.
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
    state: Status = Status.CREATED
    round: int = 1
    by_post: bool = False
    by_box: bool = False
    link_number: int = 0


def made_at(message_id: UUID) -> datetime:
    """Tell when a message was made (UTC): its id says so (RFC 9562, 5.7)."""
    return datetime.fromtimestamp((message_id.int >> 80) / 1000, UTC)


def channel_of(message: Message) -> Way:
    """How a message goes: by post to who gave no e-mail address (Awb 2:8), or cannot be reached by it."""
    if message.by_box:
        return "box"
    return "email" if message.recipient and not message.by_post else "post"


def take_up(message: Message) -> Message | None:
    """Give the message as it is while it is handed over, in a new round if it had failed; None: it is beyond that."""
    number = next_round(message.state, number=message.round)
    return None if number is None else replace(message, state=Status.SENDING, round=number)

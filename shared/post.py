"""What notify tells: a letter was ordered or pressed, a message is ready or was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.values import AnswerSection, Party
from shared.wire import Payload, event, renews


@event(version=1)
class ReachedByPost:
    """Where who applied lives: they gave no e-mail address, or what was mailed did not arrive (Awb 2:8, 2:11)."""

    reference: str
    party: Party


@event(version=1)
class BoxChosen:
    """Who applied wants what we tell of this in their Berichtenbox (Awb 2:8); `sealed` is whose, None: no more."""

    reference: str
    sealed: str | None


@event(version=1)
class LetterOrdered:
    """A letter waits to be pressed as PDF (notify to its own press)."""

    letter_id: UUID


@event(version=1)
class LetterPressed:
    """The letter lies in the vault as PDF (the press to notify)."""

    letter_id: UUID


@event(version=1)
class MessageComposed:
    """A message is ready to be mailed (notify to itself)."""

    message_id: UUID


@event(version=1)
class NotificationAccepted:
    """What a client of the API sends is kept and waits to be handed over (notify to itself)."""

    notification_id: UUID


@event(version=1)
class NotificationSettled:
    """It is known what became of what a client of the API sent (notify to whoever calls clients back)."""

    notification_id: UUID


@event(version=1)
class TextReceived:
    """Somebody texted to a client of the API (notify to whoever calls clients back)."""

    text_id: UUID


@event(version=1)
class CallOrdered:
    """A system that hears of cases is to be called about one fact (notify to whoever calls clients back)."""

    client_id: UUID
    fact: str
    reference: str
    at: datetime


@event(version=1)
class BulkAccepted:
    """Rows of a table wait to become notifications, or this one of them to be sent (notify to its slow lane)."""

    bulk_id: UUID
    notification_id: UUID | None


@event(version=1)
class ClientLetterAccepted:
    """A letter of a client of the API is kept and waits to be made a PDF (notify to its own press)."""

    notification_id: UUID


@event(version=2)
class PrintOrdered:
    """A message is to go by post (notify to its press), with what its mail leaves to the page of the case.

    `text` is what is asked, or why; `shown` are the answers that a receipt confirms. Both may be empty.
    """

    message_id: UUID
    text: str
    shown: tuple[AnswerSection, ...]


@renews(PrintOrdered, version=1)
def _no_answers_shown(ordered: Payload) -> Payload:
    return {**ordered, "shown": []}


@event(version=4)
class NoticeSent:
    """A message reached a system outside the municipality's responsibility (Awb 2:19).

    `again`: it was sent before and did not arrive, so this is the sending that counts (Awb 2:11 lid 3).
    """

    reference: str
    message_id: UUID
    kind: str
    channel: Literal["box", "email", "post"]
    sent_at: datetime
    letter_link: str | None
    letter_sha256: str | None
    objection_until: date | None
    again: bool


renews(NoticeSent, version=1)(dict)  # version 1 knew e-mail only, and said so


@renews(NoticeSent, version=2)
def _sent_once(sent: Payload) -> Payload:
    return {"again": False, **sent}


renews(NoticeSent, version=3)(dict)  # version 3 knew no box


@event(version=1)
class NoticeFailed:
    """A message did not arrive: its reader's system refused it or sent it back, or no system took it for a day.

    `by_post`: it goes by post (Awb 2:11) once it is told where its reader lives (`ReachedByPost`).
    """

    reference: str
    message_id: UUID
    kind: str
    channel: Literal["email", "post"]
    at: datetime
    because: Literal["refused", "returned", "unreachable"]
    by_post: bool

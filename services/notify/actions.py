"""What notify does: compose a message for each fact, press letters, and send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notify.domain.letters import Letter
from services.notify.domain.messages import Message, channel_of
from services.notify.domain.papers import NOTHING_MORE, Paper
from services.notify.domain.tellings import Brought, Table, Telling, message_of, paper_of
from services.notify.ports import (
    Boxes,
    Letters,
    Links,
    Messages,
    Register,
    Stops,
    Subscribers,
    Tell,
)
from shared.events import CaseDecided, Decision, LetterOrdered, MessageComposed, PrintOrdered
from shared.ids import new_id
from shared.post import CallOrdered
from shared.term_events import ConditionsAdded, PenaltySet, PermitWithdrawn, TermExtended
from shared.values import TermLetter

WithLetter = CaseDecided | TermExtended | PenaltySet | PermitWithdrawn | ConditionsAdded


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Where messages, letters and what was made are kept, and facts told, within one transaction."""

    messages: Messages
    letters: Letters
    register: Register
    stops: Stops
    boxes: Boxes
    subscribers: Subscribers
    tell: Tell


def tell_of(fact: object, *, table: Table, now: datetime, outbox: Outbox) -> None:
    """Compose each message that the table says this fact becomes; one that brings a letter waits for the press.

    News is not for who wants none.
    """
    for telling in table.tellings_of(fact):
        message = None if telling.letter else _message_of(fact, telling, now=now, outbox=outbox)
        if message and not (telling.news and outbox.stops.declines(message.recipient)):
            compose(message, outbox=outbox, paper=paper_of(fact, telling=telling))


def call_about(fact: Any, *, table: Table, outbox: Outbox) -> None:
    """Order a call to each system that wants to hear of cases, if the table says that they hear of such a fact."""
    name = type(fact).__name__
    for client_id in outbox.subscribers() if name in table.calls else ():
        outbox.tell(CallOrdered(client_id=client_id, fact=name, reference=fact.reference, at=fact.at))


def order_letter(told: WithLetter, *, now: datetime, outbox: Outbox, links: Links) -> None:
    """Keep the letter of a fact and order it from the press; each has one letter, however often told."""
    if isinstance(told, CaseDecided):
        cause: UUID = told.decision_id
        content: Decision | TermLetter = told.decision
    else:
        cause, content = told.letter_id, told.letter
    letter = Letter(
        id=new_id(),
        reference=told.reference,
        decision_id=cause,
        content=content,
        recipient=told.contact.email,
        language=told.contact.language,
        status_link=told.contact.status_link,
    )
    if outbox.letters.add(letter, link=links.made(letter.id, now=now)):
        outbox.tell(LetterOrdered(letter_id=letter.id))


def announce_letter(letter_id: UUID, *, table: Table, now: datetime, outbox: Outbox) -> None:
    """Compose the message that brings a pressed letter; one that was pressed anew goes with the message it had."""
    if composed := outbox.messages.of_letter(letter_id):
        outbox.tell(_hand_on(composed))
        return
    letter = outbox.letters.get(letter_id)
    telling = table.bringing(_brought(letter))
    message = Message(
        id=new_id(),
        kind=telling.template,
        reference=letter.reference,
        recipient=letter.recipient,
        language=letter.language,
        title=letter.content.title,
        nature=letter.content.nature,
        link=letter.status_link or None,
        day=None,
        at=now,
        letter_id=letter_id,
        by_box=telling.may_go_to_box,
    )
    compose(message, outbox=outbox)


def send_on(message_id: UUID, *, outbox: Outbox) -> None:
    """Let a message that was kept before go, by the way it goes by now."""
    message = outbox.messages.get(message_id)
    by_post = channel_of(message) == "post"
    outbox.tell(_hand_on(message, paper=outbox.messages.paper(message_id) if by_post else NOTHING_MORE))


def compose(message: Message, *, outbox: Outbox, paper: Paper = NOTHING_MORE) -> None:
    """Keep a new message and let it go, by the way that reaches its reader."""
    outbox.tell(_hand_on(outbox.messages.add(message, paper=paper), paper=paper))


def _message_of(fact: Any, telling: Telling, /, *, now: datetime, outbox: Outbox) -> Message | None:
    """Who no other way of the row reaches may have chosen the Berichtenbox; of others nobody needs to ask that."""
    message = message_of(fact, telling, now=now)
    if message or not telling.may_go_to_box:
        return message
    boxed = message_of(fact, telling, now=now, boxed=True)
    return boxed if boxed and outbox.boxes.find(boxed.reference or "") else None


def _brought(letter: Letter) -> Brought:
    return letter.content.kind if isinstance(letter.content, TermLetter) else "decision"


def _hand_on(message: Message, *, paper: Paper = NOTHING_MORE) -> MessageComposed | PrintOrdered:
    if channel_of(message) == "post":
        return PrintOrdered(message_id=message.id, text=paper.text, shown=paper.shown)
    return MessageComposed(message_id=message.id)

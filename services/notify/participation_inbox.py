"""Hears what participation asks to be told: to who gave a view (Awb 3:43), and of an application that lies ready."""

from __future__ import annotations

from datetime import datetime

from services.notify.actions import Outbox
from services.notify.domain.messages import Kind, Message, channel_of
from services.notify.store import LetterStore, MadeRegister, MessageStore
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import MessageComposed, PrintOrdered
from shared.ids import new_id
from shared.participation import ApplicationReady, ViewNoted


def hear_participation(inbox: Inbox) -> None:
    """Enter the handlers."""

    @inbox.hears(ViewNoted)
    def of_view(connection: Connection, noted: ViewNoted, /, *, now: datetime) -> None:
        tell_of_view(noted, outbox=_outbox(connection, now=now))

    @inbox.hears(ApplicationReady)
    def of_ready(connection: Connection, ready: ApplicationReady, /, *, now: datetime) -> None:
        tell_of_ready(ready, outbox=_outbox(connection, now=now))


def tell_of_view(noted: ViewNoted, *, outbox: Outbox) -> None:
    """Compose the message under the view's own reference: that of the case is its applicant's alone.

    A letter bears no link: its code would say that it leads to a case.
    """
    message = Message(
        id=new_id(),
        kind=Kind.VIEW if noted.turn == "received" else Kind.VIEW_DECIDED,
        reference=noted.view,
        recipient=noted.email,
        language=noted.language,
        title=noted.about,
        nature=None,
        link=noted.link if noted.email else None,
        day=None,
        at=noted.at,
    )
    _send(message, outbox=outbox)


def tell_of_ready(ready: ApplicationReady, *, outbox: Outbox) -> None:
    """Compose the link to the form that lies ready after a talk."""
    message = Message(
        id=new_id(),
        kind=Kind.APPLICATION_READY,
        reference=ready.reference,
        recipient=ready.contact.email,
        language=ready.contact.language,
        title=ready.title,
        nature=None,
        link=ready.link,
        day=None,
        at=ready.at,
    )
    _send(message, outbox=outbox)


def _send(message: Message, *, outbox: Outbox) -> None:
    outbox.messages.add(message)
    by_post = channel_of(message) == "post"
    ordered = PrintOrdered(message_id=message.id, text="", shown=())
    outbox.tell(ordered if by_post else MessageComposed(message_id=message.id))


def _outbox(connection: Connection, *, now: datetime) -> Outbox:
    return Outbox(
        messages=MessageStore(connection),
        letters=LetterStore(connection),
        register=MadeRegister(connection),
        tell=Courier(connection, now=now).tell,
    )

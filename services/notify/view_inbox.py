"""Hears what goes to who gave a view on a notice: that it came in, and later what was decided (Awb 3:43)."""

from __future__ import annotations

from datetime import datetime

from services.notify.actions import Outbox
from services.notify.domain.messages import Kind, Message, channel_of
from services.notify.store import LetterStore, MadeRegister, MessageStore
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import MessageComposed, PrintOrdered
from shared.ids import new_id
from shared.participation import ViewNoted


def hear_views(inbox: Inbox) -> None:
    """Enter the handler."""

    @inbox.hears(ViewNoted)
    def of_view(connection: Connection, noted: ViewNoted, /, *, now: datetime) -> None:
        outbox = Outbox(
            messages=MessageStore(connection),
            letters=LetterStore(connection),
            register=MadeRegister(connection),
            tell=Courier(connection, now=now).tell,
        )
        tell_of_view(noted, outbox=outbox)


def tell_of_view(noted: ViewNoted, *, outbox: Outbox) -> None:
    """Compose the message under the view's own reference: that of the case is its applicant's alone."""
    message = Message(
        id=new_id(),
        kind=Kind.VIEW if noted.turn == "received" else Kind.VIEW_DECIDED,
        reference=noted.view,
        recipient=noted.email,
        language=noted.language,
        title=noted.about,
        nature=None,
        link=noted.link,
        day=None,
        at=noted.at,
    )
    outbox.messages.add(message)
    by_post = channel_of(message) == "post"
    ordered = PrintOrdered(message_id=message.id, text="", shown=())
    outbox.tell(ordered if by_post else MessageComposed(message_id=message.id))

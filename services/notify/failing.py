"""What follows when a message does not arrive: it goes another way if it may, is told, and else waits for a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.actions import Outbox, send_on
from services.notify.domain.messages import Message, channel_of
from services.notify.domain.states import OPEN, Status, cause_of, failure_after
from services.notify.domain.tellings import Table
from shared.post import NoticeFailed


def give_up(message_id: UUID, *, table: Table, now: datetime, outbox: Outbox) -> None:
    """Keep that nobody tries to hand this message over any more, until a person says so; a sent one stays sent.

    What the Berichtenbox does not take goes on at once by mail, or else by post. What may not go by post, as another
    link may not, is seen among the failed messages alone if there is no e-mail address either.
    """
    to = failure_after(outbox.messages.last_outcome(message_id))
    if not outbox.messages.move(message_id, to=to, since=OPEN):
        return
    message = outbox.messages.get(message_id)
    if message.by_box:
        if message.recipient or (table.goes_by_post(message.kind) and not message.link_number):
            outbox.messages.leave_box(message_id)
            send_on(message_id, outbox=outbox)
        return
    outbox.stops.add_refused(message_id, now=now)
    _tell(message, sent=False, table=table, now=now, outbox=outbox)


def take_back(message_id: UUID, *, to: Status, table: Table, now: datetime, outbox: Outbox) -> None:
    """Keep that a message which a system had taken did not arrive after all, and tell it once."""
    if outbox.messages.move(message_id, to=to):
        _tell(outbox.messages.get(message_id), sent=True, table=table, now=now, outbox=outbox)


def send_by_post(reference: str, *, table: Table, outbox: Outbox) -> None:
    """Let each message of a case whose mail did not arrive go by post, now that it is known where (Awb 2:11)."""
    for message in outbox.messages.failed_mails(reference):
        if table.goes_by_post(message.kind):
            outbox.messages.turn_to_post(message.id)
            send_on(message.id, outbox=outbox)


def _tell(message: Message, *, sent: bool, table: Table, now: datetime, outbox: Outbox) -> None:
    """What belongs to no case, or only brings another link, is seen among the failed messages alone."""
    if message.reference is None or message.link_number:
        return
    by_mail = channel_of(message) == "email"
    outbox.tell(
        NoticeFailed(
            reference=message.reference,
            message_id=message.id,
            kind=message.kind,
            channel="email" if by_mail else "post",
            at=now,
            because=cause_of(message.state, sent=sent),
            by_post=by_mail and table.goes_by_post(message.kind),
        )
    )

"""What follows when a message does not arrive: it is told, goes by post if it may, and else waits for a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.actions import Outbox, send_on
from services.notify.domain.messages import Message, channel_of
from services.notify.domain.states import OPEN, Status, cause_of, failure_after
from services.notify.domain.tellings import Table
from shared.post import NoticeFailed


def give_up(message_id: UUID, *, table: Table, now: datetime, outbox: Outbox) -> None:
    """Keep that nobody tries to hand this message over any more, until a person says so; a sent one stays sent."""
    to = failure_after(outbox.messages.last_outcome(message_id))
    if outbox.messages.move(message_id, to=to, since=OPEN):
        outbox.stops.add_refused(message_id, now=now)
        _tell(outbox.messages.get(message_id), sent=False, table=table, now=now, outbox=outbox)


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
    """What belongs to no case is seen among the failed messages alone."""
    if message.reference is None:
        return
    channel = channel_of(message)
    outbox.tell(
        NoticeFailed(
            reference=message.reference,
            message_id=message.id,
            kind=message.kind,
            channel=channel,
            at=now,
            because=cause_of(message.state, sent=sent),
            by_post=channel == "email" and table.goes_by_post(message.kind),
        )
    )

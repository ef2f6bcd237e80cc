"""Sends messages by mail or to the Berichtenbox: once, tells that they left, and keeps how each attempt went."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from services.notify.actions import Outbox
from services.notify.domain.letters import Pressing, wait_to_send
from services.notify.domain.messages import Kind, Message, channel_of, take_up
from services.notify.domain.quiet import Quiet
from services.notify.domain.states import Status
from services.notify.ports import BoxMessage, Journal, Links, Mail, RefusedError, WayOut, Writer
from services.notify.sending import DeadEnd
from shared.events import LetterOrdered, MessageComposed, NoticeSent


@dataclass(frozen=True, kw_only=True)
class Post:
    """The way out: who writes and sends, and who notes each attempt.

    `news` may be declined by who gets it, and waits while it is `quiet`.
    """

    writer: Writer
    mails: WayOut[Mail]
    boxes: WayOut[BoxMessage]
    journal: Journal
    links: Links
    news: Collection[Kind] = frozenset()
    quiet: Quiet | None = None


def send_message(message_id: UUID, *, now: datetime, outbox: Outbox, post: Post) -> None:
    """Send a message once, or at least once when a crash hid the answer; then tell that it was sent.

    After a clean answer it never leaves again, also when the transaction around it failed.
    A letter that would leave on another day than the one it carries goes back to the press.

    Raises:
        RefusedError: the system will never take it, or mail to its address came back for good.
        UnreachableError: not now; the same call may be made again.
    """
    kept = outbox.messages.take(message_id)
    message = take_up(kept)
    if message is None or channel_of(message) == "post":
        return
    if post.quiet and message.kind in post.news and (ends := post.quiet.ends(now)):
        outbox.tell(MessageComposed(message_id=message_id), due=ends)
        return
    pressing = outbox.letters.pressing(message.letter_id) if message.letter_id else None
    sent_at = outbox.messages.accepted_at(message) if kept.state is Status.SENDING else None
    first_time = sent_at is None and not message.link_number
    due = wait_to_send(pressing, now=now) if pressing and first_time else None
    if pressing and due:
        outbox.tell(LetterOrdered(letter_id=pressing.letter_id), due=due if due > now else None)
        return
    link = post.links.link(pressing.letter_id, number=message.link_number) if pressing else message.link or ""
    if sent_at is None and message.by_box:
        _put_in_box(message, link=link, now=now, sealed=outbox.boxes.find(message.reference or ""), post=post)
    elif sent_at is None:
        came_back = outbox.messages.came_back(message)
        _hand_over(message, link=link, now=now, came_back=came_back, post=post)
    outbox.messages.move(message_id, to=Status.SENT)
    if message.reference and not message.link_number:
        outbox.tell(notice_of(message, pressing=pressing, link=link, now=sent_at or now))


def notice_of(message: Message, *, pressing: Pressing | None, link: str, now: datetime) -> NoticeSent:
    """The fact that a message left; `link` leads to the letter that it brought, if it did."""
    return NoticeSent(
        reference=message.reference or "",
        message_id=message.id,
        kind=message.kind,
        channel=channel_of(message),
        sent_at=now,
        letter_link=link if pressing else None,
        letter_sha256=pressing.sha256 if pressing else None,
        objection_until=pressing.objection_until if pressing else None,
        again=message.round > 1,
    )


def _put_in_box(message: Message, *, link: str, now: datetime, sealed: str | None, post: Post) -> None:
    if sealed is None:
        raise RefusedError("nobody chose a Berichtenbox for this (any more)")
    mail = post.writer.write(message, link=link, now=now)
    put = BoxMessage(
        id=message.id, reference=message.reference or "", sealed=sealed, subject=mail.subject, text=mail.text
    )
    post.boxes.hand_over(put, begin=partial(post.journal.begin, message, now=now), end=post.journal.end)


def _hand_over(message: Message, *, link: str, now: datetime, came_back: bool, post: Post) -> None:
    leave = post.links.leave(message.id, recipient=message.recipient) if message.kind in post.news else None
    mail = post.writer.write(message, link=link, now=now, leave=leave)
    begin = partial(post.journal.begin, message, now=now)
    way = DeadEnd() if came_back else post.mails
    way.hand_over(mail, begin=begin, end=post.journal.end)

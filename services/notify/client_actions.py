"""What notify does for clients of the API: take in what they send, and hand it over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from services.notify.client_ports import Held, Intake, Printing, WayOut
from services.notify.domain.clients import Client
from services.notify.domain.codes import Made, new_code
from services.notify.domain.notifications import (
    MOST_CHARACTERS,
    MOST_SUBJECT,
    PRETENDED_WAIT,
    Channel,
    KeyType,
    Notification,
    Template,
    may_be_cancelled,
    pretended_course,
)
from services.notify.domain.states import COMPLETED, Status, may_become
from services.notify.domain.templating import Values, fill, holes_of, in_lines, in_words, key_of, missing_in
from services.notify.ports import PaperLetter, RefusedError, TextMessage
from shared.ids import new_id
from shared.post import ClientLetterAccepted, NotificationAccepted, NotificationSettled

FEWEST_LINES: Final = 3
MOST_LINES: Final = 7
_STARTS: Final = {Channel.EMAIL: Status.CREATED, Channel.SMS: Status.CREATED, Channel.LETTER: Status.ACCEPTED}


class WrongTemplateError(Exception):
    """The template is of another channel; `args` are its own and that of the message."""


class MissingValuesError(Exception):
    """A hole of the template has no value; `args` are their names."""


class TooLongError(Exception):
    """What it says is longer than can be sent; `args` are the channel ("subject": that is), how long, and the most."""


class EmptyError(Exception):
    """With its values in it a template says nothing."""


class NotAllowedError(Exception):
    """A team key sends only to the team and its guests."""


class TeamLetterError(Exception):
    """A team key sends no letters."""


class BadAddressError(Exception):
    """A letter needs three to seven lines of address; the argument says what is wrong."""


class OtherRequestError(Exception):
    """This idempotency key came before, with another request."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a client asks to be sent: to whom, with which values.

    `recipient` is an e-mail address or a phone number (E.164); a letter's recipient stands in `values`, or in `pdf`.
    `sender_id` is one of the client's names that a phone shows, or of its addresses for answers; None: its usual one.
    """

    channel: Channel
    recipient: str
    values: Values
    reference: str | None = None
    unsubscribe_url: str | None = None
    scheduled_for: datetime | None = None
    sender_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Once:
    """What makes a request the same as an earlier one: the key that its client chose, and the hash of its body."""

    key: str | None
    request_hash: bytes


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a template says with its values in it; a text message has no subject."""

    subject: str | None
    body: str


def fill_in(template: Template, *, values: Values) -> Filled:
    """Put the values in a template. Raises MissingValuesError."""
    missing = missing_in(values, holes=holes_of(template.subject or "", template.body))
    if missing:
        raise MissingValuesError(*missing)
    write = in_words if template.channel is Channel.SMS else in_lines
    subject = None if template.subject is None else fill(template.subject, values=values)
    return Filled(subject=subject, body=fill(template.body, values=values, write=write))


def make(
    asked: Asked,
    *,
    client: Client,
    key_type: KeyType,
    template: Template,
    find_sender: Callable[[], str | None],
    now: datetime,
) -> Notification:
    """Fill a template in for someone; `find_sender` gives what `sender_id` stands for.

    Raises:
        WrongTemplateError, MissingValuesError, EmptyError, TooLongError, what `find_sender` raises, NotAllowedError,
        TeamLetterError, BadAddressError: in this order, that of GOV.UK Notify.
    """
    if template.channel is not asked.channel:
        raise WrongTemplateError(template.channel, asked.channel)
    filled = fill_in(template, values=asked.values)
    if not filled.body.strip():
        raise EmptyError
    _check_length(filled, channel=template.channel)
    sender = find_sender()
    check_reach(asked.recipient, client=client, key_type=key_type, channel=template.channel)
    address = _address_of(asked.values) if template.channel is Channel.LETTER else ()
    return Notification(
        id=new_id(),
        client_id=client.id,
        key_type=key_type,
        channel=template.channel,
        template_id=template.id,
        template_version=template.version,
        recipient=asked.recipient or address[0],
        address=address,
        reference=asked.reference,
        subject=filled.subject,
        body=filled.body,
        values=asked.values,
        postage=template.postage,
        unsubscribe_url=asked.unsubscribe_url,
        status=_STARTS[template.channel],
        created_at=now,
        scheduled_for=asked.scheduled_for,
        sender=sender,
    )


def _check_length(filled: Filled, *, channel: Channel) -> None:
    if len(filled.body) > MOST_CHARACTERS[channel]:
        raise TooLongError(channel, len(filled.body), MOST_CHARACTERS[channel])
    if len(filled.subject or "") > MOST_SUBJECT:
        raise TooLongError("subject", len(filled.subject or ""), MOST_SUBJECT)


def make_from_pdf(
    reference: str, *, client: Client, key_type: KeyType, postage: str, sha256: str, now: datetime
) -> Notification:
    """Make a letter of a PDF that the client made itself, which nobody looked at yet."""
    return Notification(
        id=new_id(),
        client_id=client.id,
        key_type=key_type,
        channel=Channel.LETTER,
        template_id=None,
        template_version=None,
        recipient="",
        address=(),
        reference=reference,
        subject=None,
        body="",
        values={},
        postage=postage,
        unsubscribe_url=None,
        status=Status.PENDING_VIRUS_CHECK,
        created_at=now,
        sha256=sha256,
    )


def check_reach(recipient: str, *, client: Client, key_type: KeyType, channel: Channel) -> None:
    """A team key reaches only the client's guests; letters go by a live key, or are only tried out.

    Raises:
        TeamLetterError, NotAllowedError.
    """
    if key_type is not KeyType.TEAM:
        return
    if channel is Channel.LETTER:
        raise TeamLetterError
    if not client.has_guest(recipient):
        raise NotAllowedError


def accept(notification: Notification, *, once: Once, intake: Intake) -> Notification:
    """Keep a notification and let it be sent, at once or at its time; the same request again gives the first one.

    Raises:
        OtherRequestError: the idempotency key came before, with another request.
    """
    if not intake.notifications.add(notification, idempotency_key=once.key, request_hash=once.request_hash):
        found = intake.notifications.find_again(
            once.key or "", client_id=notification.client_id, key_type=notification.key_type
        )
        if found is None or found[1] != once.request_hash:
            raise OtherRequestError
        return found[0]
    letter = notification.channel is Channel.LETTER
    told = ClientLetterAccepted if letter else NotificationAccepted
    intake.tell(told(notification_id=notification.id), due=notification.scheduled_for)
    return notification


def hand_over(held: Held, *, now: datetime, intake: Intake, out: WayOut) -> bool:
    """Send an e-mail or a text message once, or at least once when a crash hid the answer; never after a clean one.

    Whom the system outside refuses for good is a permanent failure, and the answer is False.

    Raises:
        UnreachableError: not now; the same call may be made again.
    """
    notification = held.notification
    course = pretended_course(notification.recipient, key_type=notification.key_type)
    if notification.status is Status.CANCELLED:
        return True
    if course:
        _pretend(notification, course=course, now=now, intake=intake)
    elif may_become(notification.status, to=Status.SENDING):
        outcome = _handed(notification, out=out) if held.taken else _send(held, now=now, intake=intake, out=out)
        settle(notification, to=outcome, now=now, intake=intake)
        return outcome is not Status.PERMANENT_FAILURE
    return True


def print_letter(notification: Notification, *, body: str, now: datetime, intake: Intake, printing: Printing) -> None:
    """Make the PDF of a letter, keep it and lay it ready for the post; one that came as PDF is only passed on.

    A PDF that cannot be printed fails its validation. That of a test key goes nowhere. Without a print room it is a
    technical failure, and can be read all the same.

    Raises:
        UnreachableError: the print room takes nothing now.
    """
    if notification.status is not Status.ACCEPTED:
        return
    sha256 = notification.sha256
    if sha256 is None:
        code = new_code()
        pdf = printing.writer.letter(notification, body=body, code=code, now=now)
        sha256 = printing.vault.put(pdf)
        intake.register.add(Made(code=code, sha256=sha256, made_at=now))
    else:
        pdf = printing.vault.get(sha256)
        if not printing.writer.can_print(pdf):
            settle(notification, to=Status.VALIDATION_FAILED, now=now, intake=intake)
            return
    printed = notification.key_type is KeyType.TEST or _print(
        notification, pdf=pdf, sha256=sha256, now=now, intake=intake, printing=printing
    )
    to = Status.RECEIVED if printed else Status.TECHNICAL_FAILURE
    settle(notification, to=to, now=now, intake=intake, sha256=sha256)


def scan_letter(letter: Notification, *, now: datetime, intake: Intake, printing: Printing) -> Notification:
    """Have a PDF that a client made looked at for malware, and give the letter as it is then.

    One with malware goes nowhere; it is kept, and nobody can open it.

    Raises:
        UnreachableError: the scanner does not answer.
    """
    if letter.status is not Status.PENDING_VIRUS_CHECK or letter.sha256 is None:
        return letter
    finding = printing.find_malware(printing.vault.get(letter.sha256))
    if finding:
        intake.notifications.note_malware(letter, finding=finding, now=now)
    to = Status.VIRUS_SCAN_FAILED if finding else Status.ACCEPTED
    settle(letter, to=to, now=now, intake=intake)
    return replace(letter, status=to)


def cancel(notification: Notification, /, *, now: datetime, intake: Intake) -> bool:
    """Let a message that was not handed over stay here; False: it is too late for that."""
    if not may_be_cancelled(notification):
        return False
    settle(notification, to=Status.CANCELLED, now=now, intake=intake)
    return True


def note_returned(letter: Notification, /, *, now: datetime, intake: Intake) -> bool:
    """Keep that a printed letter came back; False: it was not printed, or came back before."""
    if not may_become(letter.status, to=Status.RETURNED_LETTER):
        return False
    settle(letter, to=Status.RETURNED_LETTER, now=now, intake=intake)
    return True


def give_up(notification: Notification, *, now: datetime, intake: Intake) -> None:
    """Keep that nobody tries any more: the provider could not be reached for as long as we try."""
    settle(notification, to=Status.TECHNICAL_FAILURE, now=now, intake=intake)


def settle(notification: Notification, *, to: Status, now: datetime, intake: Intake, sha256: str | None = None) -> None:
    """Let it go on, and say so once it is known what became of it."""
    if intake.notifications.move(notification, to=to, at=now, sha256=sha256) and to in COMPLETED:
        intake.tell(NotificationSettled(notification_id=notification.id))


def request_hash(body: bytes) -> bytes:
    """Give what tells two requests apart."""
    return hashlib.sha256(body).digest()


def _print(
    notification: Notification, *, pdf: bytes, sha256: str, now: datetime, intake: Intake, printing: Printing
) -> bool:
    """Lay a letter ready for the post, in the same place each time; tell whether there is a print room."""
    letter = PaperLetter(
        id=notification.id,
        kind="client",
        reference=notification.reference or "",
        addressee=notification.address,
        made_at=now,
        pdf=pdf,
        postage=notification.postage,
    )
    try:
        printing.tray.put(letter)
    except RefusedError:
        return False
    intake.notifications.note_printed(notification, provider=printing.tray.name, content=sha256, now=now)
    return True


def _pretend(notification: Notification, *, course: Sequence[Status], now: datetime, intake: Intake) -> None:
    """Let it go one step on its course; for the next one it is heard of again."""
    at = course.index(notification.status) + 1 if notification.status in course else 0
    if at < len(course):
        settle(notification, to=course[at], now=now, intake=intake)
    if at + 1 < len(course):
        intake.tell(NotificationAccepted(notification_id=notification.id), due=now + PRETENDED_WAIT)


def _send(held: Held, *, now: datetime, intake: Intake, out: WayOut) -> Status:
    notification = held.notification
    begin, end = partial(out.attempts.begin, notification, now=now), out.attempts.end
    try:
        if notification.channel is Channel.EMAIL:
            mail = out.writer.mail(notification, body=held.body, reply_to=notification.sender or held.reply_to)
            out.mails.hand_over(mail, begin=begin, end=end)
        else:
            only = intake.notifications.may_have(notification.id)
            sender = notification.sender or held.sms_sender
            out.texts.hand_over(_text_message(notification, sender=sender), begin=begin, end=end, only=only)
    except RefusedError:
        return Status.PERMANENT_FAILURE
    return _handed(notification, out=out)


def _handed(notification: Notification, *, out: WayOut) -> Status:
    """A text message of which nobody will tell more is sent; an e-mail goes on being under way."""
    last = notification.channel is Channel.SMS and not out.texts_report
    return Status.SENT if last else Status.SENDING


def _text_message(notification: Notification, *, sender: str) -> TextMessage:
    return TextMessage(id=notification.id, sender=sender, recipient=notification.recipient, text=notification.body)


def _address_of(values: Values) -> tuple[str, ...]:
    by_key = {key_of(name): value for name, value in values.items()}
    names = (*(f"address line {number}" for number in range(1, MOST_LINES + 1)), "postcode")
    given = [by_key.get(key_of(name)) for name in names]
    lines = tuple(" ".join(str(line).split()) for line in given if isinstance(line, str) and line.strip())
    if len(lines) < FEWEST_LINES:
        raise BadAddressError(f"Address must be at least {FEWEST_LINES} lines")
    if len(lines) > MOST_LINES:
        raise BadAddressError(f"Address must be no more than {MOST_LINES} lines long")
    return lines

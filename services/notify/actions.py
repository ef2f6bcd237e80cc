"""What notify does: compose a message for each fact, press letters, and send."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.notify.domain import letters as domain
from services.notify.domain.letters import Letter, Opening, Pressing
from services.notify.domain.messages import Kind, Message, State, channel_of, goes_out, may_move
from services.notify.domain.papers import NOTHING_MORE, Paper, paper_of
from services.notify.ports import (
    Journal,
    Letters,
    Links,
    Messages,
    Register,
    Sender,
    SendingError,
    Tell,
    Writer,
)
from shared.crypto import token_hash
from shared.events import (
    AdviceAsked,
    AnswerAwaited,
    CaseDecided,
    CaseMoved,
    CaseOpened,
    CorrectionNoted,
    CosignAsked,
    DeadlineChanged,
    Decision,
    DraftExpires,
    DraftKept,
    FileRefused,
    InformationAsked,
    LetterOrdered,
    MessageComposed,
    MorningCounted,
    NoticeSent,
    PaymentNoted,
    PrintOrdered,
    UnpaidExpires,
    Words,
)
from shared.ids import new_id
from shared.term_events import (
    AnswerTimeMoved,
    DefaultReceived,
    DelayTold,
    PenaltySet,
    PermitExpires,
    PermitWithdrawn,
    TermExtended,
    TermSuspended,
)
from shared.values import TermLetter

OfTerm = TermSuspended | DelayTold | DefaultReceived | AnswerTimeMoved | PermitExpires
OfCase = (
    CaseOpened | CaseMoved | InformationAsked | AnswerAwaited | DeadlineChanged | FileRefused | CorrectionNoted | OfTerm
)
WithLetter = CaseDecided | TermExtended | PenaltySet | PermitWithdrawn
_OF_TERM = {"extension": Kind.EXTENDED, "penalty": Kind.PENALTY, "withdrawal": Kind.PERMIT_WITHDRAWN}
_MORNING = Words(nl="Wat vandaag wacht", en="What waits today")


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Where messages, letters and what was made are kept, and facts told, within one transaction."""

    messages: Messages
    letters: Letters
    register: Register
    tell: Tell


@dataclass(frozen=True, kw_only=True)
class Post:
    """The way out: who writes and sends, and who notes each attempt."""

    writer: Writer
    sender: Sender
    journal: Journal
    links: Links


def tell_of_case(fact: OfCase, *, outbox: Outbox) -> None:
    """Compose the message that belongs to a fact about a case; not every move has one."""
    named = _named_day(fact)
    if named is None:
        return
    kind, day = named
    message = Message(
        id=new_id(),
        kind=kind,
        reference=fact.reference,
        recipient=fact.contact.email,
        language=fact.contact.language,
        title=fact.title,
        nature=fact.nature,
        link=fact.contact.status_link,
        day=day,
        at=fact.received_at if isinstance(fact, CaseOpened) else fact.at,
    )
    _compose(message, outbox=outbox, paper=paper_of(fact))


def tell_of_draft(kept: DraftKept | DraftExpires, *, now: datetime, outbox: Outbox) -> None:
    """Compose the message with the link to go on with a form, asked for or before the form is erased."""
    message = Message(
        id=new_id(),
        kind=Kind.DRAFT if isinstance(kept, DraftKept) else Kind.EXPIRING,
        reference=None,
        recipient=kept.email,
        language=kept.language,
        title=kept.title,
        nature=None,
        link=kept.link,
        day=kept.keep_until,
        at=now,
    )
    _compose(message, outbox=outbox)


def tell_of_payment(noted: PaymentNoted, *, outbox: Outbox) -> None:
    """Compose the message that a payment came in or goes back."""
    message = Message(
        id=new_id(),
        kind=Kind.PAID if noted.came == "in" else Kind.PAID_BACK,
        reference=noted.reference,
        recipient=noted.contact.email,
        language=noted.contact.language,
        title=noted.title,
        nature=noted.nature,
        link=noted.contact.status_link,
        day=None,
        at=noted.at,
    )
    _compose(message, outbox=outbox)


def tell_of_unpaid(expires: UnpaidExpires, *, now: datetime, outbox: Outbox) -> None:
    """Compose the message that a form is erased soon unless it is paid."""
    message = Message(
        id=new_id(),
        kind=Kind.UNPAID,
        reference=expires.reference,
        recipient=expires.contact.email,
        language=expires.contact.language,
        title=expires.title,
        nature=expires.nature,
        link=expires.contact.status_link,
        day=expires.keep_until,
        at=now,
    )
    _compose(message, outbox=outbox)


def tell_of_morning(counted: MorningCounted, *, outbox: Outbox) -> None:
    """Compose the mail with what waits for a member of staff."""
    message = Message(
        id=new_id(),
        kind=Kind.MORNING,
        reference=None,
        recipient=counted.email,
        language=counted.language,
        title=_MORNING,
        nature=None,
        link=counted.link,
        day=counted.on,
        at=counted.at,
        lines=counted.lines,
    )
    _compose(message, outbox=outbox)


def tell_of_advice(asked: AdviceAsked, *, outbox: Outbox) -> None:
    """Compose the link for an adviser outside the municipality; nothing of the case stands in the mail."""
    message = Message(
        id=new_id(),
        kind=Kind.ADVICE_REMINDER if asked.turn == "reminder" else Kind.ADVICE,
        reference=asked.reference,
        recipient=asked.email,
        language="nl",
        title=asked.title,
        nature=None,
        link=asked.link,
        day=asked.answer_by,
        at=asked.at,
    )
    _compose(message, outbox=outbox)


def tell_of_cosign(asked: CosignAsked, *, outbox: Outbox) -> None:
    """Compose the link for the second signatory, and tell the applicant who is waited for (Awb 4:5).

    Who has the link mailed again knows it already; while nobody is named, only the applicant hears of it.
    """
    message = Message(
        id=new_id(),
        kind=Kind.COSIGN_REMINDER if asked.turn == "reminder" else Kind.COSIGN,
        reference=asked.reference,
        recipient=asked.email,
        language=asked.language,
        title=asked.title,
        nature=asked.nature,
        link=asked.link,
        day=asked.valid_until,
        at=asked.at,
    )
    if asked.email:
        _compose(message, outbox=outbox)
    if asked.turn != "again":
        told = replace(
            message,
            id=new_id(),
            kind=Kind.COSIGN_AWAITED,
            recipient=asked.contact.email,
            link=asked.contact.status_link,
            day=asked.answer_by,
        )
        _compose(told, outbox=outbox)


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
    if outbox.letters.add(letter, token_hash=token_hash(links.token(letter.id)), at=now):
        outbox.tell(LetterOrdered(letter_id=letter.id))


def announce_letter(letter_id: UUID, *, now: datetime, outbox: Outbox) -> None:
    """Compose the message that brings a pressed letter; one that was pressed anew goes with the message it had."""
    if composed := outbox.messages.of_letter(letter_id):
        outbox.tell(_hand_on(composed))
        return
    letter = outbox.letters.get(letter_id)
    message = Message(
        id=new_id(),
        kind=_kind_of(letter),
        reference=letter.reference,
        recipient=letter.recipient,
        language=letter.language,
        title=letter.content.title,
        nature=letter.content.nature,
        link=None,
        day=None,
        at=now,
        letter_id=letter_id,
    )
    _compose(message, outbox=outbox)


def send_message(message_id: UUID, *, now: datetime, outbox: Outbox, post: Post) -> None:
    """Send a message once, or at least once when a crash hid the answer; then tell that it was sent.

    A letter that would leave on another day than the one it carries goes back to the press.

    Raises:
        RefusedError: the mail system will never take it.
        UnreachableError: not now; the same call may be made again.
    """
    message = outbox.messages.get(message_id)
    if not may_move(message.state, to=State.SENDING):
        return
    pressing = outbox.letters.pressing(message.letter_id) if message.letter_id else None
    due = domain.wait_to_send(pressing, now=now) if pressing else None
    if pressing and due:
        outbox.tell(LetterOrdered(letter_id=pressing.letter_id), due=due if due > now else None)
        return
    link = post.links.link(pressing.letter_id) if pressing else message.link or ""
    attempt = _hand_over(message, link=link, now=now, post=post)
    outbox.messages.mark_sent(message, attempt=attempt)
    if message.reference:
        outbox.tell(notice_of(message, pressing=pressing, link=link, now=now))


def give_up(message_id: UUID, *, outbox: Outbox) -> None:
    """Keep that nobody tries to send this message any more, until a person says so; a sent one stays sent."""
    outbox.messages.mark_failed(message_id)


def open_letter(token: str, *, typed: str, now: datetime, letters: Letters) -> Opening:
    """Check the reference that a person typed against the letter behind a link.

    Raises:
        UnknownLetterError: the link leads nowhere.
    """
    letter = letters.lock_by_token(token_hash(token))
    opening, counted = domain.try_reference(letter, typed=typed, now=now)
    if counted != letter:
        letters.count(counted)
    return opening


def _kind_of(letter: Letter) -> Kind:
    if isinstance(letter.content, TermLetter):
        return _OF_TERM[letter.content.kind]
    return Kind.DECISION


def _named_day(fact: OfCase) -> tuple[Kind, date | None] | None:
    match fact:
        case CorrectionNoted():
            return Kind.CORRECTED, fact.decide_by
        case FileRefused():
            return Kind.FILE_INFECTED if fact.because == "infected" else Kind.FILE_UNJUDGED, None
        case CaseOpened():
            return Kind.RECEIPT, fact.decide_by
        case InformationAsked():
            return Kind.QUESTION, fact.answer_by
        case AnswerAwaited():
            return Kind.REMINDER, fact.answer_by
        case PermitExpires():
            return Kind.PERMIT_EXPIRES, fact.last
        case DeadlineChanged():
            return Kind.DEADLINE, fact.decide_by
        case CaseMoved(status="in_progress" | "withdrawn"):
            return Kind.PROGRESS if fact.status == "in_progress" else Kind.WITHDRAWN, fact.decide_by
        case TermSuspended():
            return Kind.SUSPENDED, fact.decide_by if fact.last else None
        case DelayTold():
            return Kind.DELAY, fact.until
        case DefaultReceived():
            return (Kind.DEFAULT, fact.penalty_from) if fact.penalty_from else (Kind.DEFAULT_EARLY, fact.earliest)
        case AnswerTimeMoved():
            return Kind.MORE_TIME, fact.answer_by
    return None


def _compose(message: Message, *, outbox: Outbox, paper: Paper = NOTHING_MORE) -> None:
    if goes_out(message):
        outbox.messages.add(message)
        outbox.tell(_hand_on(message, paper=paper))


def _hand_on(message: Message, *, paper: Paper = NOTHING_MORE) -> MessageComposed | PrintOrdered:
    if channel_of(message) == "post":
        return PrintOrdered(message_id=message.id, text=paper.text, shown=paper.shown)
    return MessageComposed(message_id=message.id)


def _hand_over(message: Message, *, link: str, now: datetime, post: Post) -> UUID:
    mail = post.writer.write(message, link=link, now=now)
    attempt = post.journal.begin(message, now=now)
    try:
        post.sender.send(mail)
    except SendingError as error:
        post.journal.fail(attempt, outcome=error.said)
        raise
    return attempt


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
    )

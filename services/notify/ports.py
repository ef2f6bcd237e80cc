"""What the actions of notify need from the outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar
from uuid import UUID

from services.notify.domain.codes import Made
from services.notify.domain.letters import Dates, Letter, LetterLink, Pressing
from services.notify.domain.messages import Message
from services.notify.domain.papers import NOTHING_MORE, Paper
from services.notify.domain.states import Outcome, Status
from services.notify.domain.wording import Wording
from shared.events import Party, PrintOrdered

Because = Literal["bounced", "declined"]
"""Why nothing goes to an address: mail came back for good, or who has it wants no news."""
Subscribers = Callable[[], Sequence[UUID]]
"""Gives the clients that want to hear of cases."""
T_contra = TypeVar("T_contra", contravariant=True)


class UnknownMessageError(Exception):
    """No such message is kept."""


class UnknownLetterError(Exception):
    """No such letter is kept."""


class UnknownTemplateError(Exception):
    """This client has no such template."""


class UnknownNotificationError(Exception):
    """No such notification is kept."""


class SendingError(Exception):
    """A mail was not taken. `said` holds the mail system's own words, which may name the address."""

    def __init__(self, reason: str, *, said: str = "") -> None:
        """Tell the reason without anything personal."""
        super().__init__(reason)
        self.said = said or reason


class RefusedError(SendingError):
    """The mail system will never take this message: the address or the content is wrong."""


class UnreachableError(SendingError):
    """The mail system did not take the message now; it may later."""


class BusyError(UnreachableError):
    """The system outside has had as many messages as it takes for now: this one was not tried, and is due later."""

    def __init__(self, reason: str, *, due: datetime) -> None:
        """Tell when its turn comes (aware)."""
        super().__init__(reason)
        self.due = due


class UnsureError(UnreachableError):
    """The system may have it and gave no answer: only that system knows by its id whether it came before."""


class DownError(UnreachableError):
    """The mail system itself is away or lets us not in: no other message has a better chance there."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A message as it leaves the house; `id` makes its Message-ID, the same at every attempt. `date` is aware."""

    id: UUID
    date: datetime
    recipient: str
    language: str
    subject: str
    text: str
    html: str
    reply_to: str | None = None
    unsubscribe_url: str | None = None
    round: int = 1


@dataclass(frozen=True, kw_only=True)
class TextMessage:
    """A text message as it leaves the house; `sender` is the name that a phone shows, `recipient` is E.164."""

    id: UUID
    sender: str
    recipient: str
    text: str


@dataclass(frozen=True, kw_only=True)
class BoxMessage:
    """A message as it goes to the Berichtenbox; `sealed` is whose that is, which only who posts it opens."""

    id: UUID
    reference: str
    sealed: str
    subject: str
    text: str


class Boxes(Protocol):
    """Keeps who chose the Berichtenbox, within the caller's transaction."""

    def keep(self, reference: str, *, sealed: str | None, fact: UUID) -> None:
        """Keep the sealed number of who did, or None: they do not want it any more; a later fact stays as it is."""

    def find(self, reference: str) -> str | None:
        """Give the sealed number."""


class Messages(Protocol):
    """Keeps messages, within the caller's transaction."""

    def add(self, message: Message, *, paper: Paper = NOTHING_MORE) -> Message:
        """Keep a new message, and what its letter would say more; give it as it goes.

        One that may go to the Berichtenbox does so if its reader chose that.
        """

    def paper(self, message_id: UUID) -> Paper:
        """Give what its letter says more than its mail."""

    def failed_mails(self, reference: str) -> Sequence[Message]:
        """Give the messages of a case whose mail did not arrive, and that did not go by post since."""

    def turn_to_post(self, message_id: UUID) -> None:
        """Let it go by post from now on; what stopped for it waits for no person any more."""

    def leave_box(self, message_id: UUID) -> None:
        """Let it go by mail or post from now on; what stopped for it waits for no person any more."""

    def get(self, message_id: UUID) -> Message:
        """Give a message. Raises UnknownMessageError."""

    def take(self, message_id: UUID) -> Message:
        """Give a message to send: as this process composed it a moment ago, else as `get`."""

    def came_back(self, taken: Message) -> bool:
        """Tell whether mail to the address of a message that was taken came back for good."""

    def of_letter(self, letter_id: UUID) -> Message | None:
        """Give the message that brings a letter, if it was composed."""

    def accepted_at(self, message: Message) -> datetime | None:
        """Tell when it was begun to hand this round over to the system that took it; None: none said so yet."""

    def last_outcome(self, message_id: UUID) -> Outcome | None:
        """Give what came of the last attempt; None: there is none, or nobody knows."""

    def move(self, message_id: UUID, *, to: Status, since: Collection[Status] = frozenset(Status)) -> bool:
        """Let a message go on to a status from one of these, unless it is beyond it; tell whether it moved."""

    def note_printed(self, message: Message, *, provider: str, content: str, now: datetime) -> None:
        """Keep that the message, taken up, lies ready for the post; `content` is the SHA-256 of its PDF."""


class Stops(Protocol):
    """Knows the addresses to which nothing goes, within the caller's transaction."""

    def add(self, address: str, *, because: Because, said: str = "", now: datetime) -> None:
        """Stop an address from now on, unless it was stopped already."""

    def add_refused(self, message_id: UUID, *, now: datetime) -> None:
        """Stop the address of a message if a server said at once that there is none."""

    def declines(self, address: str) -> bool:
        """Tell whether who has it wants no news."""


class UnknownAddressError(Exception):
    """No postal address is known (yet) for this case."""


@dataclass(frozen=True, kw_only=True)
class PaperLetter:
    """A letter as it is printed; `addressee` are lines.

    `id` is that of the message, or made from it for a card that goes along: the same each time.
    `postage` is how a client of the API wants it to travel.
    """

    id: UUID
    kind: str
    reference: str
    addressee: tuple[str, ...]
    made_at: datetime
    pdf: bytes
    postage: str | None = None


class AddressBook(Protocol):
    """Keeps where people live whom nothing may be mailed, within the caller's transaction."""

    def add(self, reference: str, *, party: Party) -> None:
        """Keep the address of whoever applied; the newest counts."""

    def find(self, reference: str) -> Party:
        """Give it. Raises UnknownAddressError."""


class Tray(Protocol):
    """Where the print room takes letters from."""

    @property
    def name(self) -> str:
        """Tell which system outside it is."""

    def put(self, letter: PaperLetter) -> None:
        """Lay a letter there; again it takes the place of the first. Raises RefusedError or UnreachableError."""


class NotePress(Protocol):
    """Makes the letters of messages that bring no other letter."""

    def press_note(self, message: Message, *, party: Party, ordered: PrintOrdered, code: str, now: datetime) -> bytes:
        """Give the message to this addressee as PDF that bears this code."""


class Letters(Protocol):
    """Keeps letters and their pressings, within the caller's transaction."""

    def add(self, letter: Letter, *, link: LetterLink) -> bool:
        """Keep a new letter with its first link; False when its decision has one already."""

    def add_link(self, letter_id: UUID, *, link: LetterLink) -> None:
        """Keep another link to a letter."""

    def last_link(self, letter_id: UUID) -> LetterLink:
        """Give the newest link to a letter. Raises UnknownLetterError."""

    def get(self, letter_id: UUID) -> Letter:
        """Give a letter. Raises UnknownLetterError."""

    def lock_by_token(self, token_hash: bytes) -> Letter:
        """Give the letter behind a link, for this transaction alone. Raises UnknownLetterError."""

    def count(self, letter: Letter) -> None:
        """Keep the letter's counts of wrong tries and of codes."""

    def note_opened(self, token_hash: bytes, *, at: datetime) -> None:
        """Keep that the letter was opened with this link and the number of the case."""

    def add_pressing(self, pressing: Pressing) -> None:
        """Keep one pressing more."""

    def pressing(self, letter_id: UUID) -> Pressing:
        """Give the last pressing. Raises UnknownLetterError."""


class Journal(Protocol):
    """Keeps what must be known even when the transaction around it fails or never ends; each line on its own."""

    def begin(self, message: Message, *, provider: str, content: str, now: datetime) -> UUID:
        """Keep a message that was taken up as being handed to this provider, before it is; give the attempt.

        `content` is the SHA-256 of what it says.
        """

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Note what came of the attempt, in the words of the provider; the message stays as it is."""


class Sender(Protocol[T_contra]):
    """A system outside that takes mails, or text messages."""

    @property
    def name(self) -> str:
        """Tell which system outside it is."""

    def send(self, message: T_contra, /) -> str:
        """Hand the message to a system outside; give its answer. Raises RefusedError or UnreachableError."""

    def answers(self) -> bool:
        """Tell whether it listens. Raises OSError."""


class WayOut(Protocol[T_contra]):
    """The way out for mails, or for text messages, by one system or another."""

    def hand_over(self, message: T_contra, /, *, begin: Begin, end: End, only: str | None = None) -> None:
        """Hand a message over, to none but `only` if that may have it; each try is an attempt of its own.

        Raises RefusedError or UnreachableError.
        """


class Ward(Protocol):
    """Knows how each system outside does, as all processes measured it."""

    def may_try(self, provider: str, *, now: datetime) -> bool:
        """Tell whether it is to be tried, and not at rest after too many failures."""

    def take_turn(self, provider: str, *, now: datetime) -> None:
        """Take a turn for a message. Raises BusyError: it has had as many as it takes for now."""

    def note(self, provider: str, *, up: bool, now: datetime) -> None:
        """Keep what one more try found out."""


class Begin(Protocol):
    """Notes that a message is being handed to a provider."""

    def __call__(self, *, provider: str, content: str) -> UUID:
        """Give the attempt."""


class End(Protocol):
    """Notes what came of an attempt."""

    def __call__(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Keep it."""


class Wordings(Protocol):
    """Has the texts of messages."""

    def of(self, message: Message) -> tuple[Wording, Wording]:
        """Give the text of this message and the one that closes it, and keep that it had them."""


class Writer(Protocol):
    """Writes what a message says."""

    def write(self, message: Message, *, link: str, now: datetime, leave: str | None = None) -> Mail:
        """Give the mail in the language of the message; who may decline it does so at `leave`."""


class Press(Protocol):
    """Makes letters."""

    def press(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> bytes:
        """Give the letter as PDF that bears this code."""

    def press_card(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> bytes | None:
        """Give the card for on site that belongs to it, as PDF that bears this code; None if there is none."""


class Proofs(Protocol):
    """Makes evidence on paper."""

    def press(self, file: Mapping[str, Any], *, now: datetime) -> tuple[bytes, str]:
        """Give the evidence as PDF, and the code that it bears."""


class Register(Protocol):
    """Keeps what the press made, within the caller's transaction."""

    def add(self, made: Made) -> None:
        """Keep that this was made here."""


class Vault(Protocol):
    """Keeps files by their content."""

    def put(self, content: bytes) -> str:
        """Keep the content for good; give its SHA-256 in hexadecimal digits."""

    def get(self, sha256: str) -> bytes:
        """Give the content."""

    def delete(self, sha256: str) -> None:
        """Throw the content away; what is gone already is fine."""


class Links(Protocol):
    """Makes the secret links to letters."""

    def link(self, letter_id: UUID, *, number: int = 0) -> str:
        """Give the whole address of the letter, the same each time."""

    def made(self, letter_id: UUID, *, number: int = 0, now: datetime) -> LetterLink:
        """Give what is kept of a link that is made now."""

    def code(self, letter_id: UUID, *, number: int) -> str:
        """Give the digits of a code that opens the letter beside its reference, the same each time."""

    def leave(self, message_id: UUID, *, recipient: str) -> str:
        """Give the whole address of the page where who got this message at this address wants no more news."""


class Tell(Protocol):
    """Tells a fact in the transaction at hand."""

    def __call__(self, happened: object, *, due: datetime | None = None) -> object:
        """Hand the fact to its hearers, from `due` on."""

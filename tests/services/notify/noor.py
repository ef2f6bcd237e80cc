"""What the municipality tells about Noor's case, and fakes of all that notify needs."""

# ruff: noqa: ARG002 a fake has the parameters of its port, also those it does not need

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from services.notify.actions import Outbox
from services.notify.domain.breaker import Health
from services.notify.domain.codes import Made
from services.notify.domain.letters import Dates, Letter, LetterLink, Pressing
from services.notify.domain.messages import Kind, Message
from services.notify.domain.papers import NOTHING_MORE, Paper
from services.notify.domain.states import FAILED, Outcome, Status, may_become
from services.notify.failover import Providers
from services.notify.links import SignedLinks
from services.notify.mailing import Post
from services.notify.ports import Mail, UnknownLetterError, UnknownMessageError
from services.notify.sending import said_in
from services.notify.table import OWN, read_table
from services.notify.wordings import FolderWordings
from services.notify.writer import MailWriter
from shared.events import (
    AnswerAwaited,
    CaseDecided,
    CaseMoved,
    CaseOpened,
    Contact,
    DeadlineChanged,
    DraftKept,
    InformationAsked,
    Nature,
    Words,
)
from shared.ids import new_id
from shared.term_events import PermitExpires
from tests.shared.letters.samples import GRANTED, MUNICIPALITY, REFERENCE

TABLE: Final = read_table(OWN)
WORDINGS: Final = FolderWordings(OWN)
WRITER: Final = MailWriter(MUNICIPALITY, wordings=WORDINGS)
NOW: Final = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEY: Final = "a-key-for-tests-only-long-enough-to-seal"
LINKS: Final = SignedLinks("http://notify.example", key=KEY, days=36_500)
TITLE: Final = Words(nl="Voorwerp op of aan de weg", en="Object on or beside the road")
CONTACT: Final = Contact(
    name="Noor de Vries", email="noor@example.org", language="nl", status_link="http://forms.example/status/secret"
)
DECIDE_BY: Final = date(2027, 1, 19)

OF_CASE: Final[dict[str, Any]] = {
    "reference": REFERENCE,
    "at": NOW,
    "title": TITLE,
    "nature": Nature.PERMIT,
    "contact": CONTACT,
}

OPENED: Final = CaseOpened(
    **OF_CASE,
    sequence=1,
    received_at=NOW,
    decide_by=DECIDE_BY,
    steps=(),
    shown=(),
    product="objecten",
    team="permits",
)
STARTED: Final = CaseMoved(**OF_CASE, sequence=2, status="in_progress", decide_by=DECIDE_BY)
ASKED: Final = InformationAsked(
    **OF_CASE,
    sequence=3,
    request_id=new_id(),
    question="Hoe gaat het met uw gezondheid?",
    asks=("own-words",),
    answer_by=date(2026, 12, 8),
    decide_by=DECIDE_BY,
)
AWAITED: Final = AnswerAwaited(**OF_CASE, request_id=new_id(), answer_by=date(2026, 12, 8))
EXPIRES: Final = PermitExpires(**OF_CASE, last=date(2027, 12, 31))
CHANGED: Final = DeadlineChanged(
    **OF_CASE,
    sequence=4,
    status="in_progress",
    decide_by=date(2027, 2, 2),
    because=Words(nl="U gaf antwoord.", en="You answered."),
    steps=(),
)
DECIDED: Final = CaseDecided(
    reference=REFERENCE, sequence=5, at=NOW, decision_id=new_id(), decision=GRANTED, contact=CONTACT
)
KEPT: Final = DraftKept(
    title=TITLE, email="noor@example.org", language="en", link="http://forms.example/d/1", keep_until=date(2026, 12, 24)
)


def message(kind: Kind = Kind.RECEIPT, **changes: Any) -> Message:
    """A message to Noor."""
    made = Message(
        id=new_id(),
        kind=kind,
        reference=REFERENCE,
        recipient="noor@example.org",
        language="nl",
        title=TITLE,
        nature=Nature.PERMIT,
        link="http://forms.example/status/secret",
        day=DECIDE_BY,
        at=NOW,
    )
    return replace(made, **changes)


def letter(**changes: Any) -> Letter:
    """The letter of Noor's permit."""
    made = Letter(
        id=new_id(),
        reference=REFERENCE,
        decision_id=new_id(),
        content=GRANTED,
        recipient="noor@example.org",
        language="nl",
        status_link=CONTACT.status_link,
    )
    return replace(made, **changes)


@dataclass
class FakeMessages:
    """Messages in memory; `outcome` is that of the last attempt, `taken_at` when a round was taken."""

    kept: dict[UUID, Message] = field(default_factory=dict)
    taken_at: dict[tuple[UUID, int], datetime] = field(default_factory=dict)
    outcome: Outcome | None = None

    def add(self, message: Message, *, paper: Paper = NOTHING_MORE) -> Message:
        kept = self.kept[message.id] = replace(message, by_box=False)
        return kept

    def leave_box(self, message_id: UUID) -> None:
        self.kept[message_id] = replace(self.kept[message_id], by_box=False)

    def get(self, message_id: UUID) -> Message:
        if message_id not in self.kept:
            raise UnknownMessageError(str(message_id))
        return self.kept[message_id]

    take = get

    def came_back(self, taken: Message) -> bool:
        return False

    def paper(self, message_id: UUID) -> Paper:
        return NOTHING_MORE

    def failed_mails(self, reference: str) -> list[Message]:
        return [each for each in self.kept.values() if each.reference == reference and each.state in FAILED]

    def turn_to_post(self, message_id: UUID) -> None:
        self.kept[message_id] = replace(self.kept[message_id], by_post=True)

    def note_printed(self, message: Message, *, provider: str, content: str, now: datetime) -> None:
        self.kept[message.id] = replace(message, state=Status.SENT)

    def of_letter(self, letter_id: UUID) -> Message | None:
        return next((each for each in self.kept.values() if each.letter_id == letter_id), None)

    def accepted_at(self, message: Message) -> datetime | None:
        return self.taken_at.get((message.id, message.round))

    def last_outcome(self, message_id: UUID) -> Outcome | None:
        return self.outcome

    def move(self, message_id: UUID, *, to: Status, since: Collection[Status] = frozenset(Status)) -> bool:
        kept = self.kept[message_id]
        if kept.state not in since or not may_become(kept.state, to=to):
            return False
        self.kept[message_id] = replace(kept, state=to)
        return True


class FakeBoxes:
    """Nobody chose the Berichtenbox."""

    def keep(self, reference: str, *, sealed: str | None, fact: UUID) -> None:
        raise NotImplementedError

    def find(self, reference: str) -> None:
        return None


@dataclass
class FakeStops:
    """Addresses in memory."""

    bounced: set[str] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)

    def add(self, address: str, *, because: str, said: str = "", now: datetime) -> None:
        (self.bounced if because == "bounced" else self.declined).add(address)

    def add_refused(self, message_id: UUID, *, now: datetime) -> None:
        pass

    def declines(self, address: str) -> bool:
        return address in self.declined


@dataclass
class FakeLetters:
    """Letters in memory."""

    kept: dict[UUID, Letter] = field(default_factory=dict)
    hashes: dict[bytes, UUID] = field(default_factory=dict)
    pressings: list[Pressing] = field(default_factory=list)
    opened: list[tuple[bytes, datetime]] = field(default_factory=list)
    links: list[LetterLink] = field(default_factory=list)

    def add(self, letter: Letter, *, link: LetterLink) -> bool:
        if any(each.decision_id == letter.decision_id for each in self.kept.values()):
            return False
        self.kept[letter.id] = letter
        self.add_link(letter.id, link=link)
        return True

    def add_link(self, letter_id: UUID, *, link: LetterLink) -> None:
        self.hashes[link.token_hash] = letter_id
        self.links.append(link)

    def last_link(self, letter_id: UUID) -> LetterLink:
        return self.links[-1]

    def get(self, letter_id: UUID) -> Letter:
        return self.kept[letter_id]

    def lock_by_token(self, token_hash: bytes) -> Letter:
        if token_hash not in self.hashes:
            raise UnknownLetterError
        return self.kept[self.hashes[token_hash]]

    def count(self, letter: Letter) -> None:
        self.kept[letter.id] = letter

    def note_opened(self, token_hash: bytes, *, at: datetime) -> None:
        self.opened.append((token_hash, at))

    def add_pressing(self, pressing: Pressing) -> None:
        self.pressings.append(pressing)

    def pressing(self, letter_id: UUID) -> Pressing:
        return [each for each in self.pressings if each.letter_id == letter_id][-1]


@dataclass
class FakeRegister:
    """What was made, in memory."""

    made: list[Made] = field(default_factory=list)

    def add(self, made: Made) -> None:
        self.made.append(made)


@dataclass
class FakeJournal:
    """What was noted, line by line, and what it means for the messages."""

    messages: FakeMessages
    lines: list[tuple[str, ...]] = field(default_factory=list)

    def begin(self, message: Message, *, provider: str, content: str, now: datetime) -> UUID:
        self.messages.kept[message.id] = message
        self.lines.append(("sending", provider, content))
        return new_id()

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        self.messages.outcome = outcome
        self.lines.append((outcome, answer))


@dataclass
class FakeSender:
    """Takes every mail, unless told what to raise."""

    sent: list[Mail] = field(default_factory=list)
    trouble: Exception | None = None

    name = "mail.example:25"

    def send(self, mail: Mail, /) -> str:
        if self.trouble:
            raise self.trouble
        self.sent.append(mail)
        return "250 OK"

    def answers(self) -> bool:
        return self.trouble is None


class FakeWard:
    """How providers do, in memory."""

    def __init__(self) -> None:
        self.known: dict[str, Health] = {}

    def may_try(self, provider: str, *, now: datetime) -> bool:
        return not self.known.get(provider, Health()).rests(now)

    def take_turn(self, provider: str, *, now: datetime) -> None:
        pass

    def note(self, provider: str, *, up: bool, now: datetime) -> None:
        self.known[provider] = self.known.get(provider, Health()).after(up=up, now=now)


class FakeVault:
    """Files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        self.files[f"{len(content):064x}"] = content
        return f"{len(content):064x}"

    def get(self, sha256: str) -> bytes:
        return self.files[sha256]

    def delete(self, sha256: str) -> None:
        self.files.pop(sha256, None)


class FakePress:
    """Writes the dates instead of a letter."""

    def press(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> bytes:
        return f"{letter.reference} {dates.sent_on} {dates.objection_until}".encode()

    def press_card(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> None:
        return None


@dataclass
class House:
    """All of notify on fakes, with what it told."""

    messages: FakeMessages = field(default_factory=FakeMessages)
    register: FakeRegister = field(default_factory=FakeRegister)
    letters: FakeLetters = field(default_factory=FakeLetters)
    sender: FakeSender = field(default_factory=FakeSender)
    vault: FakeVault = field(default_factory=FakeVault)
    stops: FakeStops = field(default_factory=FakeStops)
    told: list[tuple[object, datetime | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.journal = FakeJournal(self.messages)

    def tell(self, happened: object, *, due: datetime | None = None) -> object:
        self.told.append((happened, due))
        return None

    @property
    def outbox(self) -> Outbox:
        kept: dict[str, Any] = {"messages": self.messages, "letters": self.letters, "register": self.register}
        return Outbox(**kept, stops=self.stops, boxes=FakeBoxes(), subscribers=list, tell=self.tell)

    @property
    def post(self) -> Post:
        return Post(
            writer=MailWriter(MUNICIPALITY, wordings=WORDINGS),
            mails=Providers([self.sender], said=said_in, ward=FakeWard()),
            boxes=Providers([], said=said_in, ward=FakeWard()),
            journal=self.journal,
            links=LINKS,
            news=TABLE.news,
        )

    @property
    def only_message(self) -> Message:
        (kept,) = self.messages.kept.values()
        return kept

"""What the actions of this service need from the world outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from services.forms.domain.drafts import Channel, Draft, Reminder
from services.forms.domain.faults import Fault
from services.forms.domain.files import StoredFile
from services.forms.domain.identity import Identity
from services.forms.domain.prefilling import Prefilled
from services.forms.ports.cosigns import (
    Confirmations,
    Cosigns,
    Invites,
    Marks,
    PanelLinks,
    Permits,
    SigningLinks,
    Supports,
    Views,
)
from services.forms.ports.files import Files, Scanner, Scrubber, Vault
from services.forms.ports.payments import Bills, Provider
from shared.catalogue.definitions import Product
from shared.events import Address, Language, SubmissionReceived
from shared.keyring import Keyring


class ReferenceTakenError(Exception):
    """Another case has this reference; a new one must be drawn."""


class SignedMeanwhileError(Exception):
    """Somebody signed along or withdrew while the form was handed in: the number in it is no longer right."""


class AddressBookAwayError(Exception):
    """The address book does not answer; people type their address by hand."""


class AddressBook(Protocol):
    """Knows which street belongs to a postcode and house number."""

    def find(self, postcode: str, *, number: str) -> Address | None:
        """The address ("3811 LX", "14-A"), or None when there is no such address.

        Raises:
            AddressBookAwayError: nobody can tell now.
        """
        ...

    def is_here(self, address: Address) -> bool:
        """Whether it lies in the municipality, as far as that names its towns."""
        ...


class Checker(Protocol):
    """Checks answers against the questions of one product version."""

    def __call__(self, product: Product, *, answers: Mapping[str, Any]) -> Checked:
        """The answers in their stored form, and what is wrong with the others."""
        ...


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """The answer to one thing that a request asks (`asked`), and the new `answers` to questions of the form in it."""

    request_id: UUID
    asked: str
    text: str
    answers: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Answers that fit their questions, and the faults of those that do not."""

    answers: dict[str, Any]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a page leaves behind in its draft: the answers it gave, the questions it left open, and the texts as typed.

    `typed` is None when every text was understood. `skipped` are questions of this step that are left open on purpose.
    `measured` is what was counted of filling in so far.
    """

    step: str
    answers: Mapping[str, Any]
    gone: Sequence[str]
    typed: Mapping[str, Sequence[str]] | None
    language: Language
    measured: Mapping[str, Any]
    skipped: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What somebody thinks of a rule or question, without who it was."""

    product: str
    subject: str
    verdict: Literal["unclear", "needless"]
    words: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What whoever handed in a form gets back."""

    reference: str
    status_url: str
    decide_by: date


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What another program hands in; `incomplete`: it knows that answers are missing, and hands in all the same."""

    answers: Mapping[str, Any]
    language: Language
    incomplete: bool = False


@dataclass(frozen=True, kw_only=True)
class OnceOnly:
    """The Idempotency-Key of a request and the fingerprint of what came with it."""

    key_hash: bytes
    body_hash: bytes


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What was answered the first time to a request with this key."""

    body_hash: bytes
    reference: str
    decide_by: date


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How often a reference was tried for a status page in the last hour, and which one is right."""

    reference: str
    tries: int


@dataclass(frozen=True, kw_only=True)
class Untaken:
    """An application that nobody took yet: what of it stays as it was when it is corrected."""

    received_at: datetime
    channel: Channel


class Drafts(Protocol):
    """The drafts as they are now, to look at."""

    def find_draft(self, token_hash: bytes, *, today: date) -> Draft | None:
        """The draft, unless its time is over."""
        ...

    def find_files(self, draft_id: UUID) -> Sequence[StoredFile]:
        """The files of a draft, in the order they came, with those that the scanner refused later."""
        ...


class Work(Drafts, Protocol):
    """One transaction over the drafts and submissions, with the courier in it."""

    @property
    def files(self) -> Files:
        """The files, in the same transaction."""
        ...

    @property
    def bills(self) -> Bills:
        """What is to be paid, in the same transaction."""
        ...

    @property
    def cosigns(self) -> Cosigns:
        """The second signatories, in the same transaction."""
        ...

    @property
    def confirmations(self) -> Confirmations:
        """The e-mail addresses to confirm, in the same transaction."""
        ...

    @property
    def views(self) -> Views:
        """The views on public notices, in the same transaction."""
        ...

    @property
    def invites(self) -> Invites:
        """The forms that lie ready after a talk, in the same transaction."""
        ...

    @property
    def marks(self) -> Marks:
        """The marks."""
        ...

    @property
    def supports(self) -> Supports:
        """Who signs along with initiatives, in the same transaction."""
        ...

    @property
    def permits(self) -> Permits:
        """What was granted, in the same transaction."""
        ...

    def add_draft(self, draft: Draft, *, token_hash: bytes) -> None:
        """Keep a new draft."""
        ...

    def keep_page(self, draft_id: UUID, *, kept: Kept) -> None:
        """Merge one page into the draft; other pages stay as they are. A draft that was handed in does not change."""
        ...

    def renew(self, draft: Draft, *, version: str, answers: Mapping[str, Any]) -> None:
        """Go on with another version of the product, unless the draft changed meanwhile."""
        ...

    def go_on(self, draft_id: UUID) -> None:
        """Remember that the resident wants to apply although no permit is needed."""
        ...

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft that was not handed in."""
        ...

    def count_mail(self, draft_id: UUID, *, most: int) -> bool:
        """Count one more mail about this draft; False when there were that many already."""
        ...

    def keep_reminder(self, reminder: Reminder, *, warned_at: datetime | None) -> None:
        """Keep whom to warn before this draft is erased; the newest address counts."""
        ...

    def lock_untaken(self, reference: str) -> Untaken | None:
        """Let nothing else happen to this application meanwhile; None when somebody began with it or it is over."""
        ...

    def open_correction(self, reference: str, *, today: date) -> UUID | None:
        """The draft that corrects this application and was not sent yet."""
        ...

    def keep_correction(self, draft: Draft, *, submission: SubmissionReceived, at: datetime) -> int | None:
        """Close the draft and put its answers in the place of the former, which are kept; gives the number from 1.

        None when the draft changed or was sent meanwhile.
        """
        ...

    def hand_in_draft(self, draft: Draft, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        """Keep the submission and close the draft; False when the draft changed or was handed in meanwhile.

        Raises:
            ReferenceTakenError: another case has this reference.
        """
        ...

    def hand_in_once(self, once: OnceOnly, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        """Keep the submission under this key; False when the key was used already.

        Raises:
            ReferenceTakenError: another case has this reference.
        """
        ...

    def find_answered(self, key_hash: bytes) -> Answered | None:
        """What was answered to this key before."""
        ...

    def keep_given(self, reference: str, *, given: GivenAnswer) -> bool:
        """Keep the answer to what is still open of a request; False when that is not open."""
        ...

    def keep_withdrawal(self, reference: str, *, because: str, at: datetime) -> bool:
        """Keep that the applicant takes the application back; False when it was decided or taken back already."""
        ...

    def lock_open_case(self, reference: str) -> bool:
        """Let nothing else happen to this application meanwhile; False when it was decided, taken back or not paid yet.

        The latter where it must be paid before it counts.
        """
        ...

    def keep_opinion(self, opinion: Opinion, *, at: datetime) -> None:
        """Keep what somebody thinks of a rule."""
        ...

    def count_try(self, status_hash: bytes, *, now: datetime) -> Tried | None:
        """Count one more try to open this status page; None when there is no such page."""
        ...

    def forget_tries(self, reference: str) -> None:
        """Start counting anew, after the right reference."""
        ...

    def tell(self, happened: object, *, due: datetime | None = None) -> None:
        """Tell a fact in this transaction, to be heard from `due` on."""
        ...


OpenWork = Callable[[datetime], AbstractContextManager[Work]]
"""Opens a transaction at this instant; it is committed at the end, rolled back when something is raised."""


class Products(Protocol):
    """The products of the municipality, of today and of before."""

    @property
    def current(self) -> Mapping[str, Product]:
        """Every product that can be asked for now, by id."""
        ...

    def version(self, product_id: str, *, version: str) -> Product:
        """A product as it was published under this version."""
        ...


class Links(PanelLinks, SigningLinks, Protocol):
    """Makes the addresses that go out of the house."""

    def draft(self, token: str) -> str:
        """Where a draft goes on."""
        ...

    def draft_token(self, draft_id: UUID) -> str:
        """The secret part of the address of a draft; always the same for one draft."""
        ...

    def status(self, reference: str) -> str:
        """Where the applicant follows the case; always the same for one reference."""
        ...

    def status_token(self, reference: str) -> str:
        """The secret part of the status address."""
        ...

    def invite(self, token: str) -> str:
        """Where the form begins that lies ready after a talk."""
        ...

    def invite_token(self, invite_id: UUID) -> str:
        """The secret part of that address."""
        ...


class Prefiller(Protocol):
    """Knows answers already of whoever signed in."""

    def __call__(self, product: Product, *, who: Identity) -> Prefilled:
        """What a form of this person or company begins with; a register that is away makes nobody wait long."""
        ...


@dataclass(frozen=True, kw_only=True)
class Means:
    """All that the actions work with: `keyring` seals what is sensitive, `who` is whoever is signed in now.

    `clerk` is the member of staff who serves at the desk.

    Without a `provider` everybody pays by invoice, and without keys of `boxes` nobody chooses the Berichtenbox.
    """

    products: Products
    drafts: Drafts
    open_work: OpenWork
    addresses: AddressBook
    check: Checker
    links: Links
    vault: Vault
    scanner: Scanner
    scrubber: Scrubber
    keyring: Keyring
    boxes: Keyring | None = None
    provider: Provider | None = None
    who: Identity | None = None
    clerk: str | None = None
    prefill: Prefiller = lambda _product, *, who: Prefilled()  # noqa: ARG005 a municipality without registers

"""What the actions need beside a form: who agrees or signs too, addresses to confirm, views, forms that lie ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.forms.domain.cosigning import Cosigning
from services.forms.domain.drafts import Draft, Gathering
from services.forms.domain.marks import Mark
from shared.events import Language, Nature, Words


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A second signatory with what a mail about the form needs to know of it."""

    cosigning: Cosigning
    title: Words
    nature: Nature
    language: Language
    applicant: str
    applicant_email: str


class Cosigns(Protocol):
    """The second signatories, as one transaction sees and changes them."""

    def add(self, asked: Addressed, *, token_hash: bytes) -> None:
        """Keep who must agree to a form that was just handed in."""
        ...

    def find(self, reference: str) -> Addressed | None:
        """Who must agree to this form."""
        ...

    def ask_again(self, cosigning: Cosigning, *, token_hash: bytes) -> bool:
        """Keep another turn; False when somebody answered, asked again or decided meanwhile."""
        ...

    def answer(self, token_hash: bytes, *, agreed: bool, because: str, at: datetime, today: date) -> Cosigning | None:
        """Keep the first answer through a link that works; None when nothing is to be answered any more."""
        ...

    def count_try(self, token_hash: bytes, *, now: datetime) -> int | None:
        """Count one more try to open this link in an hour; None when there is no such link."""
        ...

    def remind(self, *, asked_before: date, today: date, at: datetime) -> Sequence[Addressed]:
        """Mark who is reminded now: asked on this day or earlier, silent, with a link that still works."""
        ...


@dataclass(frozen=True, kw_only=True)
class Confirming:
    """What a link confirms: the address of a form, which may be `sent` already."""

    draft_id: UUID
    product: str
    version: str
    confirmed: bool
    sent: bool


class Confirmations(Protocol):
    """The e-mail addresses to confirm, as one transaction sees and changes them."""

    def ask(self, draft_id: UUID, *, email: str, token_hash: bytes, at: datetime) -> bool:
        """Keep which address must be confirmed; False when this one was asked already."""
        ...

    def is_confirmed(self, draft: Draft, *, email: str) -> bool:
        """Whether this address was confirmed for this draft, or for the form that it corrects."""
        ...

    def confirm(self, token_hash: bytes, *, at: datetime) -> None:
        """Keep that the address behind this link was confirmed."""
        ...


class Views(Protocol):
    """The views on notices, as one transaction sees and changes them; what they say is told and not kept here."""

    def add(self, view_id: UUID, *, reference: str, number: str, at: datetime) -> str:
        """Keep that a view came in; give its reference, which is the one of before when this number was kept."""
        ...

    def keep_file(self, file_id: UUID, *, reference: str) -> None:
        """Let a file that belongs to nothing go with this view."""
        ...


@dataclass(frozen=True, kw_only=True)
class Invite:
    """A form of `product` that lies ready; `reference` is the case of the talk, `draft_id` the form that was begun."""

    id: UUID
    reference: str
    product: str
    draft_id: UUID | None = None


class Permits(Protocol):
    """What was granted, as one transaction changes it."""

    def give_up(self, reference: str, *, because: str, at: datetime) -> bool:
        """Keep that its holder does not need it any more; False when that is known, or nothing was decided."""
        ...


class Marks(Protocol):
    """What applicants think of how it went, as one transaction changes it."""

    def keep(self, reference: str, *, mark: Mark, at: datetime) -> bool:
        """Keep a mark over the former; False when nothing was decided yet, or the time to change it is over."""
        ...


class Invites(Protocol):
    """The invitations, as one transaction sees and changes them."""

    def find(self, token_hash: bytes) -> Invite | None:
        """The invitation behind a link, for this transaction alone."""
        ...

    def begin(self, invite: Invite, *, draft_id: UUID) -> None:
        """Keep which form was begun from it."""
        ...


class PanelLinks(Protocol):
    """Makes the addresses at which the residents' panel answers."""

    def panel(self, token: str) -> str:
        """Where a questionnaire of the residents' panel is answered."""
        ...

    def panel_token(self, panel_id: str, *, address: str) -> str:
        """The secret part of that address, for who has this e-mail address."""
        ...

    def address_seal(self, address: str) -> str:
        """What says that an e-mail address is the same, and not which."""
        ...


@dataclass(frozen=True, kw_only=True)
class Put:
    """A text that was put up to be signed, with the draft that it stands in."""

    draft_id: UUID
    product: str
    version: str
    gathering: Gathering


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Somebody who signed; `sealed` says who. `confirmed_at` is None until they followed their link."""

    token_hash: bytes
    draft_id: UUID
    sealed: str
    keep_until: date
    confirmed_at: datetime | None = None


class Supports(Protocol):
    """Who signs along with initiatives, as one transaction sees and changes it."""

    def find(self, token_hash: bytes) -> Put | None:
        """What can be signed behind a public link; it stays as it is meanwhile."""
        ...

    def put_up(self, draft_id: UUID, *, gathering: Gathering, token_hash: bytes, draft_until: date) -> bool:
        """Put up a text, and keep the draft as long; False when it is up already, or was handed in meanwhile.

        Who signed another text goes.
        """
        ...

    def sign(self, signed: Signed, *, person: str, most: int) -> bool:
        """Keep who signs, under the mark of a person; False when their address had the link too often already."""
        ...

    def confirm(self, token_hash: bytes, *, today: date, at: datetime) -> None:
        """Let a signature count, if its link still works."""
        ...

    def withdraw(self, token_hash: bytes) -> None:
        """Forget who signed."""
        ...

    def take(self, reference: str) -> Sequence[Signed]:
        """Give who signed for what was handed in, each person once, the first in front, and forget all of it."""
        ...


class SigningLinks(Protocol):
    """Makes the addresses at which people confirm an e-mail address, agree too, or sign along."""

    def confirm(self, token: str) -> str:
        """Where an e-mail address is confirmed."""
        ...

    def confirm_token(self, draft_id: UUID, *, email: str) -> str:
        """The secret part of that address; always the same for one address of one draft."""
        ...

    def cosign(self, token: str) -> str:
        """Where the second signatory answers."""
        ...

    def cosign_token(self, request_id: UUID, *, turn: int) -> str:
        """The secret part of the address for the second signatory; each turn has its own."""
        ...

    def support(self, token: str) -> str:
        """Where anyone can sign along with an initiative."""
        ...

    def support_token(self, draft_id: UUID) -> str:
        """The secret part of that address; always the same for one draft."""
        ...

    def supporter(self, token: str) -> str:
        """Where who signs along confirms that, or takes it back."""
        ...

    def supporter_token(self, draft_id: UUID, *, email: str) -> str:
        """The secret part of that address; always the same for one address and one initiative."""
        ...

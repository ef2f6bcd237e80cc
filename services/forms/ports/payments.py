"""What the actions need to have a fee paid: a provider with a page of its own, and a record of every try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.forms.domain.payments import Bill, Payment, Seen
from shared.events import Contact, FileScanned, Language, Nature, SubmissionReceived


class ProviderAwayError(Exception):
    """The payment provider does not answer now; nothing is known, nothing is lost."""


class ProviderRefusedError(Exception):
    """The payment provider will not do this, now or later."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A payment to be made: what the payer reads of it, and where the provider leads and reports to."""

    payment: Payment
    description: str
    language: Language
    back: str
    hook: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A payment as the provider took it on: its name there, and the page where one pays."""

    provider_id: str
    checkout: str


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A form that nobody but this service knows: it waits to be paid, or was withdrawn while it did."""

    submission: SubmissionReceived
    nature: Nature

    @property
    def contact(self) -> Contact:
        """Where a message about it goes."""
        form, applicant = self.submission, self.submission.applicant
        return Contact(
            name=applicant.organisation or applicant.name,
            email=applicant.email,
            language=form.language,
            status_link=form.status_link,
        )


class Provider(Protocol):
    """Takes payments on its own pages. Everything raises ProviderAwayError or ProviderRefusedError."""

    def open(self, order: Order) -> Opened:
        """Take a payment on; asked again for the same payment within an hour it gives the same answer."""
        ...

    def look(self, provider_id: str) -> Seen:
        """How a payment is now."""
        ...

    def give_back(self, payment: Payment) -> None:
        """Return the whole amount to who paid; asked again it returns nothing more."""
        ...


class Bills(Protocol):
    """What is to be paid, within the transaction."""

    def lock(self, reference: str) -> Bill:
        """The bill of a form, for this action alone."""
        ...

    def lock_of(self, payment_id: UUID) -> Bill | None:
        """The bill that this payment belongs to, for this action alone."""
        ...

    def keep(self, bill: Bill, *, payment: Payment) -> None:
        """Keep a payment, new or changed."""
        ...

    def find(self, payment_id: UUID) -> Payment | None:
        """A payment as it is now."""
        ...

    def named(self, provider_id: str) -> UUID | None:
        """Which payment the provider calls so."""
        ...

    def plan_look(self, payment_id: UUID, *, at: datetime, now: datetime) -> bool:
        """Note when this payment is looked up next; False when a moment after now is noted already."""
        ...

    def hold(self, submission: SubmissionReceived) -> None:
        """Keep a form that counts only once it is paid."""
        ...

    def release(self, reference: str, *, at: datetime) -> Sequence[SubmissionReceived | FileScanned]:
        """Give the form that was held, as received now, and what the scanner said of its files meanwhile, to tell."""
        ...

    def untold(self, reference: str) -> Untold | None:
        """The form that is held, or was when it was withdrawn; None when it was told."""
        ...

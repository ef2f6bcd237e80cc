"""The facts about payments: a part of the vocabulary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.values import Contact, Nature, Words
from shared.wire import event


@event(version=1)
class PaymentUnclear:
    """It is not sure how a payment ended: look it up at the provider (forms to itself)."""

    payment_id: UUID


@event(version=1)
class PaymentSettled:
    """The fee of a form was paid; `cents` of a euro."""

    reference: str
    payment_id: UUID
    at: datetime
    cents: int


@event(version=1)
class PaymentChargedBack:
    """A bank took back what had settled a fee: it is owed again."""

    reference: str
    payment_id: UUID
    at: datetime
    cents: int


@event(version=1)
class UnpaidExpires:
    """A form that counts only once it is paid is erased after `keep_until`, and who sent it must hear of it."""

    reference: str
    title: Words
    nature: Nature
    keep_until: date
    contact: Contact


@event(version=1)
class RefundOrdered:
    """A payment that settles nothing is to be returned (forms to itself)."""

    payment_id: UUID


@event(version=1)
class PaymentReturned:
    """A payment that was too much went back to who paid; not `done`: the provider refused, a person must see to it."""

    reference: str
    payment_id: UUID
    at: datetime
    cents: int
    because: Literal["twice", "withdrawn"]
    done: bool


@event(version=1)
class PaymentNoted:
    """The file of a case says that a payment came in, or went back; the applicant is told."""

    reference: str
    at: datetime
    title: Words
    nature: Nature
    came: Literal["in", "back"]
    contact: Contact

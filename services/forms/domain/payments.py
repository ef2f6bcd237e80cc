"""What is to be paid for a form, and what came of each try: one payment settles it, every other one goes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from shared.catalogue.definitions import PaymentMoment, Product
from shared.ids import new_id

Standing = Literal["open", "failed", "waiting", "settled", "void"]
Because = Literal["twice", "withdrawn"]

UNSENT_LASTS = timedelta(hours=1)
"""How long the provider remembers under which key we asked for a payment, so that asking again makes no second one."""

LOOKS: tuple[tuple[timedelta, timedelta], ...] = (
    (timedelta(minutes=20), timedelta(minutes=2)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=30), timedelta(days=1)),
)
"""Until a payment is so old it is looked up so often, whatever the provider tells of its own accord."""

LATE = timedelta(days=7)
"""So long after it failed, was canceled or expired a payment may still turn out to be paid."""


class State(StrEnum):
    """How far a payment is, in the order in which the provider may tell it; it never goes back."""

    MADE = "made"
    OPEN = "open"
    PENDING = "pending"
    AUTHORIZED = "authorized"
    CANCELED = "canceled"
    EXPIRED = "expired"
    FAILED = "failed"
    PAID = "paid"


_RANK = {state: rank for rank, state in enumerate(State)}
RUNNING = frozenset({State.MADE, State.OPEN, State.PENDING, State.AUTHORIZED})


class Back(StrEnum):
    """Whether the money goes back: not, it is to be done, it was done, or the provider refused."""

    NO = "no"
    DUE = "due"
    DONE = "done"
    REFUSED = "refused"


class NothingToPayError(Exception):
    """It was paid already, it was withdrawn, or it costs nothing."""


class StillWaitingError(Exception):
    """The bank has not said yet whether it was paid: paying again might be paying twice."""


class WrongAmountError(Exception):
    """The provider tells another amount than we asked: a person must look at it."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A payment as the provider tells it; amounts in cents of a euro."""

    state: State
    cents: int
    returned_cents: int = 0
    charged_back_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One try to pay; `provider_id` and `checkout` (where one pays) are there once the provider knows it."""

    id: UUID
    cents: int
    made_at: datetime
    state: State = State.MADE
    provider_id: str | None = None
    checkout: str | None = None
    settled_at: datetime | None = None
    back: Back = Back.NO
    because: Because | None = None
    charged_back_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What is to be paid for one form, fixed when it was sent, with every try, the oldest first.

    `untold`: nobody but this service knows the form, as it must be paid before it counts.
    """

    reference: str
    cents: int
    payments: tuple[Payment, ...] = ()
    withdrawn: bool = False
    untold: bool = False

    @property
    def held(self) -> bool:
        """Whether the form waits to be paid before it counts."""
        return self.untold and not self.withdrawn

    @property
    def settled(self) -> Payment | None:
        """The one payment that counts: none does when the bank took it back."""
        return next((one for one in self.payments if one.settled_at and not one.charged_back_at), None)

    @property
    def standing(self) -> Standing:
        """How it stands: nothing tried, the last try failed, the bank is at work, settled, or no longer needed."""
        if self.settled:
            return "settled"
        if self.withdrawn:
            return "void"
        if any(one.state in (State.PENDING, State.AUTHORIZED) for one in self.payments):
            return "waiting"
        last = self.payments[-1] if self.payments else None
        return "failed" if last and last.state not in (*RUNNING, State.PAID) else "open"

    def payment(self, payment_id: UUID) -> Payment:
        """One of its payments."""
        return next(one for one in self.payments if one.id == payment_id)

    def running(self, now: datetime) -> Payment | None:
        """The payment that can still be paid; one the provider may not know of lasts an hour."""
        return next(
            (
                one
                for one in reversed(self.payments)
                if one.state in RUNNING and (one.provider_id or now < one.made_at + UNSENT_LASTS)
            ),
            None,
        )

    def with_payment(self, payment: Payment) -> Bill:
        """The bill with this payment in place of what was known of it, or as the newest."""
        others = tuple(payment if one.id == payment.id else one for one in self.payments)
        known = any(one.id == payment.id for one in self.payments)
        return replace(self, payments=others if known else (*self.payments, payment))


def pays_online(product: Product, *, cents: int | None) -> bool:
    """Whether the product has its fee paid on a payment page, and this form has a fee."""
    return bool(cents) and product.payment.moment is not PaymentMoment.INVOICE


def pays_first(product: Product, *, cents: int | None) -> bool:
    """Whether a form counts only once it is paid."""
    return bool(cents) and product.payment.moment is PaymentMoment.BEFORE_SENDING


def next_try(bill: Bill, *, now: datetime) -> Payment:
    """The payment to go on with: the one that runs, else a new one.

    Raises:
        NothingToPayError: it is settled or no longer needed.
        StillWaitingError: the bank is at work.
    """
    if bill.settled or bill.withdrawn:
        raise NothingToPayError
    if bill.standing == "waiting":
        raise StillWaitingError
    return bill.running(now) or Payment(id=new_id(), cents=bill.cents, made_at=now)


def hear(bill: Bill, *, payment_id: UUID, seen: Seen, at: datetime) -> Bill:
    """The bill after the provider told how a payment is: in any order, as often as it likes.

    The first payment that is heard to be paid settles the bill, and any other goes back; so does one that is paid
    after the form was withdrawn. What the payer's bank took back of the one that settled it is owed again.

    Raises:
        WrongAmountError: another amount was paid than was asked.
    """
    payment = bill.payment(payment_id)
    if seen.cents != payment.cents:
        raise WrongAmountError
    if seen.charged_back_cents and payment.settled_at and not payment.charged_back_at:
        return bill.with_payment(replace(payment, charged_back_at=at))
    if _RANK[seen.state] <= _RANK[payment.state]:
        return bill
    heard = replace(payment, state=seen.state)
    if seen.state is State.PAID:
        because: Because | None = "twice" if bill.settled else "withdrawn" if bill.withdrawn else None
        taken_back = at if seen.charged_back_cents else None
        settled = replace(heard, settled_at=at, charged_back_at=taken_back)
        heard = replace(heard, back=Back.DUE, because=because) if because else settled
    return bill.with_payment(heard)


def look_again_at(payment: Payment, *, now: datetime) -> datetime | None:
    """When to ask the provider for this payment again, should it not tell by itself; None when that is enough."""
    age = now - payment.made_at
    if payment.state is State.PAID or (payment.provider_id is None and age > UNSENT_LASTS):
        return None
    if payment.state not in RUNNING:
        return now + timedelta(days=1) if age < LATE else None
    return next((now + pause for until, pause in LOOKS if age < until), None)

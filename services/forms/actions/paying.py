"""Has a fee paid: leads to the provider's page, hears how it went, and gives back what was paid too much."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from services.forms.domain.payments import (
    Back,
    Bill,
    NothingToPayError,
    Payment,
    State,
    StillWaitingError,
    hear,
    look_again_at,
    next_try,
)
from services.forms.ports.payments import Bills, Order, Provider, ProviderAwayError, ProviderRefusedError
from shared.events import (
    PaymentChargedBack,
    PaymentNoted,
    PaymentReturned,
    PaymentSettled,
    PaymentUnclear,
    RefundOrdered,
)

FIRST_LOOK = timedelta(minutes=2)
AGAIN = timedelta(minutes=5)
MOST_LOOKS = 2


class Tell(Protocol):
    """Tells a fact in the transaction, to be heard from `due` on."""

    def __call__(self, happened: object, *, due: datetime | None = None) -> object:
        """Tell it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Till:
    """All that one action needs within its transaction."""

    bills: Bills
    provider: Provider
    tell: Tell


OpenTill = Callable[[], AbstractContextManager[Till]]
"""Opens a transaction with all that."""


def start_payment(reference: str, *, order: Callable[[Payment], Order], open_till: OpenTill, now: datetime) -> Payment:
    """The payment to lead to, known at the provider. A second click, and one after a crash, lead to the same one.

    Raises:
        NothingToPayError, StillWaitingError: as `next_try`.
        ProviderAwayError, ProviderRefusedError: nobody can pay now; the next click tries again.
        WrongAmountError: as `look_up`.
    """
    for _ in range(MOST_LOOKS):
        with open_till() as till:
            payment = _begin(reference, till=till, now=now)
        with open_till() as till:
            if payment.provider_id is None:
                return _open(order(payment), till=till)
            looked = look_up(payment.id, till=till, now=now)
        if looked.state is State.OPEN:
            return looked
    raise StillWaitingError


def look_up(payment_id: UUID, *, till: Till, now: datetime) -> Payment:
    """Ask the provider how a payment is, and do what follows from it.

    Raises:
        NothingToPayError: there is no such payment.
        ProviderAwayError, ProviderRefusedError: nobody can tell.
        WrongAmountError: another amount was paid.
    """
    payment = till.bills.find(payment_id)
    if payment is None:
        raise NothingToPayError
    if payment.provider_id is None:
        return payment
    seen = till.provider.look(payment.provider_id)
    before = till.bills.lock_of(payment_id)
    if before is None:
        raise NothingToPayError
    after = hear(before, payment_id=payment_id, seen=seen, at=now)
    if after != before:
        _keep(after, payment=after.payment(payment_id), till=till, now=now)
    return after.payment(payment_id)


def clear_up(payment_id: UUID, *, till: Till, now: datetime) -> None:
    """Look a payment up, and see to it that it is looked up again as long as its end is not sure.

    An outage of the provider is waited for, however long; only what it refuses to tell ends the waiting.

    Raises:
        ProviderRefusedError, WrongAmountError: a person must look at it.
    """
    try:
        payment = look_up(payment_id, till=till, now=now)
    except NothingToPayError:
        return
    except ProviderAwayError:
        known = till.bills.find(payment_id)
        again = now + AGAIN if known and known.state is not State.PAID else None
    else:
        again = look_again_at(payment, now=now)
    if again and till.bills.plan_look(payment_id, at=again, now=now):
        till.tell(PaymentUnclear(payment_id=payment_id), due=again)


def give_back(payment_id: UUID, *, till: Till, now: datetime) -> None:
    """Return a payment that settles nothing, once; what the provider refuses is left to a person, and said so.

    Of a form that was told to nobody only its applicant hears of it.

    Raises:
        ProviderRefusedError: of such a form: no case handler would see it.
    """
    bill = till.bills.lock_of(payment_id)
    payment = bill.payment(payment_id) if bill else None
    if bill is None or payment is None or payment.back is not Back.DUE:
        return
    try:
        till.provider.give_back(payment)
    except ProviderAwayError:
        till.tell(RefundOrdered(payment_id=payment_id), due=now + AGAIN)
        return
    except ProviderRefusedError:
        if bill.untold:
            raise
        payment = replace(payment, back=Back.REFUSED)
    else:
        payment = replace(payment, back=Back.DONE)
    till.bills.keep(bill, payment=payment)
    till.tell(_returned(bill, payment=payment, till=till, now=now))


def _returned(bill: Bill, *, payment: Payment, till: Till, now: datetime) -> PaymentReturned | PaymentNoted:
    if untold := till.bills.untold(bill.reference):
        title, contact = untold.submission.title, untold.contact
        return PaymentNoted(
            reference=bill.reference, at=now, title=title, nature=untold.nature, came="back", contact=contact
        )
    return PaymentReturned(
        reference=bill.reference,
        payment_id=payment.id,
        at=now,
        cents=payment.cents,
        because=payment.because or "twice",
        done=payment.back is Back.DONE,
    )


def _begin(reference: str, *, till: Till, now: datetime) -> Payment:
    bill = till.bills.lock(reference)
    payment = next_try(bill, now=now)
    if payment not in bill.payments:
        till.bills.keep(bill, payment=payment)
        if till.bills.plan_look(payment.id, at=now + FIRST_LOOK, now=now):
            till.tell(PaymentUnclear(payment_id=payment.id), due=now + FIRST_LOOK)
    return payment


def _open(order: Order, *, till: Till) -> Payment:
    opened = till.provider.open(order)
    bill = till.bills.lock_of(order.payment.id)
    if bill is None:
        raise NothingToPayError
    known = bill.payment(order.payment.id)
    state = State.OPEN if known.state is State.MADE else known.state
    payment = replace(known, provider_id=opened.provider_id, checkout=opened.checkout, state=state)
    till.bills.keep(bill, payment=payment)
    return payment


def _keep(bill: Bill, *, payment: Payment, till: Till, now: datetime) -> None:
    """Keep what was heard, and tell what follows: it is settled, or the money goes back."""
    till.bills.keep(bill, payment=payment)
    if payment.settled_at == now:
        for waited in till.bills.release(bill.reference, at=now):
            till.tell(waited)
        till.tell(PaymentSettled(reference=bill.reference, payment_id=payment.id, at=now, cents=payment.cents))
    if payment.charged_back_at == now:
        told = PaymentChargedBack(reference=bill.reference, payment_id=payment.id, at=now, cents=payment.cents)
        till.tell(told)
    if payment.back is Back.DUE:
        till.tell(RefundOrdered(payment_id=payment.id))

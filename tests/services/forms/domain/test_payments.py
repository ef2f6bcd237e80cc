"""Whatever the provider tells, in whatever order, one payment settles and every other one goes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from services.forms.domain.payments import (
    RUNNING,
    UNSENT_LASTS,
    Back,
    Bill,
    NothingToPayError,
    Payment,
    Seen,
    State,
    StillWaitingError,
    WrongAmountError,
    hear,
    look_again_at,
    next_try,
    pays_first,
    pays_online,
)
from shared.catalogue.definitions import Payment as PaymentTerms
from shared.catalogue.definitions import PaymentMoment
from shared.ids import new_id
from tests.services.forms.noor import NOW, OBJECTEN

CENTS = 5000
BILL = Bill(reference="Z-2026-K4T9-2QXM", cents=CENTS)


def opened(number: int = 1) -> Payment:
    return Payment(
        id=new_id(), cents=CENTS, made_at=NOW, state=State.OPEN, provider_id=f"tr_{number}", checkout="http://x"
    )


def told(bill: Bill, payment: Payment, *states: State) -> Bill:
    for state in states:
        bill = hear(bill, payment_id=payment.id, seen=Seen(state=state, cents=CENTS), at=NOW)
    return bill


class Paying(RuleBasedStateMachine):
    """A resident, a bank and a provider that do what they like; reports come late, twice or never."""

    payments = Bundle("payments")
    reports = Bundle("reports")

    def __init__(self) -> None:
        super().__init__()
        self.bill = BILL
        self.truth: dict[str, State] = {}
        self.returned: list[str] = []
        self.settlements = 0
        self.clock = NOW

    @rule(target=payments)
    def click(self) -> object:
        self.clock += timedelta(seconds=1)
        try:
            payment = next_try(self.bill, now=self.clock)
        except (NothingToPayError, StillWaitingError):
            return None
        if payment.provider_id is None:
            payment = replace(payment, state=State.OPEN, provider_id=f"tr_{len(self.truth)}")
            self.truth[str(payment.id)] = State.OPEN
            self.bill = self.bill.with_payment(payment)
        return payment.id

    @rule(payment=payments, state=st.sampled_from([one for one in State if one is not State.MADE]))
    def change(self, payment: object, state: State) -> None:
        """At the bank, where a payment only goes on; what is paid stays paid, and what failed may still be paid."""
        now, order = self.truth.get(str(payment)), list(State)
        if now and order.index(now) < order.index(state) and (now in RUNNING or state is State.PAID):
            self.truth[str(payment)] = state

    @rule(target=reports, payment=payments)
    def look(self, payment: object) -> object:
        return (payment, self.truth[str(payment)]) if payment else None

    @rule(report=st.one_of(reports, consumes(reports)))
    def arrive(self, report: tuple[object, State] | None) -> None:
        if report:
            self.hear(*report)

    @rule()
    def withdraw(self) -> None:
        self.bill = replace(self.bill, withdrawn=True)

    @invariant()
    def at_most_one_payment_counts_and_it_does_not_go_back(self) -> None:
        counting = [one for one in self.bill.payments if one.settled_at]
        assert len(counting) <= 1
        assert self.settlements == len(counting)
        assert all(one.back is Back.NO and one.state is State.PAID for one in counting)

    @invariant()
    def nothing_goes_back_that_was_not_paid(self) -> None:
        going = [one for one in self.bill.payments if one.back is not Back.NO]
        assert all(one.state is State.PAID and one.because for one in going)
        assert sorted(self.returned) == sorted(str(one.id) for one in going)

    def hear(self, payment: object, state: State) -> None:
        before = self.bill
        self.bill = hear(before, payment_id=payment, seen=Seen(state=state, cents=CENTS), at=self.clock)  # type: ignore[arg-type]
        self.settlements += bool(self.bill.settled) and not before.settled
        for old, new in zip(before.payments, self.bill.payments, strict=True):
            if old.back is not new.back:
                self.returned.append(str(new.id))

    def teardown(self) -> None:
        """In the end everything is looked up: then the books agree with the bank."""
        for payment in self.bill.payments:
            self.hear(payment.id, self.truth[str(payment.id)])
        paid = {name for name, state in self.truth.items() if state is State.PAID}
        kept = {str(self.bill.settled.id)} if self.bill.settled else set()
        assert kept | set(self.returned) == paid
        assert kept.isdisjoint(self.returned)
        if paid and not self.bill.withdrawn:
            assert self.bill.standing == "settled"
        assert all(one.state is self.truth[str(one.id)] for one in self.bill.payments)


TestPaying = Paying.TestCase
TestPaying.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("order", list(permutations([State.OPEN, State.PENDING, State.FAILED, State.PAID])))
def test_reports_in_any_order_end_in_the_same_state(order: Iterable[State]) -> None:
    payment = opened()
    bill = told(BILL.with_payment(payment), payment, *order, *order)
    assert bill.payment(payment.id).state is State.PAID
    assert bill.settled == bill.payment(payment.id)


def test_of_two_payments_that_were_both_paid_the_second_goes_back() -> None:
    first, second = opened(1), opened(2)
    bill = told(BILL.with_payment(first), first, State.EXPIRED).with_payment(second)
    bill = told(told(bill, second, State.PAID), first, State.PAID)
    assert bill.settled
    assert bill.settled.id == second.id
    assert (bill.payment(first.id).back, bill.payment(first.id).because) == (Back.DUE, "twice")


def test_what_is_paid_after_withdrawing_goes_back_but_what_was_paid_before_stays() -> None:
    payment = opened()
    after = told(replace(BILL.with_payment(payment), withdrawn=True), payment, State.PAID)
    assert (after.payment(payment.id).back, after.standing) == (Back.DUE, "void")
    before = replace(told(BILL.with_payment(payment), payment, State.PAID), withdrawn=True)
    assert (before.payment(payment.id).back, before.standing) == (Back.NO, "settled")


def test_another_amount_than_was_asked_is_for_a_person() -> None:
    payment = opened()
    with pytest.raises(WrongAmountError):
        hear(BILL.with_payment(payment), payment_id=payment.id, seen=Seen(state=State.PAID, cents=1), at=NOW)


def test_nobody_pays_again_while_the_bank_is_at_work() -> None:
    payment = opened()
    bill = told(BILL.with_payment(payment), payment, State.PENDING)
    assert bill.standing == "waiting"
    with pytest.raises(StillWaitingError):
        next_try(bill, now=NOW)
    assert next_try(told(bill, payment, State.FAILED), now=NOW).id != payment.id


def test_a_click_goes_on_with_the_payment_that_runs() -> None:
    payment = opened()
    assert next_try(BILL.with_payment(payment), now=NOW) == payment
    made = Payment(id=new_id(), cents=CENTS, made_at=NOW)
    bill = BILL.with_payment(made)
    assert next_try(bill, now=NOW) == made
    assert next_try(bill, now=NOW + UNSENT_LASTS).id != made.id


def test_a_payment_is_looked_up_less_often_as_it_grows_older_and_never_once_paid() -> None:
    payment = opened()
    after = {age: look_again_at(payment, now=NOW + age) for age in (timedelta(), timedelta(hours=2), timedelta(days=2))}
    assert [when - NOW - age for age, when in after.items() if when] == [
        timedelta(minutes=2),
        timedelta(minutes=30),
        timedelta(days=1),
    ]
    assert look_again_at(payment, now=NOW + timedelta(days=31)) is None
    assert look_again_at(replace(payment, state=State.PAID), now=NOW) is None
    failed = replace(payment, state=State.FAILED)
    assert look_again_at(failed, now=NOW) == NOW + timedelta(days=1)
    assert look_again_at(failed, now=NOW + timedelta(days=8)) is None


def test_what_is_free_or_on_invoice_is_not_paid_on_a_page() -> None:
    after = replace(OBJECTEN, payment=PaymentTerms(moment=PaymentMoment.AFTER_SENDING))
    before = replace(OBJECTEN, payment=PaymentTerms(moment=PaymentMoment.BEFORE_SENDING))
    asked = [
        (pays_online(one, cents=cents), pays_first(one, cents=cents))
        for one in (OBJECTEN, after, before)
        for cents in (0, None, 1)
    ]
    nothing, later, first = (False, False), (True, False), (True, True)
    assert asked == [nothing, nothing, nothing, nothing, nothing, later, nothing, nothing, first]


def test_what_the_bank_of_the_payer_takes_back_is_owed_again_and_can_be_paid_anew() -> None:
    first, second = opened(1), opened(2)
    paid = Seen(state=State.PAID, cents=CENTS)
    bill = told(BILL.with_payment(first), first, State.PAID)
    later = NOW + timedelta(days=20)
    taken = hear(bill, payment_id=first.id, seen=replace(paid, charged_back_cents=CENTS), at=later)
    assert (taken.standing, taken.payment(first.id).charged_back_at) == ("open", later)
    assert hear(taken, payment_id=first.id, seen=replace(paid, charged_back_cents=CENTS), at=NOW) == taken
    anew = hear(taken.with_payment(second), payment_id=second.id, seen=paid, at=later)
    assert (anew.standing, anew.settled and anew.settled.id) == ("settled", second.id)
    at_once = hear(BILL.with_payment(first), payment_id=first.id, seen=replace(paid, charged_back_cents=CENTS), at=NOW)
    assert at_once.standing == "open"

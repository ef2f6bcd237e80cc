"""Paying a fee: to the provider's page and back, and the door where the provider reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.paying import Till, look_up, start_payment
from services.forms.bill_store import reference_of
from services.forms.domain.payments import Bill, NothingToPayError, Payment, StillWaitingError, WrongAmountError
from services.forms.ports.payments import Order, Provider, ProviderAwayError, ProviderRefusedError
from services.forms.queries import Submitted
from services.forms.web.counter import at_most, counter, language, may_see, means, now, public, reading
from services.forms.web.finding import find_own_bill, find_own_case
from shared.events import PaymentUnclear
from shared.log import logger

HOOK = "/betalen/melding"
LONGEST_NAME = 100
CANNOT = (ProviderAwayError, ProviderRefusedError, WrongAmountError)
"""Nobody can pay now; what went wrong is logged, and looked up again later."""


def open_paying(app: Flask) -> None:
    """Add these pages, and the door of the provider."""
    app.add_url_rule("/status/<token>/betalen", "to_checkout", to_checkout)
    app.add_url_rule("/status/<token>/betalen", "pay", pay, methods=["POST"])
    app.add_url_rule("/betaald/<uuid:payment_id>", "paid", come_back)
    app.add_url_rule(HOOK, "payment_hook", hear_provider, methods=["POST"])


@public
@at_most("20/minute")
def pay(token: str) -> ResponseReturnValue:
    """Have the provider take a payment on; a second click leads to the same one."""
    submitted, _ = _payable(token)
    try:
        start_payment(submitted.reference, order=_order_for(submitted), open_till=_open_till, now=now())
    except CANNOT as error:
        logger.warning("payment_not_opened", error=type(error).__name__)
        return redirect(f"/status/{token}?betaling=storing#betalen", code=303)
    except (NothingToPayError, StillWaitingError):
        return redirect(f"/status/{token}#betalen", code=303)
    return redirect(f"/status/{token}/betalen", code=303)


@public
def to_checkout(token: str) -> ResponseReturnValue:
    """Lead on to the provider's page. A page of ours stands between: a form may lead to no other site."""
    submitted, bill = _payable(token)
    running = bill.running(now())
    if running is None or running.checkout is None:
        return redirect(f"/status/{token}#betalen", code=303)
    return render_template("forms/to-checkout.html", token=token, submitted=submitted, checkout=running.checkout)


@public
@at_most("60/minute")
def come_back(payment_id: UUID) -> ResponseReturnValue:
    """Where the provider leads back to: look how it went, and show the case to the browser that may see it."""
    with reading() as connection:
        reference = reference_of(connection, payment_id=payment_id)
    token = means().links.status_token(reference) if reference else ""
    if not may_see(token):
        return render_template("forms/came-back.html")
    try:
        with _open_till() as till:
            look_up(payment_id, till=till, now=now())
    except CANNOT as error:
        logger.warning("payment_not_seen", error=type(error).__name__)
    return redirect(f"/status/{token}#betalen", code=303)


@public
@at_most("600/minute")
def hear_provider() -> ResponseReturnValue:
    """The provider says that something changed: only the name is taken from it, the rest is looked up.

    Whatever the name, the answer is the same: nobody learns here which payments there are.
    """
    name = request.form.get("id", "")[:LONGEST_NAME].replace("\x00", "")
    with means().open_work(now()) as work:
        if payment_id := work.bills.named(name):
            work.tell(PaymentUnclear(payment_id=payment_id))
    return "", 200


def _payable(token: str) -> tuple[Submitted, Bill]:
    """The form behind this link, when there is something to pay for it on a page, and its bill."""
    submitted = find_own_case(token)
    return submitted, find_own_bill(submitted) or abort(404)


def _order_for(submitted: Submitted) -> Callable[[Payment], Order]:
    title = submitted.title.en if language() == "en" else submitted.title.nl

    def order(payment: Payment) -> Order:
        return Order(
            payment=payment,
            description=f"{submitted.reference} {title}"[:255],
            language=language(),
            back=f"{counter().address}/betaald/{payment.id}",
            hook=f"{counter().payment_hook}{HOOK}",
        )

    return order


@contextmanager
def _open_till() -> Iterator[Till]:
    provider: Provider | None = means().provider
    if provider is None:
        raise ProviderAwayError
    with means().open_work(now()) as work:
        yield Till(bills=work.bills, provider=provider, tell=work.tell)

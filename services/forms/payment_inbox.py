"""Hears that a payment is to be looked up or returned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from services.forms.actions.paying import Till, clear_up, give_back
from services.forms.bill_store import BillShelf, unwatched
from services.forms.domain.payments import WrongAmountError
from services.forms.ports.payments import Provider, ProviderAwayError, ProviderRefusedError
from shared.bus import Courier, Inbox, PermanentError
from shared.database import Connection
from shared.events import PaymentUnclear, RefundOrdered

LOOK_MISSED = timedelta(hours=1)
UNPAID_DAYS = 30
"""So many days a form waits to be paid that counts only then, unless the municipality sets it otherwise."""

MaybeProvider = Provider | None
"""None is a municipality that sends invoices only."""


def hear_payments(inbox: Inbox, *, provider: MaybeProvider) -> None:
    """Enter the handlers; without a provider these facts wait for one."""

    def till(connection: Connection, *, now: datetime) -> Till:
        if provider is None:
            raise ProviderAwayError
        return Till(bills=BillShelf(connection), provider=provider, tell=Courier(connection, now=now).tell)

    @inbox.hears(PaymentUnclear)
    @_permanent
    def hear_unclear(connection: Connection, happened: PaymentUnclear, /, *, now: datetime) -> None:
        clear_up(happened.payment_id, till=till(connection, now=now), now=now)

    @inbox.hears(RefundOrdered)
    @_permanent
    def hear_refund(connection: Connection, happened: RefundOrdered, /, *, now: datetime) -> None:
        give_back(happened.payment_id, till=till(connection, now=now), now=now)


def watch_payments(connection: Connection, *, tell: Callable[[PaymentUnclear], object], now: datetime) -> None:
    """Have payments looked up that should have been by now, whatever became of the fact that said so."""
    for payment_id in unwatched(connection, before=now - LOOK_MISSED):
        tell(PaymentUnclear(payment_id=payment_id))


def _permanent(handler: Callable[..., None]) -> Callable[..., None]:
    """Say which errors no second attempt will mend."""

    @wraps(handler)
    def guarded(connection: Connection, happened: Any, /, *, now: datetime) -> None:
        try:
            handler(connection, happened, now=now)
        except (ProviderRefusedError, WrongAmountError) as error:
            raise PermanentError(f"{type(error).__name__}: {error}") from error

    return guarded

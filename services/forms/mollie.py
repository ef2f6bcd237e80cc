"""Has fees paid on the pages of a payment provider that speaks Mollie's API, version 2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar

import requests

from services.forms.breaker import AwayError, Breaker
from services.forms.domain.payments import Payment, Seen, State
from services.forms.ports.payments import Opened, Order, Provider, ProviderAwayError, ProviderRefusedError

WAITS_S: Final = (2, 5)
"""Seconds to connect, and to answer."""

T = TypeVar("T")

_LOCALES: Final = {"nl": "nl_NL", "en": "en_GB"}
_TAKEN: Final = ("amountRefunded", "amountChargedBack")
"""What left again of a payment that stays paid: given back by us, or taken back by the payer's bank."""

_WAITS_A_WHILE: Final = (408, 409, 425, 429)
"""Refusals that may be over by the next time."""


def provider_at(url: str, *, key: str) -> Provider | None:
    """The provider at this address; None is a municipality that sends invoices only."""
    return MollieProvider(url, key=key) if url else None


class MollieProvider:
    """Payments at Mollie, or at whoever speaks the same (the port `Provider`)."""

    def __init__(self, url: str, *, key: str) -> None:
        """Ask at this address, with this key."""
        self._url, self._key = url.rstrip("/"), key
        self._breaker = Breaker(name="payments")

    def open(self, order: Order) -> Opened:
        """Take a payment on; the key makes that asking again gives the same payment."""
        payment = order.payment
        wanted = {
            "amount": _amount(payment.cents),
            "description": order.description,
            "redirectUrl": order.back,
            "webhookUrl": order.hook,
            "locale": _LOCALES[order.language],
            "metadata": {"payment": str(payment.id)},
        }
        return self._ask("POST", "/v2/payments", read=_opened, body=wanted, key=str(payment.id))

    def look(self, provider_id: str) -> Seen:
        """How a payment is now."""
        return self._ask("GET", f"/v2/payments/{provider_id}", read=_seen)

    def give_back(self, payment: Payment) -> None:
        """Return the whole amount; what was returned already is not returned again."""
        if payment.provider_id is None:
            raise ProviderRefusedError("it was never opened")
        if self.look(payment.provider_id).returned_cents >= payment.cents:
            return
        wanted = {"amount": _amount(payment.cents), "description": "Terugbetaling"}
        path = f"/v2/payments/{payment.provider_id}/refunds"
        self._ask("POST", path, read=lambda _told: None, body=wanted, key=f"refund-{payment.id}")

    def _ask(
        self, method: str, path: str, *, read: Callable[[Mapping[str, Any]], T], body: object = None, key: str = ""
    ) -> T:
        """What is read from the answer; one that cannot be read counts as none."""
        headers = {"Authorization": f"Bearer {self._key}", **({"Idempotency-Key": key} if key else {})}

        def ask() -> T:
            answer = requests.request(
                method, f"{self._url}{path}", json=body, headers=headers, timeout=WAITS_S, allow_redirects=False
            )
            if 400 <= answer.status_code < 500 and answer.status_code not in _WAITS_A_WHILE:
                raise ProviderRefusedError(f"{method} was answered with {answer.status_code}")
            answer.raise_for_status()
            return read(answer.json())

        try:
            return self._breaker.call(ask)
        except AwayError as error:
            raise ProviderAwayError from error


def _opened(told: Mapping[str, Any]) -> Opened:
    checkout = str(told["_links"]["checkout"]["href"])
    if not checkout.startswith(("https://", "http://")):
        raise ValueError("no address to pay at")
    return Opened(provider_id=str(told["id"]), checkout=checkout)


def _seen(told: Mapping[str, Any]) -> Seen:
    returned, charged_back = (_cents(told[name]) if name in told else 0 for name in _TAKEN)
    return Seen(
        state=State(told["status"]),
        cents=_cents(told["amount"]),
        returned_cents=returned,
        charged_back_cents=charged_back,
    )


def _amount(cents: int) -> dict[str, str]:
    """An amount as Mollie writes it: two decimals, a point between."""
    return {"currency": "EUR", "value": f"{Decimal(cents) / 100:.2f}"}


def _cents(told: Mapping[str, Any]) -> int:
    """An amount in cents.

    Raises:
        ValueError: it is not in euros, or not in whole cents.
    """
    try:
        cents = Decimal(str(told["value"])) * 100
    except InvalidOperation:
        raise ValueError("no amount") from None
    if told["currency"] != "EUR" or cents != int(cents):
        raise ValueError("not in cents of a euro")
    return int(cents)

"""Stands in for a payment provider: Mollie's API version 2, and a page on which one chooses how the payment goes.

`POST /v2/payments`, `GET /v2/payments/{id}`, `POST` and `GET /v2/payments/{id}/refunds`; the page is `/pagina/{id}`.
It reports to the `webhookUrl` with the id alone. No money moves.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import requests
from flask import Flask, Response, abort, redirect, render_template, request

from dev.pages import ProductionError, make_pages, serve_pages
from shared.settings import read

LASTS: Final = timedelta(minutes=15)
"""How long one can pay, as with iDEAL."""

LATE_S: Final = 20.0
"""Seconds until a payment that settles late is paid."""

HOOK_WAITS_S: Final = 5
NOW: Final[Mapping[str, str]] = {
    "pay": "paid",
    "fail": "failed",
    "cancel": "canceled",
    "wait": "pending",
    "late": "failed",
}
"""What a choice makes of the payment at once; leaving makes nothing of it."""


@dataclass(frozen=True, kw_only=True)
class PaymentSettings:
    """Where the provider listens, the address where browsers find it, and the folder that it keeps payments in."""

    bind: str
    payments_url: str
    folder: Path
    environment: str = "development"


@dataclass(kw_only=True)
class Kept:
    """A payment as it is kept: what was asked, and what became of it."""

    id: str
    asked: dict[str, Any]
    made_at: str
    status: str = "open"
    refunds: list[dict[str, Any]] = field(default_factory=list)
    charged_back: bool = False


class Ledger:
    """All payments, kept in a file so that they outlive a restart; `away` is an outage on purpose."""

    def __init__(self, folder: Path, *, late_s: float | None = LATE_S) -> None:
        """Keep them in this folder; `late_s` seconds late is late, None is never by itself."""
        self.lock = threading.RLock()
        self.late_s = late_s
        self.away = False
        self.reports = True
        self._file = folder / "payments.json"
        self._keys: dict[str, str] = {}
        self._payments: dict[str, Kept] = {}
        with suppress(FileNotFoundError, ValueError):
            told = json.loads(self._file.read_text(encoding="utf-8"))
            self._payments = {name: Kept(**one) for name, one in told["payments"].items()}
            self._keys = told["keys"]

    def find(self, payment_id: str) -> Kept:
        """One payment; an open one whose time is over expired meanwhile."""
        with self.lock:
            payment = self._payments.get(payment_id) or abort(404)
            old = datetime.now(UTC) > datetime.fromisoformat(payment.made_at) + LASTS
            if payment.status == "open" and old:
                self.move(payment, to="expired")
            return payment

    def make(self, asked: dict[str, Any], *, key: str) -> Kept:
        """Take a payment on; the same key gives the same one."""
        with self.lock:
            if key in self._keys:
                return self.find(self._keys[key])
            payment = Kept(id=f"tr_{secrets.token_hex(5)}", asked=asked, made_at=datetime.now(UTC).isoformat())
            self._payments[payment.id] = payment
            if key:
                self._keys[key] = payment.id
            self._write()
            return payment

    def give_back(self, payment: Kept, *, asked: dict[str, Any], key: str) -> dict[str, Any]:
        """Return an amount; the same key returns it once."""
        with self.lock:
            for one in payment.refunds:
                if key and one["key"] == key:
                    return one
            left = _value(payment.asked) - sum(_value(one) for one in payment.refunds)
            if payment.status != "paid" or not 0 < _value(asked) <= left:
                abort(422)
            made = {"id": f"re_{secrets.token_hex(5)}", "amount": asked["amount"], "status": "pending", "key": key}
            payment.refunds.append(made)
            self._write()
            return made

    def move(self, payment: Kept, *, to: str) -> None:
        """Change how a payment is, and report that something changed."""
        with self.lock:
            payment.status = to
            self._write()
        threading.Thread(target=self._report, args=[payment], daemon=True).start()

    def charge_back(self, payment: Kept) -> None:
        """Take back what was paid, as a payer's bank does; the payment stays paid."""
        with self.lock:
            payment.charged_back = True
            self.move(payment, to=payment.status)

    def choose(self, payment: Kept, *, choice: str) -> None:
        """Do what was chosen on the page; what settles late does so after a while."""
        if choice == "charge_back" and payment.status == "paid":
            self.charge_back(payment)
        if choice in NOW and payment.status == "open":
            self.move(payment, to=NOW[choice])
            if choice in ("wait", "late") and self.late_s is not None:
                later = threading.Timer(self.late_s, self.move, args=[payment], kwargs={"to": "paid"})
                later.daemon = True
                later.start()

    def _report(self, payment: Kept) -> None:
        if self.reports and (hook := payment.asked.get("webhookUrl")):
            with suppress(requests.RequestException):
                requests.post(hook, data={"id": payment.id}, timeout=HOOK_WAITS_S)

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        told = {"payments": {name: asdict(one) for name, one in self._payments.items()}, "keys": self._keys}
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self._file)


def make_payments(ledger: Ledger, *, address: str, environment: str) -> Flask:
    """The provider's API and its page; `address` is where browsers find it."""
    pages = make_pages("payments", environment=environment)
    _add_api(pages, ledger=ledger, address=address)
    _add_page(pages, ledger=ledger)
    return pages


def main() -> None:
    """Serve until ended."""
    settings = read(PaymentSettings)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    ledger = Ledger(settings.folder)
    try:
        pages = make_payments(ledger, address=settings.payments_url, environment=settings.environment)
    except ProductionError as error:
        sys.exit(str(error))
    serve_pages(pages, bind=settings.bind)


def _add_api(pages: Flask, *, ledger: Ledger, address: str) -> None:
    @pages.before_request
    def guard() -> tuple[dict[str, Any], int] | None:
        if not request.path.startswith("/v2/"):
            return None
        if ledger.away:
            return {"status": 503, "title": "Service Unavailable"}, 503
        if not request.headers.get("Authorization", "").removeprefix("Bearer ").strip():
            return {"status": 401, "title": "Unauthorized Request"}, 401
        return None

    @pages.post("/v2/payments")
    def make() -> tuple[dict[str, Any], int]:
        asked = request.get_json()
        wanted = ("amount", "description", "redirectUrl")
        if not all(asked.get(name) for name in wanted) or _value(asked) <= 0:
            return {"status": 422, "title": "Unprocessable Entity"}, 422
        return _told(ledger.make(asked, key=request.headers.get("Idempotency-Key", "")), address=address), 201

    @pages.get("/v2/payments/<payment_id>")
    def look(payment_id: str) -> dict[str, Any]:
        return _told(ledger.find(payment_id), address=address)

    @pages.post("/v2/payments/<payment_id>/refunds")
    def give_back(payment_id: str) -> tuple[dict[str, Any], int]:
        key = request.headers.get("Idempotency-Key", "")
        return ledger.give_back(ledger.find(payment_id), asked=request.get_json(), key=key), 201

    @pages.get("/v2/payments/<payment_id>/refunds")
    def returned(payment_id: str) -> dict[str, Any]:
        refunds = ledger.find(payment_id).refunds
        return {"count": len(refunds), "_embedded": {"refunds": refunds}}


def _add_page(pages: Flask, *, ledger: Ledger) -> None:
    @pages.get("/pagina/<payment_id>")
    def page(payment_id: str) -> str:
        payment = ledger.find(payment_id)
        amount = _value(payment.asked)
        return render_template("payment.html", payment=payment, amount=amount, late=round(ledger.late_s or 0))

    @pages.post("/pagina/<payment_id>")
    def choose(payment_id: str) -> Response:
        payment = ledger.find(payment_id)
        ledger.choose(payment, choice=request.form.get("choice", ""))
        return redirect(str(payment.asked["redirectUrl"]), 303)  # type: ignore[return-value]


def _told(payment: Kept, *, address: str) -> dict[str, Any]:
    """The payment as the API tells it."""
    asked = payment.asked
    amount = asked["amount"]
    told = {
        "resource": "payment",
        "id": payment.id,
        "mode": "test",
        "createdAt": payment.made_at,
        "amount": amount,
        "description": asked["description"],
        "status": payment.status,
        "metadata": asked.get("metadata"),
        "redirectUrl": asked["redirectUrl"],
        "_links": {"self": {"href": f"{address}/v2/payments/{payment.id}", "type": "application/hal+json"}},
    }
    if payment.status == "open":
        told["_links"]["checkout"] = {"href": f"{address}/pagina/{payment.id}", "type": "text/html"}
    if payment.status == "paid":
        returned = sum((_value(one) for one in payment.refunds), start=Decimal(0))
        told["amountRefunded"] = {"currency": amount["currency"], "value": f"{returned:.2f}"}
        if payment.charged_back:
            told["amountChargedBack"] = amount
    return told


def _value(asked: Mapping[str, Any]) -> Decimal:
    try:
        return Decimal(str(asked["amount"]["value"]))
    except (InvalidOperation, KeyError, TypeError):
        abort(422)


if __name__ == "__main__":
    main()

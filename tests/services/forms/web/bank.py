"""A payment provider with a page on which a test chooses, and the worker that hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dev.payments import Ledger, make_payments
from services.forms.actions.scanning import Watch
from services.forms.inbox import open_inbox
from services.forms.mollie import provider_at
from shared.catalogue.definitions import Catalogue, Payment, PaymentMoment
from shared.clock import utc_now
from shared.database import connect
from shared.events import Words
from shared.wire import from_wire
from tests.browser import served
from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.noor import CATALOGUE, OBJECTEN
from tests.services.forms.shelf import LINKS, FakeScanner, FakeVault
from tests.services.forms.web.noors_browser import post_step

BECAUSE = Words(nl="Wij beginnen pas na de betaling.", en="We only start after the payment.")


def catalogue_with(moment: PaymentMoment) -> Catalogue:
    """Noor's container, paid on a page at this moment."""
    because = BECAUSE if moment is PaymentMoment.BEFORE_SENDING else None
    product = replace(OBJECTEN, payment=Payment(moment=moment, because=because))
    return replace(CATALOGUE, products={**CATALOGUE.products, "objecten": product})


def open_paid(database: Database, bank: Bank, moment: PaymentMoment) -> Iterator[Flask]:
    """The web door of a municipality whose container is paid at this moment."""
    catalogue = catalogue_with(moment)
    yield from open_web(database, catalogue=catalogue, payment_url=bank.address, payment_key="test_key")


@dataclass
class Bank:
    """The provider's stand-in, with what a payer does on its page."""

    ledger: Ledger
    address: str

    def choose(self, checkout: str, *, choice: str) -> str:
        """Press a button on the page; where it leads back to."""
        assert "Betaal €" in requests.get(checkout, timeout=5).text
        answer = requests.post(checkout, data={"choice": choice}, timeout=5, allow_redirects=False)
        assert answer.status_code == 303
        return answer.headers["Location"].removeprefix("http://localhost")

    def settle_late(self) -> None:
        """What waited or failed first turns out to be paid."""
        first = next(iter(self.ledger._payments.values()))
        self.ledger.move(first, to="paid")


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    """A provider whose reports come only when a test makes them: there is no server of ours to hear them."""
    ledger = Ledger(tmp_path, late_s=None)
    ledger.reports = False
    with served(lambda address: make_payments(ledger, address=address, environment="test")) as address:
        yield Bank(ledger, address)


@dataclass
class Worker:
    """What the worker of this service does with facts about payments."""

    database: Database
    bank: Bank

    def hear(self, happened: object, *, now: datetime | None = None) -> None:
        watch = Watch(vault=FakeVault(), scanner=FakeScanner())
        inbox = open_inbox(watch, links=LINKS, provider=provider_at(self.bank.address, key="test_key"))
        with connect(self.database.dsn("forms")) as connection:
            inbox.handle(connection, happened, now=now or utc_now())

    def told(self, name: str) -> list[Any]:
        """What was told under this name, the oldest first."""
        with connect(self.database.dsn("forms")) as connection:
            rows = connection.execute(
                "select name, version, payload from bus.event where name = %s order by id", [name]
            )
            return [from_wire(row["name"], version=row["version"], payload=row["payload"]) for row in rows]

    def hear_all(self, name: str, *, now: datetime | None = None) -> None:
        for happened in self.told(name):
            self.hear(happened, now=now)

    def rows(self, query: str) -> list[dict[str, Any]]:
        with connect(self.database.dsn("forms")) as connection:
            return connection.execute(query).fetchall()

    def states(self) -> list[tuple[str, str]]:
        rows = self.rows("select state, back from forms.payment order by made_at")
        return [(row["state"], row["back"]) for row in rows]


@pytest.fixture
def worker(database: Database, bank: Bank) -> Worker:
    """The worker."""
    return Worker(database, bank)


def change(client: FlaskClient, form: str, *, step: str, **fields: str) -> TestResponse:
    """Change answers of a step of what was sent, and send that."""
    post_step(client, form, step=step, back="controleren", **fields)
    page = client.get(f"{form}/controleren").text
    found = re.search(r'name="revision" value="(\d+)"', page)
    return client.post(f"{form}/controleren", data={"revision": found[1] if found else "0"})


def checkout_of(client: FlaskClient, status: str) -> str:
    """Press "Betaal nu"; where the page in between leads to."""
    answer = client.post(f"{status}/betalen")
    assert answer.location == f"{status}/betalen", answer.location
    page = client.get(answer.location).text
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found
    assert f'href="{found[1]}"' in page
    return found[1]


def pay(client: FlaskClient, bank: Bank, status: str, *, choice: str = "pay") -> str:
    """Go to the page, choose, come back; what the status page then says."""
    back = bank.choose(checkout_of(client, status), choice=choice)
    answer = client.get(back)
    assert answer.location == f"{status}#betalen"
    return client.get(status).text


def pay_withdrawn(client: FlaskClient, bank: Bank, status: str) -> None:
    """Withdraw with the page of the provider open, and pay there all the same."""
    checkout = checkout_of(client, status)
    client.post(f"{status}/intrekken", data={})
    client.get(bank.choose(checkout, choice="pay"))


def plain(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

"""A payment provider with a page on which a test chooses, and the worker that hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

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
from tests.services.forms.noor import CATALOGUE, OBJECTEN
from tests.services.forms.shelf import LINKS, FakeScanner, FakeVault

BECAUSE = Words(nl="Wij beginnen pas na de betaling.", en="We only start after the payment.")


def catalogue_with(moment: PaymentMoment) -> Catalogue:
    """Noor's container, paid on a page at this moment."""
    because = BECAUSE if moment is PaymentMoment.BEFORE_SENDING else None
    product = replace(OBJECTEN, payment=Payment(moment=moment, because=because))
    return replace(CATALOGUE, products={**CATALOGUE.products, "objecten": product})


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

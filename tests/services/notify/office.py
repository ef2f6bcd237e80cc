"""A client of the API with its templates and keys, on a service that really listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import jwt
import requests
from flask import Flask
from notifications_python_client.notifications import NotificationsAPIClient

from services.notify.client_store import ClientStore
from services.notify.clients import add_key, load_template
from services.notify.domain.clients import Client
from services.notify.domain.notifications import Channel, KeyType
from shared.clock import utc_now
from shared.database import connect
from shared.keyring import Keyring
from tests.browser import served
from tests.services.notify.described import Described
from tests.services.notify.noor import KEY
from tests.services.notify.sink import Sink
from tests.services.notify.trip import Trip

EMAIL = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a001")
SMS = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a002")
LETTER = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a003")
TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "id": EMAIL,
        "channel": Channel.EMAIL,
        "name": "Afspraak",
        "subject": "Uw afspraak, ((name))",
        "body": "# Dag ((name))\n\nU komt op ((day)).\n\n[Uw afspraak](((link)))",
        "postage": None,
    },
    {
        "id": SMS,
        "channel": Channel.SMS,
        "name": "Herinnering",
        "subject": None,
        "body": "Dag ((name)), uw afspraak is morgen.",
        "postage": None,
    },
    {
        "id": LETTER,
        "channel": Channel.LETTER,
        "name": "Bericht",
        "subject": "Bericht voor ((address line 1))",
        "body": "Wij schrijven u over uw aanvraag.",
        "postage": "netherlands",
    },
)
VALUES = {"name": "Noor <de Vries>", "day": "1 december", "link": "https://voorbeeld.example/a"}
ADDRESS = {
    "address_line_1": "N. de Vries",
    "address_line_2": "Voorbeeldstraat 14",
    "address_line_3": "3811 LX Amersfoort",
}


@dataclass
class Office:
    """A client of the API with a key of each type, on a service that really listens."""

    base: str
    id: UUID
    keys: dict[KeyType, str]
    trip: Trip
    sink: Sink
    app: Flask
    described: Described

    def client(self, key_type: KeyType = KeyType.LIVE) -> NotificationsAPIClient:
        """The official client."""
        return NotificationsAPIClient(self.keys[key_type], base_url=self.base)

    def ask(self, method: str, path: str, *, token: str | None = None, **more: Any) -> requests.Response:
        """Ask without the official client."""
        headers = {"Authorization": f"Bearer {token or self.token()}", **more.pop("headers", {})}
        return requests.request(method, f"{self.base}{path}", headers=headers, timeout=10, **more)

    def token(self, *, secret: str | None = None, algorithm: str = "HS256", **claims: Any) -> str:
        """What the client's key signs."""
        payload = {"iss": str(self.id), "iat": int(utc_now().timestamp()), **claims}
        payload = {name: value for name, value in payload.items() if value is not None}
        return jwt.encode(payload, secret or self.keys[KeyType.LIVE][-36:], algorithm=algorithm)


@contextmanager
def open_office(app: Flask, *, trip: Trip, sink: Sink) -> Iterator[Office]:
    """The door on a free port, with three templates and a key of each type; all that it answers is as described."""
    with connect(trip.url) as connection:
        store = ClientStore(connection)
        client = Client(
            id=uuid4(),
            name="Afspraken",
            sms_sender="Afspraken",
            reply_to="afspraken@voorbeeld.example",
            guests=frozenset({"gast@example.org", "06 12345678"}),
        )
        store.add(client)
        keys = {
            kind: add_key(store, client=client, name=f"sleutel-{kind}", key_type=kind, ring=Keyring(KEY))
            for kind in KeyType
        }
        for file in TEMPLATES:
            load_template(store, client_id=client.id, file=file, now=utc_now())
    described = Described(app)
    with served(app) as base:
        yield Office(base=base, id=client.id, keys=keys, trip=trip, sink=sink, app=app, described=described)
    assert described.faults == []

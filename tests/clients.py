"""A client of the API of notify in a running house."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from dev.house import House
from services.notify.client_store import ClientStore
from services.notify.clients import add_key, load_template
from services.notify.domain.clients import Client
from services.notify.domain.notifications import Channel, KeyType
from shared.clock import utc_now
from shared.database import connect
from shared.keyring import Keyring


def make_client(house: House, *, name: str, template: UUID, channel: Channel, key_type: KeyType) -> str:
    """Make a client with one template, `Dag ((name))`, and give its key."""
    ring = Keyring((house.var / "secrets" / "notify.secret-key").read_text().strip())
    file: dict[str, Any] = {
        "id": template,
        "channel": channel,
        "name": name,
        "subject": None if channel is Channel.SMS else "Uw afspraak, ((name))",
        "body": "Dag ((name)), uw afspraak is morgen.",
        "postage": None,
    }
    with connect(house.dsn("notify")) as connection:
        store, client = ClientStore(connection), Client(id=uuid4(), name=name, sms_sender=name)
        store.add(client)
        load_template(store, client_id=client.id, file=file, now=utc_now())
        return add_key(store, client=client, name=name.lower(), key_type=key_type, ring=ring)

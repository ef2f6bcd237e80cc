"""Hands messages to the Berichtenbox of MijnOverheid, for which it opens whose box it is.

The shape is that of the Aanlever API (0.1.0) of a Berichtenmagazijn in the Federatief Berichtenstelsel, as published in
MinBZK/moza-poc-fbs-berichtenbox. `Idempotency-Key` is ours: that draft has nothing by which it knows a message again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from services.notify.failover import Providers
from services.notify.health_store import KeptHealth
from services.notify.ports import BoxMessage, RefusedError
from services.notify.posting import JsonDoor
from services.notify.sending import said_in
from services.notify.settings import Settings
from shared.database import Connection
from shared.keyring import Keyring
from shared.sealed import about_box

LONGEST_SUBJECT: Final = 255
_HAS_IT: Final = 409


class HttpBox(JsonDoor):
    """A magazine that takes `POST {afzender, ontvanger, onderwerp, inhoud}` as JSON (port `Sender`)."""

    def __init__(self, url: str | None, *, key: str | None, sender: str, keys: str) -> None:
        """Send as the organisation with this number (OIN); `keys` open whose box it is."""
        super().__init__(url, key=key)
        self._sender = sender
        self._ring = Keyring(keys) if keys else None

    def send(self, message: BoxMessage, /) -> str:
        """Hand the message over; give the answer. Raises as `JsonDoor.post`; who has no box is refused too."""
        if self._ring is None:
            raise RefusedError("no keys of boxes are set")
        body = {
            "afzender": self._sender,
            "ontvanger": self._ring.open(message.sealed, about=about_box(message.reference)),
            "onderwerp": message.subject[:LONGEST_SUBJECT],
            "inhoud": message.text,
        }
        return self.post(body, headers={"Idempotency-Key": str(message.id)}, done={_HAS_IT})


def box_of(settings: Settings) -> HttpBox:
    """Give the Berichtenbox; without one, one that refuses all."""
    return HttpBox(settings.box_url, key=settings.box_key, sender=settings.box_sender, keys=settings.box_keys)


def open_boxes(settings: Settings, *, connect: Callable[[], Connection]) -> Providers[BoxMessage]:
    """Give the way out to the Berichtenbox."""
    box = box_of(settings)
    return Providers([box], said=said_in, ward=KeptHealth(connect, per_minute={box.name: settings.box_per_minute}))

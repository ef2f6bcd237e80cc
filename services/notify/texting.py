"""Hands text messages to a provider over HTTP; the same message always carries the same id."""

from __future__ import annotations

from services.notify.ports import TextMessage
from services.notify.posting import JsonDoor


class HttpTexter(JsonDoor):
    """A provider that takes `POST {id, from, to, text}` as JSON and knows an id that came before (port `Sender`)."""

    def send(self, message: TextMessage, /) -> str:
        """Hand the text message over; give the answer. Raises as `JsonDoor.post`."""
        return self.post({"id": str(message.id), "from": message.sender, "to": message.recipient, "text": message.text})

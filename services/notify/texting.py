"""Hands text messages to a provider over HTTP; the same message always carries the same id."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import requests

from services.notify.ports import RefusedError, TextMessage, UnreachableError

TIMEOUT_S: Final = 5


class HttpTexter:
    """A provider that takes `POST {id, from, to, text}` as JSON and knows an id that came before (port `Texter`)."""

    def __init__(self, url: str | None, *, key: str | None) -> None:
        """Send to this address with this key as bearer; without an address no text message can be sent."""
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    @property
    def name(self) -> str:
        """Tell which system outside it is."""
        return urlsplit(self._url or "").netloc.rpartition("@")[2]

    def send(self, message: TextMessage) -> str:
        """Hand the text message over; give the answer.

        Raises:
            RefusedError: there is no provider, or it says never (4xx).
            UnreachableError: no answer in 5 seconds, or not now (429, 5xx).
        """
        if not self._url:
            raise RefusedError("no provider of text messages is set")
        body = {"id": str(message.id), "from": message.sender, "to": message.recipient, "text": message.text}
        try:
            answer = requests.post(
                self._url, json=body, headers=self._headers, timeout=TIMEOUT_S, allow_redirects=False
            )
        except requests.RequestException as error:
            raise UnreachableError(type(error).__name__) from None
        if answer.status_code in {408, 429} or answer.status_code >= 500:
            raise UnreachableError(f"the provider answered {answer.status_code}")
        if not answer.ok:
            raise RefusedError(f"the provider answered {answer.status_code}")
        return f"{answer.status_code} {answer.reason}"

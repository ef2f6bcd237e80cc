"""Hands text messages to a provider over HTTP; the same message always carries the same id."""

from __future__ import annotations

import socket
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import MaxRetryError

from services.notify.ports import DownError, RefusedError, TextMessage, UnreachableError, UnsureError

TIMEOUT_S: Final = 5
_NOT_LET_IN: Final = frozenset({401, 403})
"""What a provider says of us rather than of the message: another takes it, or somebody mends it."""
_LATER: Final = 429
_CLOSED: Final = 503
_SLOW: Final = 408
_PORTS: Final = {"http": 80, "https": 443}


class HttpTexter:
    """A provider that takes `POST {id, from, to, text}` as JSON and knows an id that came before (port `Sender`)."""

    def __init__(self, url: str | None, *, key: str | None, patience: float = TIMEOUT_S) -> None:
        """Send to this address with this key as bearer; without an address no text message can be sent.

        `patience` is how many seconds it may take to answer.
        """
        self._url = url
        self._patience = patience
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    @property
    def name(self) -> str:
        """Tell which system outside it is."""
        return urlsplit(self._url or "").netloc.rpartition("@")[2]

    def send(self, message: TextMessage, /) -> str:
        """Hand the text message over; give the answer.

        Raises:
            RefusedError: there is no provider, or it says never (4xx).
            UnreachableError: not now (429).
            DownError: it is not there or closed (503), or does not know us (401, 403): it does not have the message.
            UnsureError: it may have it: no answer in time, or it fell ill over it (408, other 5xx).
        """
        if not self._url:
            raise RefusedError("no provider of text messages is set")
        body = {"id": str(message.id), "from": message.sender, "to": message.recipient, "text": message.text}
        try:
            answer = requests.post(
                self._url, json=body, headers=self._headers, timeout=self._patience, allow_redirects=False
            )
        except requests.RequestException as error:
            raise _trouble_of(error) from None
        said = f"the provider answered {answer.status_code}"
        if answer.status_code in _NOT_LET_IN or answer.status_code == _CLOSED:
            raise DownError(said)
        if answer.status_code == _SLOW or answer.status_code >= 500:
            raise UnsureError(said)
        if answer.status_code == _LATER:
            raise UnreachableError(said)
        if not answer.ok:
            raise RefusedError(said)
        return f"{answer.status_code} {answer.reason}"

    def answers(self) -> bool:
        """Tell whether something listens where the provider should be; False when there is none."""
        where = urlsplit(self._url or "")
        if not where.hostname:
            return False
        with socket.create_connection((where.hostname, where.port or _PORTS[where.scheme]), timeout=1):
            return True


def _trouble_of(error: requests.RequestException) -> UnreachableError:
    """Tell what was never sent, as there was no connection or no such address, from what may have come across."""
    reason = error.args[0] if error.args else None
    unsent = isinstance(error, ValueError) or isinstance(reason, MaxRetryError)
    return (DownError if unsent else UnsureError)(type(error).__name__)

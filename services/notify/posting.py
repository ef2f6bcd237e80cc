"""Posts JSON to a provider, and reads from what comes of it whether that has the message, never will, or may later."""

from __future__ import annotations

import socket
from collections.abc import Collection, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import MaxRetryError

from services.notify.ports import DownError, RefusedError, UnreachableError, UnsureError

TIMEOUT_S: Final = 5
_NOT_LET_IN: Final = frozenset({401, 403})
"""What a provider says of us rather than of the message: another takes it, or somebody mends it."""
_LATER: Final = 429
_CLOSED: Final = 503
_SLOW: Final = 408
_PORTS: Final = {"http": 80, "https": 443}


class JsonDoor:
    """The address of a provider and the key it knows us by, as bearer."""

    def __init__(self, url: str | None, *, key: str | None, patience: float = TIMEOUT_S) -> None:
        """Without an address there is no provider. `patience` is how many seconds it may take to answer."""
        self._url = url
        self._patience = patience
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    @property
    def name(self) -> str:
        """Tell which system outside it is; "" when there is none."""
        return urlsplit(self._url or "").netloc.rpartition("@")[2]

    def post(self, body: Mapping[str, Any], *, headers: Mapping[str, str] = {}, done: Collection[int] = ()) -> str:
        """Hand it over; give the answer. These statuses say that it is `done` too.

        Raises:
            RefusedError: there is no provider, or it says never (4xx).
            UnreachableError: not now (429).
            DownError: it is not there or closed (503), or does not know us (401, 403): it does not have the message.
            UnsureError: it may have it: no answer in time, or it fell ill over it (408, other 5xx).
        """
        if not self._url:
            raise RefusedError("no provider is set")
        try:
            answer = requests.post(
                self._url,
                json=body,
                headers={**self._headers, **headers},
                timeout=self._patience,
                allow_redirects=False,
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
        if not answer.ok and answer.status_code not in done:
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

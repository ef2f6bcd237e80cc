"""Lets a client in: its key signs a token for each request, good for half a minute."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import g, request
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.notify.client_store import ClientStore
from services.notify.domain.clients import ApiKey, Client, seal_about
from services.notify.domain.notifications import Channel, KeyType
from services.notify.web.v2.errors import ApiError, unknown_sender, wrong
from shared.clock import utc_now
from shared.database import Pool
from shared.keyring import BrokenSealError, Keyring

ALGORITHM: Final = "HS256"
LEEWAY_S: Final = 30
NOTED_EVERY: Final = timedelta(hours=1)
"""How often the use of a key is noted: more would be a write for each request."""
_SCHEME: Final = "Bearer "


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whose request this is, and what its key may do."""

    client: Client
    key_id: UUID
    key_type: KeyType


class Doorman:
    """Knows the clients and their keys."""

    def __init__(self, pool: Pool, *, ring: Keyring) -> None:
        """Look clients up over these connections and open their keys with this ring."""
        self._pool = pool
        self._ring = ring

    def let_in(self) -> None:
        """Know whose request this is, before it is looked at. Raises ApiError (401, 403)."""
        g.caller = self._caller(_token(), now=utc_now())

    def _caller(self, token: str, *, now: datetime) -> Caller:
        header, claims = _read(token)
        if "iss" not in claims:
            raise _refusal("Invalid token: iss field not provided")
        client = self._find(claims["iss"])
        if not _is_fresh(claims.get("iat"), now=now):
            raise _refusal("Error: Your system clock must be accurate to within 30 seconds")
        if header.get("alg") != ALGORITHM:
            raise _refusal("Invalid token: algorithm used is not HS256")
        key = next((key for key in client.keys if self._signed(token, key=key)), None)
        if key is None:
            raise _refusal("Invalid token: API key not found")
        if key.revoked:
            raise _refusal("Invalid token: API key revoked")
        if key.used_at is None or now - key.used_at >= NOTED_EVERY:
            with self._pool.reading() as connection:
                ClientStore(connection).note_use(key.id, now=now)
        return Caller(client=client, key_id=key.id, key_type=key.type)

    def _find(self, issuer: object) -> Client:
        try:
            client_id = UUID(str(issuer))
        except ValueError:
            raise _refusal("Invalid token: service id is not the right data type") from None
        with self._pool.reading() as connection:
            client = ClientStore(connection).find(client_id)
        if client is None:
            raise _refusal("Invalid token: service not found")
        if not client.keys:
            raise _refusal("Invalid token: service has no API keys")
        if client.archived:
            raise _refusal("Invalid token: service is archived")
        return client

    def _signed(self, token: str, *, key: ApiKey) -> bool:
        try:
            secret = self._ring.open(key.sealed, about=seal_about(key.id))
            jws.deserialize_compact(token, OctKey.import_key(str(secret)), algorithms=[ALGORITHM])
        except (BrokenSealError, JoseError, ValueError, TypeError):  # the last of a header that the library trips over
            return False
        return True


def caller() -> Caller:
    """Give whose request this is."""
    found: Caller = g.caller
    return found


def chosen_sender(sender_id: UUID | None, *, channel: Channel, store: ClientStore) -> str | None:
    """Give the name or address of their own by which the caller chose to send. Raises ApiError (400)."""
    if sender_id is None:
        return None
    if channel is Channel.LETTER:
        raise wrong("sender_id is not for letters")
    client_id = caller().client.id
    found = store.find_sender(sender_id, client_id=client_id, channel=channel)
    if found is None:
        raise unknown_sender(sender_id, channel=channel, client_id=client_id)
    return found


def _token() -> str:
    given = request.headers.get("Authorization")
    if not given:
        raise ApiError(401, "Unauthorized: authentication token must be provided", error="AuthError")
    if not given.startswith(_SCHEME):
        raise ApiError(401, "Unauthorized: authentication bearer scheme must be used", error="AuthError")
    return given.removeprefix(_SCHEME)


def _read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a token whose signature is not checked yet: it says whose keys to try."""
    try:
        header, claims, _ = token.split(".")
        read = tuple(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, claims))
    except (ValueError, binascii.Error, RecursionError):
        raise _refusal("Invalid token: signature, api token is not valid") from None
    if not all(isinstance(part, dict) for part in read):
        raise _refusal("Invalid token: signature, api token is not valid")
    return read[0], read[1]


def _is_fresh(issued: object, *, now: datetime) -> bool:
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return False
    # compared as they are: the difference with a number of hundreds of digits cannot be taken
    return now.timestamp() - LEEWAY_S <= issued <= now.timestamp() + LEEWAY_S


def _refusal(message: str) -> ApiError:
    return ApiError(403, message, error="AuthError")

"""Keys that services share: what the tables and the facts may not show is sealed under them, and read back."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.crypto import sign

SHORTEST_KEY = 32
"""Characters; `secrets.token_urlsafe(32)` gives 43."""

_ID = 4
_NONCE = 12


class BrokenSealError(Exception):
    """This was not sealed under a key of this ring, or it is about something else, or somebody changed it."""


class WeakKeyError(Exception):
    """A key ring needs at least one key, each of at least 32 characters."""


class Keyring:
    """Keys in order: the first one seals, all of them open, so that a new key can come before the old one goes."""

    def __init__(self, keys: str) -> None:
        """Know these keys, parted by spaces, commas or lines, the newest first.

        Raises:
            WeakKeyError: there are none, or one is too short.
        """
        known = re.split(r"[\s,]+", keys.strip())
        if min(map(len, known)) < SHORTEST_KEY:
            raise WeakKeyError
        self._keys = [_Key(text) for text in known]
        self._by_id = {key.id: key for key in self._keys}

    def seal(self, value: Any, *, about: str, room: int = 64) -> str:
        """Encrypt JSON data (AES-256-GCM) so that it opens only as what it is about.

        It is filled up with spaces to a multiple of `room` bytes: the length does not tell a yes from a no.
        """
        key, nonce = self._keys[0], os.urandom(_NONCE)
        text = json.dumps(value, ensure_ascii=False).encode()
        closed = key.cipher.encrypt(nonce, text.ljust(-(-len(text) // room) * room), about.encode())
        return base64.urlsafe_b64encode(key.id + nonce + closed).decode()

    def open(self, sealed: str, *, about: str) -> Any:
        """Give the data back.

        Raises:
            BrokenSealError: it does not open.
        """
        try:
            raw = base64.urlsafe_b64decode(sealed)
            cipher = self._by_id[raw[:_ID]].cipher
            return json.loads(cipher.decrypt(raw[_ID : _ID + _NONCE], raw[_ID + _NONCE :], about.encode()).decode())
        except (InvalidTag, KeyError, ValueError, binascii.Error) as error:
            raise BrokenSealError(about) from error

    def marks(self, number: str) -> tuple[str, ...]:
        """Give what may be kept of a number to know it again, under each key: useless without the keys.

        Two that have one in common are of the same number, also when a key came or went between them.
        """
        return tuple(sign(number, key=key.marker) for key in self._keys)


class _Key:
    """One key, with what is derived from it for each use."""

    def __init__(self, text: str) -> None:
        self.id = _derive(text, info="id")[:_ID]
        self.cipher = AESGCM(_derive(text, info="seal"))
        self.marker = _derive(text, info="mark").hex()


def _derive(text: str, *, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"balie {info}".encode()).derive(text.encode())

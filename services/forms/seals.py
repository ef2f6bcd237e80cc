"""Seals texts so that only this service can read them, and knows numbers again that it may not keep."""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.crypto import sign

_NONCE = 12


class BrokenSealError(Exception):
    """This was not sealed under this key and for this purpose."""


def seal(text: str, *, key: str, purpose: str) -> str:
    """Encrypt a text (AES-256-GCM); it fits in a cookie and opens only for the same purpose."""
    nonce = os.urandom(_NONCE)
    closed = _cipher(key, purpose=purpose).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + closed).decode()


def unseal(text: str, *, key: str, purpose: str) -> str:
    """Give the text back.

    Raises:
        BrokenSealError: somebody made or changed it, or it is from before the key.
    """
    try:
        raw = base64.urlsafe_b64decode(text)
        return _cipher(key, purpose=purpose).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise BrokenSealError from error


def mark_of(number: str, *, kind: str, key: str) -> bytes:
    """Give what may be kept of a number: enough to know it again, and useless without the key."""
    return bytes.fromhex(sign(f"owner:{kind}:{number}", key=key))


def _cipher(key: str, *, purpose: str) -> AESGCM:
    return AESGCM(bytes.fromhex(sign(f"seal:{purpose}", key=key)))

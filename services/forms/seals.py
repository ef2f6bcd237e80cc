"""Seals what lies outside our tables so that only this service reads it; knows numbers again that it may not keep."""

from __future__ import annotations

from functools import lru_cache

from shared.crypto import sign
from shared.keyring import Keyring


@lru_cache(maxsize=8)
def ring_of(key: str) -> Keyring:
    """The key ring that follows from the secret key of this service."""
    return Keyring(sign("seals", key=key))


def mark_of(number: str, *, kind: str, key: str) -> bytes:
    """Give what may be kept of a number: enough to know it again, and useless without the key."""
    return bytes.fromhex(sign(f"owner:{kind}:{number}", key=key))

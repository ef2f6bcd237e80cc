"""Secrets in links and cookies: made here, kept only as a hash, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    """Give 144 random bits that fit in an address."""
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> bytes:
    """Give what a database may keep of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).digest()


def same(left: str, right: str, /) -> bool:
    """Tell whether two texts are equal, in a time that says nothing of where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


def sign(text: str, *, key: str) -> str:
    """Give the seal of a text under this key, as 64 hexadecimal digits."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()

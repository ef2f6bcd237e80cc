"""Signs mails in the name of our domain (DKIM, RFC 6376), so that who receives one can tell it from a forged one."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Final

import dkim
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

FEWEST_BITS: Final = 2048
"""As the NCSC asks of RSA; RFC 8301 asks at least 1,024."""
_WAYS: Final = (b"relaxed", b"relaxed")
"""What mail servers on the way may do to white space leaves the signature good."""


class BadSigningKeyError(ValueError):
    """DKIM_KEY must be an RSA key of 2,048 bits or more, without a password, as PEM."""


class DkimSigner:
    """Signs with the key of which the public half stands in DNS at SELECTOR._domainkey.DOMAIN."""

    def __init__(self, key: str, *, selector: str) -> None:
        """Sign with this key.

        Raises:
            BadSigningKeyError: it cannot be signed with.
        """
        self._selector = selector.encode()
        self._key = _plain(key)

    def sign(self, letter: EmailMessage, *, domain: str) -> None:
        """Add the signature over the text and every header; a second From would break it."""
        names = [name.lower().encode() for name in letter]
        line = dkim.sign(
            letter.as_bytes(),
            self._selector,
            domain.encode(),
            self._key,
            canonicalize=_WAYS,
            include_headers=[*names, b"from"],
        )
        name, _, value = line.decode().partition(":")
        letter[name] = " ".join(value.split())


def _plain(key: str) -> bytes:
    """Give the key as the signer reads it (PKCS#1)."""
    try:
        read = load_pem_private_key(key.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadSigningKeyError from error
    if not isinstance(read, RSAPrivateKey) or read.key_size < FEWEST_BITS:
        raise BadSigningKeyError
    return read.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())

"""Keeps letters in the vault under the hash of their own content, so that each can be found by it and is kept once."""

from __future__ import annotations

import hashlib
import io
from contextlib import closing

from shared.vault import Vault


class LetterVault:
    """A vault of letters (the port `Vault`)."""

    def __init__(self, vault: Vault) -> None:
        """Keep letters in this vault."""
        self._vault = vault

    def put(self, content: bytes) -> str:
        """Keep the content for good; give its SHA-256 in hexadecimal digits."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._vault.put(io.BytesIO(content), name=sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Give the content.

        Raises:
            MissingFileError: it was never put, or is gone.
            DamagedFileError: it changed on disk.
        """
        with closing(self._vault.get(sha256)) as opened:
            return opened.read()

    def delete(self, sha256: str) -> None:
        """Throw the content away; what is gone already is fine."""
        self._vault.delete(sha256)

"""Makes the secret links to letters from the service's own key: the same each time, and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from shared.crypto import sign


class SignedLinks:
    """Links below the public address of notify (the port `Links`)."""

    def __init__(self, address: str, *, key: str) -> None:
        """Point at this address, and sign with this key."""
        self._address = address.rstrip("/")
        self._key = key

    @property
    def check_page(self) -> str:
        """Where anyone finds out whether a letter is ours."""
        return f"{self._address}/controleren"

    def leaving(self, message_id: UUID, *, recipient: str | None) -> str:
        """Give what proves that somebody got the mail of this message at this address.

        Mails that left before the address stood in it have the proof for None.
        """
        at = f" {recipient.lower()}" if recipient else ""
        return sign(f"leave {message_id}{at}", key=self._key)[:32]

    def leave(self, message_id: UUID, *, recipient: str) -> str:
        """Give the whole address of the page where who got this message at this address wants no more news."""
        return f"{self._address}/afmelden/{message_id.hex}.{self.leaving(message_id, recipient=recipient)}"

    def token(self, letter_id: UUID) -> str:
        """Give 256 bits that only the holder of the key can make."""
        return sign(f"letter {letter_id}", key=self._key)

    def link(self, letter_id: UUID) -> str:
        """Give the whole address of the letter."""
        return f"{self._address}/brieven/{self.token(letter_id)}"

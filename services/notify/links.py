"""Makes the secret links to letters from the service's own key: the same each time, and kept nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.notify.domain.letters import LetterLink
from services.notify.settings import Settings
from shared.crypto import sign, token_hash


class SignedLinks:
    """Links below the public address of notify (the port `Links`)."""

    def __init__(self, address: str, *, key: str, days: int = 90) -> None:
        """Point at this address, and sign with this key; links to letters open so many days."""
        self._days = days
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

    def token(self, letter_id: UUID, *, number: int = 0) -> str:
        """Give 256 bits that only the holder of the key can make."""
        return sign(f"letter {letter_id} {number}" if number else f"letter {letter_id}", key=self._key)

    def link(self, letter_id: UUID, *, number: int = 0) -> str:
        """Give the whole address of the letter."""
        return f"{self._address}/brieven/{self.token(letter_id, number=number)}"

    def made(self, letter_id: UUID, *, number: int = 0, now: datetime) -> LetterLink:
        """Give what is kept of a link that is made now."""
        hashed = token_hash(self.token(letter_id, number=number))
        return LetterLink(token_hash=hashed, number=number, made_at=now, valid_until=now + timedelta(days=self._days))

    def code(self, letter_id: UUID, *, number: int) -> str:
        """Give six digits that open the letter beside its reference."""
        return f"{int(sign(f'code {letter_id} {number}', key=self._key), 16) % 1_000_000:06}"


def links_of(settings: Settings) -> SignedLinks:
    """Give the links as the settings have them."""
    return SignedLinks(settings.notify_url, key=settings.secret_key, days=settings.link_days)

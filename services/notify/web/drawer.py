"""The drawer of letters: finds the one behind a link, and lets in who knows its reference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from services.notify import actions, queries
from services.notify.domain.letters import MOST_WRONG_TRIES, PAUSE, Opening
from services.notify.ports import UnknownLetterError, Vault
from services.notify.queries import OpenLetter
from services.notify.store import LetterStore
from shared.crypto import token_hash
from shared.database import Pool
from shared.events import Words
from shared.problems import ProblemError

_NO_LETTER: Final = Words(
    nl="Deze link klopt niet. Neem de hele link over uit de e-mail.",
    en="This link is not right. Copy the whole link from the e-mail.",
)


class Drawer:
    """The letters of one municipality as the pages see them."""

    def __init__(self, pool: Pool, *, vault: Vault) -> None:
        """Read over these connections and from this vault."""
        self._pool = pool
        self._vault = vault

    def find(self, token: str) -> OpenLetter:
        """Give the letter as it was last pressed. Raises ProblemError (404)."""
        with self._pool.reading() as connection:
            found = queries.find_letter(connection, token_hash=token_hash(token))
        if found is None:
            raise ProblemError(404, title=_NO_LETTER)
        return found

    def content(self, token: str) -> bytes:
        """Give the letter as PDF. Raises ProblemError (404)."""
        return self._vault.get(self.find(token).sha256)

    def card(self, token: str) -> bytes:
        """Give the card for on site as PDF. Raises ProblemError (404)."""
        sha256 = self.find(token).card_sha256
        if sha256 is None:
            raise ProblemError(404, title=_NO_LETTER)
        return self._vault.get(sha256)

    def opens(self, token: str, *, typed: str, now: datetime) -> bool:
        """Tell whether this reference opens the letter; each wrong one counts.

        Raises:
            ProblemError: the link leads nowhere (404), or too many were wrong (429).
        """
        with self._pool.connection() as connection:
            letters = LetterStore(connection)
            try:
                opening = actions.open_letter(token, typed=typed, now=now, letters=letters)
            except UnknownLetterError:
                raise ProblemError(404, title=_NO_LETTER) from None
        if opening is Opening.PAUSED:
            raise _too_many()
        return opening is Opening.OPENED


def _too_many() -> ProblemError:
    minutes = PAUSE // timedelta(minutes=1)
    title = Words(
        nl=f"U vulde {MOST_WRONG_TRIES} keer een verkeerd zaaknummer in. Probeer het over {minutes} minuten opnieuw.",
        en=f"You typed a wrong reference {MOST_WRONG_TRIES} times. Try again in {minutes} minutes.",
    )
    return ProblemError(429, title=title, retry_after=int(PAUSE.total_seconds()))

"""The drawer of letters: finds the one behind a link, and lets in who knows its reference, and its code if it asks."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from services.notify import opening, queries
from services.notify.coding import CodePost
from services.notify.domain.letters import MOST_WRONG_TRIES, PAUSE, Opening
from services.notify.outbox import open_outbox
from services.notify.ports import Letters, Links, UnknownLetterError, Vault
from services.notify.queries import OpenLetter
from services.notify.store import LetterStore
from shared.crypto import token_hash
from shared.database import Pool
from shared.events import Words
from shared.problems import ProblemError

_NO_LETTER: Final = Words(
    nl="Deze link klopt niet. Neem de hele link over uit het bericht.",
    en="This link is not right. Copy the whole link from the message.",
)
_NO_CODE: Final = Words(
    nl="Wij kunnen u nu geen code sturen. Probeer het later opnieuw, of bel ons.",
    en="We cannot send you a code now. Try again later, or call us.",
)


class _Check(Protocol):
    """Checks what a person typed against the letters."""

    def __call__(self, token: str, /, *, letters: Letters) -> Opening:
        """Tell what came of it. Raises UnknownLetterError."""


class Drawer:
    """The letters of one municipality as the pages see them."""

    def __init__(self, pool: Pool, *, vault: Vault, links: Links, codes: CodePost, coded: Collection[str]) -> None:
        """Read over these connections and from this vault; letters of `coded` products ask a code, sent by `codes`."""
        self._pool = pool
        self._vault = vault
        self._links = links
        self._codes = codes
        self._coded = coded

    def find(self, token: str) -> OpenLetter:
        """Give the letter as it was last pressed. Raises ProblemError (404)."""
        with self._pool.reading() as connection:
            found = queries.find_letter(connection, token_hash=token_hash(token))
        if found is None:
            raise ProblemError(404, title=_NO_LETTER)
        return found

    def content(self, letter: OpenLetter) -> bytes:
        """Give the letter as PDF."""
        return self._vault.get(letter.sha256)

    def card(self, letter: OpenLetter) -> bytes:
        """Give the card for on site as PDF. Raises ProblemError (404)."""
        if letter.card_sha256 is None:
            raise ProblemError(404, title=_NO_LETTER)
        return self._vault.get(letter.card_sha256)

    def asks_code(self, letter: OpenLetter) -> bool:
        """Tell whether the reference alone does not open it."""
        return letter.product in self._coded

    def opens(self, token: str, *, typed: str, coded: bool, now: datetime) -> bool:
        """Tell whether this reference is that of the letter; each wrong one counts.

        Raises:
            ProblemError: the link leads nowhere (404), or too many were wrong (429).
        """
        return self._check(token, by=partial(opening.open_letter, typed=typed, coded=coded, now=now))

    def opens_with_code(self, token: str, *, typed: str, reference: str, now: datetime) -> bool:
        """Tell whether this code opens the letter; each wrong one counts. Raises as `opens`."""
        check = partial(opening.open_with_code, typed=typed, reference=reference, now=now, links=self._links)
        return self._check(token, by=check)

    def send_code(self, token: str, *, now: datetime) -> None:
        """Send a code to who applied, unless one left a moment ago; the letter is not held meanwhile.

        Raises ProblemError (503).
        """
        with self._pool.connection() as connection:
            letter = opening.new_code(token, now=now, letters=LetterStore(connection))
        if letter is None:
            return
        number = letter.code_number
        if self._codes.send(letter, code=self._links.code(letter.id, number=number), now=now):
            return
        with self._pool.connection() as connection:
            opening.take_back_code(token, number=number, letters=LetterStore(connection))
        raise ProblemError(503, title=_NO_CODE)

    def renew(self, token: str, *, now: datetime) -> None:
        """Send another link to who applied, at most once a day; nothing tells whether it was."""
        with self._pool.connection() as connection, suppress(UnknownLetterError):
            opening.renew_link(token, now=now, outbox=open_outbox(connection, now=now), links=self._links)

    def _check(self, token: str, *, by: _Check) -> bool:
        with self._pool.connection() as connection:
            try:
                found = by(token, letters=LetterStore(connection))
            except UnknownLetterError:
                raise ProblemError(404, title=_NO_LETTER) from None
        if found is Opening.PAUSED:
            raise _too_many()
        return found is Opening.OPENED


def _too_many() -> ProblemError:
    minutes = PAUSE // timedelta(minutes=1)
    title = Words(
        nl=f"U vulde {MOST_WRONG_TRIES} keer iets verkeerds in. Probeer het over {minutes} minuten opnieuw.",
        en=f"You typed something wrong {MOST_WRONG_TRIES} times. Try again in {minutes} minutes.",
    )
    return ProblemError(429, title=title, retry_after=int(PAUSE.total_seconds()))

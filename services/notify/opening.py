"""Opens the letter behind a link for who knows its reference, and a code where it says much; sends another link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.notify.actions import Outbox, compose
from services.notify.domain import letters as domain
from services.notify.domain.letters import Letter, Opening
from services.notify.domain.states import Status
from services.notify.ports import Letters, Links
from shared.crypto import token_hash
from shared.ids import new_id


def open_letter(token: str, *, typed: str, now: datetime, letters: Letters, coded: bool = False) -> Opening:
    """Check the reference that a person typed against the letter behind a link.

    One that is `coded` is not open yet then, so wrong tries before it still count: codes cannot be guessed in between.

    Raises:
        UnknownLetterError: the link leads nowhere.
    """
    letter = letters.lock_by_token(token_hash(token))
    opening, counted = domain.try_reference(letter, typed=typed, now=now)
    if not (coded and opening is Opening.OPENED):
        _keep(opening, token=token, letter=counted, now=now, letters=letters)
    return opening


def open_with_code(token: str, *, typed: str, reference: str, now: datetime, letters: Letters, links: Links) -> Opening:
    """Check the code that a person typed, and the reference once more. Raises UnknownLetterError."""
    letter = letters.lock_by_token(token_hash(token))
    code = links.code(letter.id, number=letter.code_number)
    opening, counted = domain.try_code(letter, typed=typed, reference=reference, code=code, now=now)
    _keep(opening, token=token, letter=counted, now=now, letters=letters)
    return opening


def new_code(token: str, *, now: datetime, letters: Letters) -> Letter | None:
    """Give the letter with a fresh code to send; None: one was sent a moment ago. Raises UnknownLetterError."""
    fresh = domain.next_code(letters.lock_by_token(token_hash(token)), now=now)
    if fresh:
        letters.count(fresh)
    return fresh


def take_back_code(token: str, *, number: int, letters: Letters) -> None:
    """Forget the code that could not be sent. Raises UnknownLetterError."""
    letters.count(domain.without_code(letters.lock_by_token(token_hash(token)), number=number))


def renew_link(token: str, *, now: datetime, outbox: Outbox, links: Links) -> None:
    """Send another link to where the message with this one went, at most once a day; to who cannot be reached none.

    Raises:
        UnknownLetterError: the link leads nowhere.
    """
    letter = outbox.letters.lock_by_token(token_hash(token))
    last, first = outbox.letters.last_link(letter.id), outbox.messages.of_letter(letter.id)
    boxed = outbox.boxes.find(letter.reference) is not None
    if first is None or not (first.recipient or boxed) or now < last.made_at + domain.BETWEEN_LINKS:
        return
    link = links.made(letter.id, number=last.number + 1, now=now)
    outbox.letters.add_link(letter.id, link=link)
    again = replace(
        first,
        id=new_id(),
        at=now,
        state=Status.CREATED,
        round=1,
        by_post=False,
        by_box=boxed,
        link_number=link.number,
    )
    compose(again, outbox=outbox)


def _keep(opening: Opening, *, token: str, letter: Letter, now: datetime, letters: Letters) -> None:
    letters.count(letter)
    if opening is Opening.OPENED:
        letters.note_opened(token_hash(token), at=now)

"""Reads for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class OpenLetter:
    """What the page of a letter shows, and where its PDF lies; `objects`: one can object to what it says."""

    sent_on: date
    objection_until: date
    sha256: str
    objects: bool


def find_letter(connection: Connection, *, token_hash: bytes) -> OpenLetter | None:
    """Find the last pressing of the letter behind a link."""
    row = connection.execute(
        """
        select p.sent_on, p.objection_until, p.sha256, coalesce((l.notice ->> 'objection')::boolean, true) as objects
        from notify.letters l join notify.pressings p on p.letter_id = l.id
        where l.token_hash = %s order by p.pressed_at desc limit 1
        """,
        [token_hash],
    ).fetchone()
    return OpenLetter(**row) if row else None

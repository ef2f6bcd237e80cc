"""Reads for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.crypto import token_hash
from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class OpenLetter:
    """What the page of a letter shows, where its PDF lies and that of its card.

    `objects`: one can object to it; `appeals`: one goes to the court instead, since it decides on an objection.
    The link opens it until `valid_until`. `product` is what the case is about, as far as that was told.
    """

    sent_on: date
    objection_until: date
    sha256: str
    card_sha256: str | None
    objects: bool
    appeals: bool
    valid_until: datetime
    product: str | None


def find_letter(connection: Connection, *, token_hash: bytes) -> OpenLetter | None:
    """Find the last pressing of the letter behind a link."""
    row = connection.execute(
        """
        select p.sent_on, p.objection_until, p.sha256, p.card_sha256,
               coalesce((l.notice ->> 'objection')::boolean, true) as objects,
               coalesce(l.decision ->> 'nature' = 'objection', false) as appeals, k.valid_until, c.product
        from notify.letter_links k join notify.letters l on l.id = k.letter_id
        join notify.pressings p on p.letter_id = l.id left join notify.case_places c on c.reference = l.reference
        where k.token_hash = %s order by p.pressed_at desc limit 1
        """,
        [token_hash],
    ).fetchone()
    return OpenLetter(**row) if row else None


def find_coded(connection: Connection, *, code: str) -> datetime | None:
    """Tell when we made the letter that bears this code; None: there is none."""
    return _when(connection, where="code_hash = %s", value=token_hash(code))


def find_unchanged(connection: Connection, *, sha256: str) -> datetime | None:
    """Tell when we made the PDF with exactly this content; None: it is not ours, or it was changed."""
    return _when(connection, where="sha256 = %s", value=sha256)


def _when(connection: Connection, *, where: str, value: str | bytes) -> datetime | None:
    row = connection.execute(f"select made_at from notify.made where {where}", [value]).fetchone()
    made: datetime | None = row["made_at"] if row else None
    return made

"""Keeps who outside advises on which case, for as long as their link works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.crypto import token_hash
from shared.database import Connection
from shared.events import AdviceAsked, AdviceGiven
from shared.signing import ADVICE_LINK_OUTLIVES


@dataclass(frozen=True, kw_only=True)
class Adviser:
    """Who advises on a case of this product and version."""

    name: str
    reference: str
    product: str
    version: str


def keep_adviser(connection: Connection, *, asked: AdviceAsked) -> None:
    """Keep the link of an adviser by its hash; told again it changes nothing."""
    token = asked.link.rpartition("/")[2]
    connection.execute(
        """
        insert into forms.adviser (token_hash, reference, name, until, advice_id) values (%s, %s, %s, %s, %s)
        on conflict do nothing
        """,
        [token_hash(token), asked.reference, asked.name, asked.answer_by + ADVICE_LINK_OUTLIVES, asked.advice_id],
    )


def forget_adviser(connection: Connection, *, given: AdviceGiven) -> None:
    """Who gave their advice adds no more files: the links of that question lead nowhere from now on.

    Where nobody told which question it was, those of the adviser do.
    """
    statement = """
        delete from forms.adviser where reference = %(reference)s and name = %(name)s
        and coalesce(advice_id = %(advice_id)s, true)
    """
    connection.execute(statement, vars(given))


def find_adviser(connection: Connection, *, token: str, today: date) -> Adviser | None:
    """Give whose link this is; None for a guess and for one that is over."""
    row = connection.execute(
        """
        select a.name, a.reference, s.product, s.version from forms.adviser a
        join forms.submission s on s.reference = a.reference where a.token_hash = %s and a.until >= %s
        """,
        [token_hash(token), today],
    ).fetchone()
    return Adviser(**row) if row else None

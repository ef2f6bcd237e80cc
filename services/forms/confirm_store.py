"""Keeps in PostgreSQL which e-mail addresses of forms must be confirmed, within one transaction."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.forms.domain.drafts import Draft
from services.forms.ports.cosigns import Confirming
from shared.database import Connection


class ConfirmationShelf:
    """The addresses to confirm, as one transaction sees and changes them (the port `Confirmations`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def ask(self, draft_id: UUID, *, email: str, token_hash: bytes, at: datetime) -> bool:
        """Keep which address must be confirmed; another address takes the place of the former."""
        return (
            self._connection.execute(
                """
                insert into forms.confirmation (draft_id, email, token_hash, asked_at) values (%s, %s, %s, %s)
                on conflict (draft_id) do update
                    set email = excluded.email, token_hash = excluded.token_hash, asked_at = excluded.asked_at,
                        confirmed_at = null
                    where forms.confirmation.email <> excluded.email
                """,
                [draft_id, email, token_hash, at],
            ).rowcount
            == 1
        )

    def is_confirmed(self, draft: Draft, *, email: str) -> bool:
        """Whether this address was confirmed for this draft, or for the form that it corrects."""
        row = self._connection.execute(
            """
            select 1 from forms.confirmation c join forms.draft d on d.id = c.draft_id
            where (d.id = %s or d.reference = %s) and c.email = %s and c.confirmed_at is not null
            """,
            [draft.id, draft.corrects, email],
        ).fetchone()
        return row is not None

    def confirm(self, token_hash: bytes, *, at: datetime) -> None:
        """Keep that the address behind this link was confirmed; the first time counts."""
        self._connection.execute(
            "update forms.confirmation set confirmed_at = %s where token_hash = %s and confirmed_at is null",
            [at, token_hash],
        )


def find_confirming(connection: Connection, *, token_hash: bytes, today: date) -> Confirming | None:
    """What this link confirms; None when there is no such link, another address came, or the form is erased."""
    row = connection.execute(
        """
        select d.id as draft_id, d.product, d.version, c.confirmed_at is not null as confirmed,
               d.reference is not null as sent
        from forms.confirmation c join forms.draft d on d.id = c.draft_id
        where c.token_hash = %s and d.keep_until >= %s
        """,
        [token_hash, today],
    ).fetchone()
    return Confirming(**row) if row else None

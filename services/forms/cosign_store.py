"""Keeps second signatories in PostgreSQL, within one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb

from services.forms.domain.cosigning import Cosigning
from services.forms.ports.cosigns import Addressed
from shared.database import Connection
from shared.events import Nature, Words
from shared.wire import schema_of, to_wire

COLUMNS = (
    "reference, request_id, who, name, email, turn, asked_at, valid_until, answer_by, answered_at, agreed, because"
)
_ALL = ", ".join(f"c.{name}" for name in COLUMNS.split(", "))
_ADDRESSED = f"{_ALL}, c.nature, c.applicant, c.applicant_email, s.title, s.language"
_OPEN = """
    c.answered_at is null
    and not exists (select from forms.withdrawal w where w.reference = c.reference)
    and not exists (select from forms.case_fact f where f.reference = c.reference and f.name = 'CaseDecided')
"""


class CosignShelf:
    """The second signatories, as one transaction sees and changes them (the port `Cosigns`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, asked: Addressed, *, token_hash: bytes) -> None:
        """Keep who must agree to a form that was just handed in."""
        self._connection.execute(
            """
            insert into forms.cosign (reference, request_id, who, name, email, token_hash, turn, nature,
                                      applicant, applicant_email, asked_at, valid_until, answer_by)
            values (%(reference)s, %(request_id)s, %(who)s, %(name)s, %(email)s, %(token_hash)s, %(turn)s,
                    %(nature)s, %(applicant)s, %(applicant_email)s, %(asked_at)s, %(valid_until)s, %(answer_by)s)
            """,
            {
                **vars(asked.cosigning),
                "who": Jsonb(to_wire(asked.cosigning.who)),
                "token_hash": token_hash,
                "nature": asked.nature.value,
                "applicant": asked.applicant,
                "applicant_email": asked.applicant_email,
            },
        )

    def find(self, reference: str) -> Addressed | None:
        """Who must agree to this form."""
        row = self._connection.execute(
            f"""
            select {_ADDRESSED} from forms.cosign c join forms.submission s on s.reference = c.reference
            where c.reference = %s
            """,
            [reference],
        ).fetchone()
        return _addressed(row) if row else None

    def ask_again(self, cosigning: Cosigning, *, token_hash: bytes) -> bool:
        """Keep another turn; of two at once the second finds that it is not the next one any more."""
        return (
            self._connection.execute(
                f"""
                update forms.cosign c set name = %(name)s, email = %(email)s, turn = %(turn)s, asked_at = %(asked_at)s,
                    valid_until = %(valid_until)s, token_hash = %(token_hash)s, reminded_at = null, wrong_tries = 0
                where c.reference = %(reference)s and c.turn = %(turn)s - 1 and {_OPEN}
                """,
                {**vars(cosigning), "who": None, "token_hash": token_hash},
            ).rowcount
            == 1
        )

    def answer(self, token_hash: bytes, *, agreed: bool, because: str, at: datetime, today: date) -> Cosigning | None:
        """Keep the first answer through a link that works."""
        row = self._connection.execute(
            f"""
            update forms.cosign c set answered_at = %(at)s, agreed = %(agreed)s, because = %(because)s
            where c.token_hash = %(token)s and c.valid_until >= %(today)s and {_OPEN} returning {_ALL}
            """,
            {"token": token_hash, "agreed": agreed, "because": because, "at": at, "today": today},
        ).fetchone()
        return cosigning_from(row) if row else None

    def count_try(self, token_hash: bytes, *, now: datetime) -> int | None:
        """Count one more try to open this link; an hour later the count starts anew."""
        row = self._connection.execute(
            """
            update forms.cosign set
                wrong_tries = case when tries_since > %(now)s - interval '1 hour' then wrong_tries + 1 else 1 end,
                tries_since = case when tries_since > %(now)s - interval '1 hour' then tries_since else %(now)s end
            where token_hash = %(token)s returning wrong_tries
            """,
            {"token": token_hash, "now": now},
        ).fetchone()
        return row["wrong_tries"] if row else None

    def remind(self, *, asked_before: date, today: date, at: datetime) -> Sequence[Addressed]:
        """Mark who is reminded now: asked on this day or earlier, silent, with a link that still works."""
        rows = self._connection.execute(
            f"""
            update forms.cosign c set reminded_at = %(at)s from forms.submission s
            where s.reference = c.reference and c.reminded_at is null and c.email <> '' and c.valid_until >= %(today)s
              and (c.asked_at at time zone 'Europe/Amsterdam')::date <= %(asked)s and {_OPEN}
            returning {_ADDRESSED}
            """,
            {"at": at, "today": today, "asked": asked_before},
        )
        return [_addressed(row) for row in rows]


def cosigning_from(row: Mapping[str, Any]) -> Cosigning:
    """A second signatory as its row says it; other columns are left alone."""
    known = {name: row[name] for name in COLUMNS.split(", ")}
    return Cosigning(**{**known, "who": schema_of(Words).load(row["who"])})


def _addressed(row: Mapping[str, Any]) -> Addressed:
    return Addressed(
        cosigning=cosigning_from(row),
        nature=Nature(row["nature"]),
        title=schema_of(Words).load(row["title"]),
        language=row["language"],
        applicant=row["applicant"],
        applicant_email=row["applicant_email"],
    )

"""What was done with remarks on a product, kept in PostgreSQL for everybody to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.database import Connection
from shared.events import RemarkAnswered

_KEEP: Final = """
insert into forms.answer_back as a (id, product, subject, outcome, said, done, told_at, standing)
values (%(answer_id)s, %(product)s, %(subject)s, %(outcome)s, %(said)s, %(done)s, %(at)s, %(standing)s)
on conflict (id) do update set standing = a.standing and excluded.standing
"""
"""What was taken down stays down, in whatever order it is told."""

_FIND: Final = """
select id, subject, outcome, said, done, told_at from forms.answer_back
where product = %s and standing order by told_at desc limit %s
"""


@dataclass(frozen=True, kw_only=True)
class AnswerBack:
    """What residents said of a product, or of one of its questions or rules, and what was done with it."""

    id: UUID
    subject: str
    outcome: str
    said: str
    done: str
    told_at: datetime


def keep_answer(connection: Connection, *, told: RemarkAnswered) -> None:
    """Keep what was told back, or that it was taken down."""
    connection.execute(_KEEP, vars(told))


def answers_of(connection: Connection, *, product: str, most: int = 100) -> Sequence[AnswerBack]:
    """Give what stands of a product, the newest first."""
    return [AnswerBack(**row) for row in connection.execute(_FIND, [product, most])]

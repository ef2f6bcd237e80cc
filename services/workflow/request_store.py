"""Keeps what an applicant is asked, and what came as an answer to each thing that was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.question import Question
from shared.database import Connection

_ADD = """
insert into workflow.requests (id, case_id, question, asks, flaws, asked_at, asked_by, answer_by)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""

_ANSWER = """
insert into workflow.answers (request_id, asked, text, at)
values (%(request)s, %(asked)s, %(text)s, %(at)s) on conflict do nothing
"""

_LEFT = """
select array(
    select ask from unnest(r.asks) ask
    where not exists (select from workflow.answers a where a.request_id = r.id and a.asked = ask)
) as "left" from workflow.requests r where r.id = %(request)s
"""

_COMPLETE = """
update workflow.requests set answered_at = %(at)s, answer = %(text)s where id = %(request)s and answered_at is null
"""


def answers_of(connection: Connection, *, case_id: UUID) -> Mapping[tuple[UUID, str], Mapping[str, Any]]:
    """Give every answer in a case that the person was found to see, by request and by what was asked."""
    rows = connection.execute(
        """
        select a.request_id, a.asked, a.text, a.at from workflow.answers a
        join workflow.requests r on r.id = a.request_id where r.case_id = %s
        """,
        [case_id],
    )
    return {(row["request_id"], row["asked"]): row for row in rows}


class Requests:
    """What applicants are asked, within one transaction (a part of the port `Cases`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add_request(self, case: Case, *, request_id: UUID, question: Question, by: str, at: datetime) -> None:
        """Keep a question to the applicant."""
        asks, flaws = list(question.asks), list(question.flaws)
        self._connection.execute(_ADD, [request_id, case.id, question.text, asks, flaws, at, by, question.answer_by])

    def answer_request(self, request_id: UUID, *, asked: str, text: str, at: datetime) -> Sequence[str] | None:
        """Keep an answer and give what is still open; None when this was answered already."""
        given = {"request": request_id, "asked": asked, "text": text, "at": at}
        if not self._connection.execute(_ANSWER, given).rowcount:
            return None
        row = self._connection.execute(_LEFT, given).fetchone()
        left: Sequence[str] = row["left"] if row else ()
        if not left:
            self._connection.execute(_COMPLETE, given)
        return left

    def lapse_request(self, request_id: UUID, *, at: datetime) -> None:
        """Mark that the time to answer is over."""
        self._connection.execute(
            """
            with cosign as (
                update workflow.cosigns set lapsed_at = %(at)s where request_id = %(id)s and lapsed_at is null
            )
            update workflow.requests set lapsed_at = %(at)s where id = %(id)s and lapsed_at is null
            """,
            {"at": at, "id": request_id},
        )

    def move_request(self, request_id: UUID, *, answer_by: date) -> None:
        """Keep a later day to answer; the time is not over any more."""
        for table, key in (("requests", "id"), ("cosigns", "request_id")):
            self._connection.execute(
                f"update workflow.{table} set answer_by = %s, lapsed_at = null where {key} = %s",
                [answer_by, request_id],
            )

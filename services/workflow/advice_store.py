"""Keeps the advice that was asked, the links of who is outside, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.advice import Advice, Given
from services.workflow.domain.case import Case
from services.workflow.domain.timers import morning_of
from services.workflow.rows import IN_SCOPE
from shared.access import Permission, Person, scope_of
from shared.crypto import token_hash
from shared.database import Connection

LATE: Final = """
select a.case_id from workflow.advice a where a.given_at is null and a.answer_by < %(today)s
"""
"""The cases of which advice should have come by now."""

_COLUMNS = """
a.id, a.adviser, a.name, a.email, a.question, a.questions, a.files, a.asked_at, a.answer_by, a.opinion, a.words,
a.conditions, a.given_by, a.given_at
"""
_ADD = """
insert into workflow.advice (id, case_id, adviser, name, email, question, questions, files, asked_by, asked_at,
                             answer_by, remind_at)
values (%(id)s, %(case)s, %(adviser)s, %(name)s, %(email)s, %(question)s, %(questions)s, %(files)s, %(by)s,
        %(asked_at)s, %(answer_by)s, %(remind_at)s)
"""
_GIVE = """
update workflow.advice set opinion = %(opinion)s, words = %(words)s, conditions = %(conditions)s, given_by = %(by)s,
                           given_at = %(at)s, remind_at = null
where id = %(id)s and given_at is null
"""
_BY_LINK = f"""
select c.reference, l.takes_files, {_COLUMNS} from workflow.advice_links l join workflow.advice a on a.id = l.advice_id
join workflow.cases c on c.id = a.case_id
where l.hash = %s and l.until >= %s
"""
_OF_COLLEAGUES = f"""
select c.reference, c.title_nl, c.title_en, {_COLUMNS}
from workflow.advice a join workflow.cases c on c.id = a.case_id
where a.email = '' and a.given_at is null and c.status in ('received', 'in_progress', 'awaiting_supplement')
and {IN_SCOPE} order by a.answer_by, a.asked_at
"""
_TO_REMIND = f"""
select c.reference, {_COLUMNS} from workflow.advice a join workflow.cases c on c.id = a.case_id
where a.remind_at <= %s order by a.remind_at limit 1 for update of c, a skip locked
"""


class AdviceRows:
    """The advice on cases, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def advice_of(self, case: Case) -> Sequence[Advice]:
        """Give all advice that was asked on a case, the newest first."""
        return advice_of(self._connection, case_id=case.id)

    def add_advice(self, case: Case, *, advice: Advice, by: str) -> None:
        """Keep what is asked of whom."""
        remind = morning_of(advice.remind_on) if advice.remind_on else None
        named = {**vars(advice), "questions": list(advice.questions), "files": list(advice.files)}
        self._connection.execute(_ADD, {**named, "case": case.id, "by": by, "remind_at": remind})

    def give_advice(self, advice_id: UUID, *, given: Given) -> bool:
        """Keep an answer; False when there is one already."""
        row = {**vars(given), "conditions": list(given.conditions), "id": advice_id}
        return bool(self._connection.execute(_GIVE, row).rowcount)

    def add_link(self, advice: Advice, *, token: str) -> None:
        """Let this token open it; those before it go on to work."""
        self._connection.execute(
            "insert into workflow.advice_links (hash, advice_id, until, takes_files) values (%s, %s, %s, true)",
            [token_hash(token), advice.id, advice.link_until],
        )


def advice_of(connection: Connection, *, case_id: UUID) -> Sequence[Advice]:
    """Give all advice that was asked on a case that the person was found to see, the newest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from workflow.advice a where a.case_id = %s order by a.asked_at desc, a.name", [case_id]
    )
    return [_advice(row) for row in rows]


def find_by_link(connection: Connection, *, token: str, today: date) -> tuple[str, Advice, bool] | None:
    """Give what a link opens: a case, what is asked, and whether files can be added by it; None for a guess."""
    row = connection.execute(_BY_LINK, [token_hash(token), today]).fetchone()
    return (row["reference"], _advice(row), row["takes_files"]) if row else None


def asked_of(connection: Connection, *, person: Person) -> Sequence[tuple[Mapping[str, Any], Advice]]:
    """Give what is asked of this person as a colleague: the row of its case with the advice, the most urgent first."""
    scope = vars(scope_of(person, permission=Permission.GIVE_ADVICE))
    return [(row, _advice(row)) for row in connection.execute(_OF_COLLEAGUES, scope)]


def last_addresses(connection: Connection, *, product: str) -> Mapping[str, str]:
    """Give the e-mail address that each adviser of a product was asked at last."""
    rows = connection.execute(
        """
        select distinct on (a.adviser) a.adviser, a.email from workflow.advice a
        join workflow.cases c on c.id = a.case_id where c.product = %s and a.email <> ''
        order by a.adviser, a.asked_at desc
        """,
        [product],
    )
    return {row["adviser"]: row["email"] for row in rows}


def take_reminder(connection: Connection, *, now: datetime) -> tuple[str, Advice] | None:
    """Take the next advice of which a reminder is due, with the reference of its case; each is taken once."""
    row = connection.execute(_TO_REMIND, [now]).fetchone()
    if row is None:
        return None
    connection.execute("update workflow.advice set remind_at = null where id = %s", [row["id"]])
    return row["reference"], _advice(row)


def _advice(row: Mapping[str, Any]) -> Advice:
    given = (
        Given(
            opinion=row["opinion"],
            words=row["words"],
            conditions=tuple(row["conditions"]),
            by=row["given_by"],
            at=row["given_at"],
        )
        if row["given_at"]
        else None
    )
    named = ("id", "adviser", "name", "email", "question", "asked_at", "answer_by")
    return Advice(
        **{name: row[name] for name in named},
        questions=tuple(row["questions"]),
        files=tuple(row["files"]),
        given=given,
    )

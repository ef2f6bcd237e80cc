"""What residents think, kept in PostgreSQL: marks after a decision, remarks, and what was told back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain.indicators import FEWEST
from services.workflow.domain.voices import Marks
from services.workflow.queries import Row
from shared.database import Connection
from shared.events import MarkGiven, OpinionGiven

MOST: Final = 100
"""Remarks on one page."""

_KEEP_MARK: Final = """
insert into workflow.marks as m (case_id, mark, words, steps, at) values (%s, %s, %s, %s, %s)
on conflict (case_id) do update set mark = excluded.mark, words = excluded.words, steps = excluded.steps,
    at = excluded.at
where excluded.at > m.at
"""
_KEEP_WORDS: Final = """
insert into workflow.opinions (product, subject, verdict, words, day, case_id)
select product, '', 'marked', %(words)s, (%(at)s at time zone 'Europe/Amsterdam')::date, id
from workflow.cases where id = %(case)s
on conflict (case_id) do update set words = excluded.words, seen_by = null, seen_at = null,
    answer = null
where opinions.words <> excluded.words
"""
_DROP_WORDS: Final = "delete from workflow.opinions where case_id = %(case)s"

_MARKS: Final = """
select m.product, m.day, s.step, count(*)::int as count, sum(s.mark)::int as total
from workflow.every_mark m,
     lateral (select '' as step, m.mark union all
              select key, value::int from jsonb_each_text(m.steps) where %(product)s::text is not null) s
where m.day >= %(since)s and (%(product)s::text is null or m.product = %(product)s)
group by m.product, m.day, s.step
"""
_SHOWN: Final = f"""
(o.verdict <> 'marked' or o.product in (
    select product from workflow.every_mark group by product having count(*) >= {FEWEST}))
"""
"""Words beside a mark are about a case: they are read where at least five gave a mark."""

_STATUS: Final = """
case when a.outcome is not null then a.outcome when o.seen_at is not null then 'seen' else 'new' end
"""
_FROM: Final = f"""
from workflow.opinions o
left join workflow.answers_back a on a.id = o.answer and a.taken_down_at is null
where {_SHOWN}
"""
_REMARKS: Final = f"""
select o.id, o.subject, o.verdict, o.words, o.day, {_STATUS} as status {_FROM}
and o.product = %(product)s and {_STATUS} = %(status)s order by o.day desc, o.id desc limit {MOST}
"""
_COUNTS: Final = f"select o.product, {_STATUS} as status, count(*)::int as n {_FROM} group by 1, 2"
_ANSWERS: Final = """
select a.id, a.subject, a.outcome, a.said, a.done, a.told_at, coalesce(p.name, a.told_by) as who,
       (select count(*)::int from workflow.opinions o where o.answer = a.id) as remarks
from workflow.answers_back a left join workflow.people p on p.subject = a.told_by
where a.product = %s and a.taken_down_at is null order by a.told_at desc
"""
_KEEP_ANSWER: Final = """
insert into workflow.answers_back (id, product, subject, outcome, said, done, told_by, told_at)
values (%(id)s, %(product)s, %(subject)s, %(outcome)s, %(said)s, %(done)s, %(told_by)s, %(told_at)s)
"""
_TAKE_DOWN: Final = """
update workflow.answers_back set taken_down_by = %s, taken_down_at = %s
where id = %s and product = %s and taken_down_at is null
returning id, product, subject, outcome, said, done
"""


@dataclass(frozen=True, kw_only=True)
class AnswerBack:
    """What is told back: what residents said, in words of the staff, and what was done with it or why not."""

    id: UUID
    product: str
    subject: str
    outcome: str
    said: str
    done: str


def keep_opinion(connection: Connection, *, given: OpinionGiven) -> None:
    """Keep what somebody thinks of a question or rule."""
    connection.execute(
        "insert into workflow.opinions (product, subject, verdict, words, day) values (%s, %s, %s, %s, %s)",
        [given.product, given.subject, given.verdict, given.words, given.on],
    )


def keep_mark(connection: Connection, *, case_id: UUID, given: MarkGiven) -> bool:
    """Keep a mark over an earlier one, and its words as a remark; False when a later one is kept already, or this."""
    steps = Jsonb({one.step: one.mark for one in given.steps})
    values = [case_id, given.mark, given.words, steps, given.at]
    if not connection.execute(_KEEP_MARK, values).rowcount:
        return False
    words = {"words": given.words, "at": given.at, "case": case_id}
    connection.execute(_KEEP_WORDS if given.words else _DROP_WORDS, words)
    return True


def list_marks(connection: Connection, *, since: date, product: str | None = None) -> dict[str, list[Marks]]:
    """Give the marks by product, by day and step; of all products, each as a whole, without one."""
    found: dict[str, list[Marks]] = {}
    for row in connection.execute(_MARKS, {"since": since, "product": product}):
        found.setdefault(row.pop("product"), []).append(Marks(**row))
    return found


def count_remarks(connection: Connection) -> dict[str, dict[str, int]]:
    """Count the remarks by product and status."""
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(_COUNTS):
        found.setdefault(row["product"], {})[row["status"]] = row["n"]
    return found


def list_remarks(connection: Connection, *, product: str, status: str) -> Sequence[Row]:
    """Give the newest remarks of a status, at most a hundred."""
    return connection.execute(_REMARKS, {"product": product, "status": status}).fetchall()


def list_answers(connection: Connection, *, product: str) -> Sequence[Row]:
    """Give what was told back and still stands, the newest first."""
    return connection.execute(_ANSWERS, [product]).fetchall()


def mark_seen(connection: Connection, *, product: str, remarks: Sequence[int], by: str, now: datetime) -> None:
    """Keep that these remarks were looked at."""
    connection.execute(
        "update workflow.opinions set seen_by = %s, seen_at = %s "
        "where product = %s and id = any(%s) and seen_at is null",
        [by, now, product, list(remarks)],
    )


def keep_answer(
    connection: Connection, answer: AnswerBack, /, *, remarks: Sequence[int], by: str, now: datetime
) -> None:
    """Keep what is told back on these remarks."""
    connection.execute(_KEEP_ANSWER, {**vars(answer), "told_by": by, "told_at": now})
    mark_seen(connection, product=answer.product, remarks=remarks, by=by, now=now)
    connection.execute(
        "update workflow.opinions set answer = %s where product = %s and id = any(%s)",
        [answer.id, answer.product, list(remarks)],
    )


def take_down(connection: Connection, *, answer_id: UUID, product: str, by: str, now: datetime) -> AnswerBack | None:
    """Take back what was told; None when that does not stand. Its remarks are looked at, and no more."""
    row = connection.execute(_TAKE_DOWN, [by, now, answer_id, product]).fetchone()
    return AnswerBack(**row) if row else None

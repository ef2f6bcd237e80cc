"""Writes invented cases into the tables of the workflow service, many rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from dev.history.lives import ADVICE, ADVICE_QUESTION, ADVISER, Life, Opinion
from services.workflow.lateness import edition
from services.workflow.rows import ENTRY_COLUMNS, entry_to_row
from shared.database import Connection

FILLED: Final = ("cases", "ledger", "timeline", "requests", "decisions", "timers", "advice", "search", "words", "marks")
TIMED: Final = ("case_times", "case_steps")

_CASES = (
    "id, reference, status, handler, sequence, product, version, title_nl, title_en, applicant, place, received_at, "
    "deadline, submission, submission_version, armed, team, recorded"
)

_FOUND = """
insert into workflow.search (case_id, document)
select c.id, workflow.document_of(given.names, c.submission -> 'shown') || workflow.whose(c.team, c.product)
from workflow.cases c join unnest(%s::uuid[], %s::text[]) as given (id, names) on given.id = c.id
"""
_LEARNED = """
insert into workflow.words
select distinct word from workflow.search, workflow.words_in(document) word where case_id = any(%s) order by word
on conflict do nothing
"""


_INDEXES = """
select indexname as name, indexdef as made_by from pg_indexes
join pg_index on indexrelid = format('%%I.%%I', schemaname, indexname)::regclass
where schemaname = 'workflow' and tablename = any(%s) and not indisunique order by 1
"""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A case as it lived, its application and decision as JSON, "" for none, and what the applicant thought."""

    life: Life
    version: int
    said: str
    decision: str
    opinion: Opinion | None


def write_lives(connection: Connection, *, made: Sequence[Made]) -> None:
    """Write these cases with all that hangs on them, within the caller's transaction."""
    _copy(connection, table="cases", columns=_CASES, rows=(_case_row(each) for each in made))
    _copy(connection, table="ledger", columns=ENTRY_COLUMNS, rows=_ledger_rows(made))
    _copy(connection, table="timeline", columns="case_id, kind, at, who, details", rows=_note_rows(made))
    _copy(
        connection,
        table="requests",
        columns="id, case_id, question, asked_at, asked_by, answer_by, answer, answered_at, lapsed_at",
        rows=_request_rows(made),
    )
    _copy(
        connection,
        table="decisions",
        columns="id, case_id, decision, decided_by, decided_at, sent_at",
        rows=_decision_rows(made),
    )
    _copy(
        connection,
        table="advice",
        columns="id, case_id, adviser, name, email, question, questions, files, asked_by, asked_at, answer_by, "
        "opinion, words, given_by, given_at",
        rows=_advice_rows(made),
    )
    _copy(connection, table="marks", columns="case_id, mark, words, steps, at", rows=_mark_rows(made))
    _copy(connection, table="timers", columns="case_id, what, key, due, state, fired_at", rows=_timer_rows(made))
    numbers = [each.life.case.id for each in made]
    connection.execute(_FOUND, [numbers, [_names(each) for each in made]])


def learn_words(connection: Connection, *, made: Sequence[Made]) -> None:
    """Learn the words of these cases, best in a transaction of its own: others with the same new word wait for it."""
    connection.execute(_LEARNED, [[each.life.case.id for each in made]])


def find_indexes(connection: Connection) -> dict[str, str]:
    """The indexes of these tables that only speed things up, each with the statement that makes it."""
    rows = connection.execute(_INDEXES, [list(FILLED)]).fetchall()
    return {row["name"]: row["made_by"] for row in rows}


def copy_rows(connection: Connection, *, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write many rows at once."""
    statement = f"copy {table} ({columns}) from stdin".encode()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _copy(connection: Connection, *, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    copy_rows(connection, table=f"workflow.{table}", columns=columns, rows=rows)


def _mark_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        if given := each.opinion:
            yield each.life.case.id, given.mark, "", json.dumps(given.steps), given.at


def _case_row(made: Made) -> Sequence[Any]:
    case, said = made.life.case, made.life.case.submission
    return (
        case.id,
        case.reference,
        case.status,
        case.handler,
        case.sequence,
        said.product,
        said.version,
        said.title.nl,
        said.title.en,
        case.contact.name,
        said.place,
        said.received_at,
        made.life.deadline,
        made.said,
        made.version,
        edition(),
        case.team,
        True,  # invented cases are never due: working out a million would keep the timers busy for hours
    )


def _ledger_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        for entry in each.life.case.ledger:
            yield tuple(entry_to_row(entry, case_id=each.life.case.id).values())


def _note_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        for at, kind, who, details in each.life.notes:
            yield each.life.case.id, kind, at, who, json.dumps(details)


def _request_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        if asked := each.life.question:
            yield (
                asked["id"],
                each.life.case.id,
                asked["text"],
                asked["asked_at"],
                asked["asked_by"],
                asked["answer_by"],
                asked.get("answer"),
                asked.get("answered_at"),
                asked.get("lapsed_at"),
            )


def _decision_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        life = each.life
        if each.decision and life.ended_at:
            # the case's own number, turned round in its last bits: known again, and no other's
            number = UUID(int=life.case.id.int ^ 1)
            yield number, life.case.id, each.decision, life.case.handler, life.ended_at, life.case.ledger[-1].at


def _advice_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        if asked := each.life.advice:
            given = asked.get("given_at")
            said = ("positive", ADVICE, ADVISER, given) if given else (None, "", None, None)
            asked_of = ("traffic", ADVISER, "", ADVICE_QUESTION)
            yield (
                asked["id"],
                each.life.case.id,
                *asked_of,
                [],
                [],
                asked["asked_by"],
                asked["asked_at"],
                asked["answer_by"],
                *said,
            )


def _timer_rows(made: Sequence[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        for timer, fired in each.life.timers:
            state = "fired" if fired else "waiting"
            yield each.life.case.id, timer.what.value, timer.key, timer.due, state, fired


def _names(made: Made) -> str:
    said = made.life.case.submission
    names = (made.life.case.reference, said.applicant.name, said.applicant.organisation, said.place)
    return " ".join(name for name in names if name)

"""Runs over many cases, kept in PostgreSQL: what was chosen, what is done to each, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain.bulk import MOST_AT_ONCE, BulkAct, Order, Outage
from services.workflow.domain.decision import Draft, OwnCondition
from services.workflow.domain.question import Question
from services.workflow.queries import Row, sees
from services.workflow.rows import IN_SCOPE
from shared.access import Person
from shared.database import Connection
from shared.ids import new_id

_CHOOSE = f"""
insert into workflow.bulk_cases (run_id, case_id, place, sequence, draft)
select %(run)s, c.id, given.place, c.sequence, coalesce(d.version, 0)
from unnest(%(references)s::text[]) with ordinality as given (reference, place)
join workflow.cases c on c.reference = given.reference left join workflow.drafts d on d.case_id = c.id
where {IN_SCOPE} order by given.place limit {MOST_AT_ONCE} on conflict do nothing
"""

_TAKE: Final = """
select b.run_id, b.case_id, b.sequence, b.draft, c.reference, r.act, r.content, r.subject
from workflow.bulk_cases b join workflow.bulk_runs r on r.id = b.run_id join workflow.cases c on c.id = b.case_id
where b.state = 'waiting' order by b.failures, b.run_id, b.place limit 1 for update of b skip locked
"""

_END = """
update workflow.bulk_cases set state = %(state)s, reason = %(reason)s, ended_at = %(now)s
where run_id = %(run_id)s and case_id = %(case_id)s
"""

_FAIL = """
update workflow.bulk_cases set failures = failures + 1,
    state = case when failures + 1 < %(most)s then 'waiting' else 'refused' end,
    reason = case when failures + 1 < %(most)s then null else 'failed' end,
    ended_at = case when failures + 1 < %(most)s then null else %(now)s::timestamptz end
where run_id = %(run_id)s and case_id = %(case_id)s and state = 'waiting'
"""

MOST_FAILURES: Final = 3
"""After so many errors that nobody foresaw, a case is left as it is and told so."""

_OUTAGE: Final = """
select content -> 'outage' as outage from workflow.bulk_runs
where act = 'more_time' and (content -> 'outage' ->> 'first')::date <= %(day)s
and (content -> 'outage' ->> 'last')::date >= %(day)s order by content -> 'outage' ->> 'until' desc limit 1
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run over many cases; `act` is None until it was started."""

    id: UUID
    act: BulkAct | None
    chosen_at: datetime
    started_at: datetime | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of cases."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many cases are still to be done."""
        return self.counts.get("waiting", 0)


def choose_cases(connection: Connection, *, references: Sequence[str], person: Person, now: datetime) -> UUID:
    """Keep which cases somebody chose, as they are now, and give the number of the run; unseen cases are left out."""
    run = new_id()
    connection.execute(
        "insert into workflow.bulk_runs (id, subject, chosen_at) values (%s, %s, %s)", [run, person.subject, now]
    )
    wanted = list(dict.fromkeys(references))
    connection.execute(_CHOOSE, {"run": run, "references": wanted, **sees(person)})
    return run


def find_run(connection: Connection, *, person: Person, run_id: UUID) -> Run | None:
    """Give a run of this person's own, None when there is none."""
    row = connection.execute(
        "select id, act, chosen_at, started_at from workflow.bulk_runs where id = %s and subject = %s",
        [run_id, person.subject],
    ).fetchone()
    if row is None:
        return None
    counted = connection.execute(
        "select state, count(*) as n from workflow.bulk_cases where run_id = %s group by state", [run_id]
    )
    counts = {each["state"]: each["n"] for each in counted}
    return Run(**{**row, "act": BulkAct(row["act"]) if row["act"] else None}, counts=counts)


def start_run(connection: Connection, *, run_id: UUID, order: Order, now: datetime) -> bool:
    """Have the run begin; False when it was started already: a run is started once."""
    content = {name: value for name, value in asdict(order).items() if value and name != "act"}
    if order.question:
        content["question"]["answer_by"] = order.question.answer_by.isoformat()
    if order.outage:
        content["outage"] = {name: str(value) for name, value in content["outage"].items()}
    started = connection.execute(
        "update workflow.bulk_runs set act = %s, content = %s, started_at = %s where id = %s and started_at is null",
        [order.act.value, Jsonb(content), now, run_id],
    ).rowcount
    if started:
        connection.execute("update workflow.bulk_cases set state = 'waiting' where run_id = %s", [run_id])
    return bool(started)


def products_of(connection: Connection, *, run_id: UUID) -> Sequence[Row]:
    """Give the kinds of case in a run by version and team, with how many there are; the most frequent version first."""
    return connection.execute(
        """
        select c.product, c.version, c.team, count(*) as n
        from workflow.bulk_cases b join workflow.cases c on c.id = b.case_id
        where b.run_id = %s group by c.product, c.version, c.team
        order by sum(count(*)) over (partition by c.product, c.version) desc, c.product, c.version, c.team
        """,
        [run_id],
    ).fetchall()


def results_of(connection: Connection, *, run_id: UUID, person: Person) -> Sequence[Row]:
    """Give each case of a run that this person may see with what came of it; what was refused stands first."""
    return connection.execute(
        f"""
        select c.reference, c.title_nl, c.title_en, c.applicant, b.state, b.reason
        from workflow.bulk_cases b join workflow.cases c on c.id = b.case_id
        where b.run_id = %(run)s and {IN_SCOPE} order by b.state <> 'refused', b.place
        """,
        {"run": run_id, **sees(person)},
    ).fetchall()


def runs_of(connection: Connection, *, person: Person) -> Sequence[Row]:
    """Give the last runs that this person started, with what is left of each."""
    return connection.execute(
        """
        select r.id, r.act, r.started_at, count(*) as total, count(*) filter (where b.state = 'waiting') as left,
               count(*) filter (where b.state = 'refused') as refused
        from workflow.bulk_runs r join workflow.bulk_cases b on b.run_id = r.id
        where r.subject = %s and r.started_at is not null group by r.id order by r.started_at desc limit 10
        """,
        [person.subject],
    ).fetchall()


def forget_unstarted(connection: Connection, *, before: datetime) -> None:
    """Forget what was chosen and never begun."""
    connection.execute("delete from workflow.bulk_runs where started_at is null and chosen_at < %s", [before])


def take_case(connection: Connection) -> Row | None:
    """Take one case that waits, for this transaction alone; None when nothing waits that nobody else has."""
    return connection.execute(_TAKE).fetchone()


def end_case(connection: Connection, *, taken: Row, refused: str | None, now: datetime) -> None:
    """Keep what came of a case: done, or left as it is for this reason."""
    state = "refused" if refused else "done"
    connection.execute(_END, {**taken, "state": state, "reason": refused, "now": now})


def fail_case(connection: Connection, *, taken: Row, now: datetime) -> None:
    """Keep that it went wrong; it is tried again after the others, so often and no more."""
    connection.execute(_FAIL, {**taken, "most": MOST_FAILURES, "now": now})


def outage_of(connection: Connection, *, day: date) -> Outage | None:
    """Give the outage that was announced and in which this day lies, the one after which there was most time."""
    row = connection.execute(_OUTAGE, {"day": day}).fetchone()
    return _outage(row["outage"]) if row else None


def order_of(taken: Row) -> Order:
    """Read what is done to each case."""
    content = dict(taken["content"])
    if question := content.get("question"):
        day = date.fromisoformat(question["answer_by"])
        content["question"] = Question(text=question["text"], answer_by=day, asks=tuple(question["asks"]))
    if draft := content.get("draft"):
        content["draft"] = _draft(draft)
    if outage := content.get("outage"):
        content["outage"] = _outage(outage)
    return Order(act=BulkAct(taken["act"]), **content)


def _outage(row: Mapping[str, str]) -> Outage:
    days = {name: date.fromisoformat(row[name]) for name in ("first", "last", "until")}
    return Outage(**days, announced=row["announced"])


def _draft(row: Mapping[str, Any]) -> Draft:
    own = tuple(OwnCondition(**each) for each in row["own_conditions"])
    return Draft(**{**row, "blocks": tuple(row["blocks"]), "own_conditions": own})

"""Rule trials, kept in PostgreSQL: what is compared over which period, the parts of it, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain import review, trial
from services.workflow.domain.review import Review
from services.workflow.domain.trial import Tally
from services.workflow.queries import Row
from shared.access import Scope
from shared.database import Connection

PART: Final = 500
"""Applications that are done at one go: under half a second."""

MOST_FAILURES: Final = 3
"""After so many errors that nobody foresaw, a part is left out, and the page says how many applications that are."""

_COLUMNS: Final = (
    "t.id, t.product, t.base, t.draft, t.as_of, t.since, t.until, t.seed, t.began_at, t.stopped_at, t.kind"
)

_BEGIN: Final = """
insert into workflow.trials (id, product, base, draft, as_of, since, until, seed, subject, began_at, kind)
values (%(id)s, %(product)s, %(base)s, %(draft)s, %(as_of)s, %(since)s, %(until)s, %(seed)s, %(subject)s, %(began_at)s,
        %(kind)s)
"""
_CUT: Final = f"""
insert into workflow.trial_parts (trial_id, part, cases)
select %(id)s, part, array_agg(id order by id) from (
    select id, (row_number() over (order by id) - 1) / {PART} as part from workflow.cases
    where product = %(product)s and received_at >= %(first)s and received_at < %(beyond)s
) numbered group by part
"""
_TAKE: Final = f"""
select {_COLUMNS}, p.part, p.cases from workflow.trial_parts p join workflow.trials t on t.id = p.trial_id
where p.ended_at is null and t.stopped_at is null order by p.failures, p.trial_id, p.part limit 1
for update of p skip locked
"""
_FAIL: Final = f"""
update workflow.trial_parts set failures = failures + 1,
    ended_at = case when failures + 1 >= {MOST_FAILURES} then %(now)s::timestamptz end
where trial_id = %(id)s and part = %(part)s and ended_at is null
"""
WHOLES: Final = 50
_wholes: Final[dict[UUID, Review]] = {}
"""Numbers by rule and question alone: no case is in them. A review of 200,000 applications has four hundred parts."""

_PROGRESS: Final = """
select count(*) as parts, count(*) filter (where ended_at is null) as parts_left,
    coalesce(sum(cardinality(cases)), 0) as cases,
    coalesce(sum(cardinality(cases)) filter (where ended_at is not null), 0) as done,
    coalesce(sum(cardinality(cases)) filter (where ended_at is not null and tally is null), 0) as failed,
    max(ended_at) as ended_at
from workflow.trial_parts where trial_id = %s
"""
_RECENT: Final = """
select t.id, t.product, t.base, t.draft, t.since, t.until, t.began_at, t.stopped_at, p.name as who,
    (select count(*) from workflow.trial_parts x where x.trial_id = t.id and x.ended_at is null) as parts_left,
    (select coalesce(sum(cardinality(x.cases)), 0) from workflow.trial_parts x where x.trial_id = t.id) as cases
from workflow.trials t join workflow.people p on p.subject = t.subject where t.kind = %s
order by t.began_at desc limit 50
"""
_VERSIONS: Final = """
select v.product, v.version, v.first_seen,
    row_number() over (partition by v.product order by v.first_seen, v.version)::int as number,
    (select max(p.serves_from) from catalogue.publication p
     where (p.product, p.version) = (v.product, v.version) and p.serves_from <= %(now)s
     and not exists (select from catalogue.calling_off c where c.publication = p.id)) as served_from
from catalogue.version v order by v.product, number desc
"""
_ANSWERS: Final = """
select id, received_at, submission -> 'answers' as answers from workflow.cases where id = any(%s) order by id
"""
_APPLICATIONS: Final = """
select c.id, c.received_at, c.submission -> 'answers' as answers, d.decided_at,
       d.decision ->> 'result' as result, coalesce(jsonb_array_length(d.decision -> 'conditions'), 0) as conditions,
       array(select key from jsonb_each_text(c.submission -> 'sources')
             where value in ('brp', 'kvk', 'sign_in')) as known,
       array(select unnest(asks) from workflow.requests r where r.case_id = c.id) as asked_again,
       array(select unnest(questions) from workflow.advice a where a.case_id = c.id) as to_advisers,
       coalesce((
           select case when bool_or(o.decision ->> 'result' = 'founded') then 'founded'
                       when bool_or(x.status in ('received', 'in_progress', 'awaiting_supplement')) then 'open'
                       else 'unfounded' end
           from workflow.cases x left join workflow.decisions o on o.case_id = x.id
           where x.parent = c.reference and x.kind = 'objection' having count(*) > 0), '') as objection
from workflow.cases c left join workflow.decisions d on d.case_id = c.id where c.id = any(%s) order by c.id
"""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is compared: `draft` with `base`, with the rules of the day `as_of`, over what came in from `since` on.

    Of kind `review` it weighs each rule and question of one version, which is both.
    """

    id: UUID
    product: str
    base: str
    draft: str
    as_of: date
    since: date
    until: date
    seed: int
    began_at: datetime
    stopped_at: datetime | None = None
    kind: str = "trial"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a trial is, in applications and parts; `failed` applications could not be worked out."""

    parts: int
    parts_left: int
    cases: int
    done: int
    failed: int
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some applications of a trial."""

    trial: Trial
    number: int
    cases: Sequence[UUID]


def versions(connection: Connection, *, now: datetime) -> Sequence[Row]:
    """Give every version of every product, the newest first; `served_from` is None for one that never served."""
    return connection.execute(_VERSIONS, {"now": now}).fetchall()


def begin_trial(connection: Connection, begun: Trial, /, *, subject: str, first: datetime, beyond: datetime) -> None:
    """Keep a trial and cut its applications into parts: those received from `first` on and before `beyond`."""
    connection.execute(_BEGIN, {**vars(begun), "subject": subject})
    connection.execute(_CUT, {"id": begun.id, "product": begun.product, "first": first, "beyond": beyond})


def stop_trial(connection: Connection, *, trial_id: UUID, now: datetime) -> bool:
    """Let it go no further; False when it was over already."""
    waiting = "exists (select from workflow.trial_parts p where p.trial_id = t.id and p.ended_at is null)"
    statement = f"update workflow.trials t set stopped_at = %s where t.id = %s and t.stopped_at is null and {waiting}"
    return bool(connection.execute(statement, [now, trial_id]).rowcount)


def find_trial(connection: Connection, *, trial_id: UUID) -> Trial | None:
    """Give a trial."""
    row = connection.execute(f"select {_COLUMNS} from workflow.trials t where t.id = %s", [trial_id]).fetchone()
    return Trial(**row) if row else None


def recent_trials(connection: Connection, *, kind: str = "trial") -> Sequence[Row]:
    """Give the last trials, or reviews, of everybody."""
    return connection.execute(_RECENT, [kind]).fetchall()


def progress_of(connection: Connection, *, trial_id: UUID) -> Progress:
    """Tell how far it is."""
    row = connection.execute(_PROGRESS, [trial_id]).fetchone()
    if row is None:
        raise LookupError("a count has a row")
    return Progress(**row)


def tally_of(connection: Connection, *, trial_id: UUID) -> Tally:
    """Give what was counted so far."""
    return reduce(trial.add, map(trial.from_plain, _counted(connection, trial_id=trial_id)), Tally())


def review_of(connection: Connection, *, trial_id: UUID, whole: bool) -> Review:
    """Give what was weighed so far; the `whole` of one that is over changes no more, and is added up once a process."""
    found = _wholes.get(trial_id) if whole else None
    if found is None:
        found = reduce(review.add, map(review.from_plain, _counted(connection, trial_id=trial_id)), Review())
        if whole:
            if len(_wholes) >= WHOLES:
                _wholes.clear()
            _wholes[trial_id] = found
    return found


def last_review(connection: Connection, *, product: str) -> Trial | None:
    """Give the review of a product that was begun last."""
    statement = f"select {_COLUMNS} from workflow.trials t where t.product = %s and t.kind = 'review'"
    row = connection.execute(f"{statement} order by t.began_at desc limit 1", [product]).fetchone()
    return Trial(**row) if row else None


def references_of(connection: Connection, *, cases: Sequence[str], scope: Scope) -> Mapping[str, str]:
    """Give the references of the cases that lie within this scope, by their id; the others are only counted."""
    rows = connection.execute(
        """
        select id, reference from workflow.cases
        where id = any(%(cases)s::uuid[])
        and (%(everything)s or team = any(%(teams)s) or product = any(%(products)s))
        """,
        {"cases": list(cases), **vars(scope)},
    )
    return {str(row["id"]): row["reference"] for row in rows}


def take_part(connection: Connection) -> Part | None:
    """Take a part that waits, for this transaction alone; None when there is none that nobody else has."""
    row = connection.execute(_TAKE).fetchone()
    if row is None:
        return None
    about = dict(row)
    number, cases = about.pop("part"), about.pop("cases")
    return Part(trial=Trial(**about), number=number, cases=cases)


def answers_in(connection: Connection, *, cases: Sequence[UUID]) -> Iterator[Row]:
    """Give the answers of each of these cases and when they came in; a destroyed one is left out."""
    yield from connection.execute(_ANSWERS, [list(cases)])


def applications(connection: Connection, *, cases: Sequence[UUID]) -> Iterator[Row]:
    """Give the answers of each of these cases, when they came in and what came of it; a destroyed one is left out.

    Of several objections to one decision a founded one counts before an open one, and that before one that changed
    nothing: unfounded, inadmissible or withdrawn.
    """
    yield from connection.execute(_APPLICATIONS, [list(cases)])


def end_part(connection: Connection, *, part: Part, tally: Mapping[str, Any], now: datetime) -> None:
    """Keep what was counted."""
    connection.execute(
        "update workflow.trial_parts set tally = %s, ended_at = %s where trial_id = %s and part = %s",
        [Jsonb(tally), now, part.trial.id, part.number],
    )


def fail_part(connection: Connection, *, part: Part, now: datetime) -> None:
    """Keep that it went wrong; it is tried again after the others, so often and no more."""
    connection.execute(_FAIL, {"id": part.trial.id, "part": part.number, "now": now})


def has_waiting(connection: Connection) -> bool:
    """Say whether a part waits."""
    statement = """
        select from workflow.trial_parts p join workflow.trials t on t.id = p.trial_id
        where p.ended_at is null and t.stopped_at is null limit 1
    """
    return connection.execute(statement).fetchone() is not None


def seconds_filled_in(connection: Connection, *, product: str, since: date, until: date) -> Mapping[str, Any]:
    """Give by step how often it took how long, and how many forms were sent: counts of the forms service."""
    rows = connection.execute(
        """
        select what, sum(count)::int as n from workflow.measures
        where product = %s and day between %s and %s
        and ((subject = 'step' and what like 'seconds.%%') or (subject = 'form' and what like 'sent.%%'))
        group by what
        """,
        [product, since, until],
    )
    return {row["what"]: row["n"] for row in rows}


def _counted(connection: Connection, *, trial_id: UUID) -> Iterator[Mapping[str, Any]]:
    statement = "select tally from workflow.trial_parts where trial_id = %s and tally is not null"
    return (row["tally"] for row in connection.execute(statement, [trial_id]))

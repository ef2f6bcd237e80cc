"""Reads what came before and after a version went live, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from services.workflow.domain.effect import LEFT_AFTER, Day, Waits, Windows
from shared.database import Connection

_SWITCHES: Final = """
select s.id, s.product, s.version, s.former, s.live, s.former_live, s.until from (
    select p.id, p.product, p.version, (p.serves_from at time zone 'Europe/Amsterdam')::date as live,
           lag(p.version) over served as former,
           (lag(p.serves_from) over served at time zone 'Europe/Amsterdam')::date as former_live,
           (lead(p.serves_from) over served at time zone 'Europe/Amsterdam')::date as until
    from catalogue.publication p
    where p.serves_from <= %s and not exists (select from catalogue.calling_off c where c.publication = p.id)
    window served as (partition by p.product order by p.serves_from, p.id)
) s where s.former <> s.version order by s.live desc, s.id desc
"""
_WAITS: Final = """
select least(coalesce(t.ended_on, %(end)s), %(end)s) - t.received_on as days,
       coalesce(t.outcome = 'sent' and t.ended_on <= %(end)s, false) as decided, count(*) as cases
from workflow.cases c join workflow.case_times t on t.id = c.id
where c.product = %(product)s and c.kind = 'application'
and c.received_at >= %(first)s::timestamp at time zone 'Europe/Amsterdam'
and c.received_at < %(end)s::timestamp at time zone 'Europe/Amsterdam'
and (%(version)s = '' or c.version = %(version)s)
group by 1, 2
"""
_FORMS: Final = """
select day, coalesce(sum(count) filter (where subject = 'question' and what like 'error.%%'), 0)::int as faults,
       coalesce(sum(count) filter (where subject = 'form' and (what = 'left' or what like 'sent.%%')), 0)::int as forms,
       coalesce(sum(count) filter (where subject = 'form' and what = 'left'), 0)::int as "left"
from workflow.measures
where product = %(product)s and (%(version)s = '' or version = %(version)s)
and subject in ('form', 'question') and day >= %(first)s and day < %(end)s
group by day
"""


@dataclass(frozen=True, kw_only=True)
class Switch:
    """That a version took the place of a former one on the day `live`; `until` is when it was replaced, if it was."""

    id: int
    product: str
    version: str
    former: str
    live: date
    former_live: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted on one side: how long cases waited, and by day the faults, the forms and those left."""

    waits: Waits
    faults: Sequence[Day]
    left: Day


def switches(connection: Connection, *, now: datetime) -> Sequence[Switch]:
    """Give every time that a version took the place of another, the latest first."""
    return [Switch(**row) for row in connection.execute(_SWITCHES, [now])]


def count_sides(
    connection: Connection, *, product: str, windows: Windows, versions: tuple[str, str] = ("", "")
) -> tuple[Counted, Counted]:
    """Count both sides, each as it was known at its own end, so that neither was followed longer than the other.

    A form is left only after a while, so forms count from then on. A version "" stands for any.
    """
    before = {"product": product, "version": versions[0], "first": windows.first, "end": windows.live}
    after = {"product": product, "version": versions[1], "first": windows.live, "end": windows.beyond}
    return _count(connection, before), _count(connection, after)


def _count(connection: Connection, asked: dict[str, object]) -> Counted:
    waits = {(row["days"], row["decided"]): row["cases"] for row in connection.execute(_WAITS, asked)}
    first = asked["first"]
    if not isinstance(first, date):
        raise TypeError(first)
    forms = connection.execute(_FORMS, {**asked, "first": first + timedelta(days=LEFT_AFTER)}).fetchall()
    faults = [(row["faults"], row["forms"]) for row in forms]
    left = (sum(row["left"] for row in forms), sum(row["forms"] for row in forms))
    return Counted(waits=waits, faults=faults, left=left)

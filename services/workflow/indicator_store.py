"""Indicators, kept in PostgreSQL: figures that people enter, who agreed, and the years that were adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from services.workflow.domain.indicators import (
    FEWEST,
    WORKED_OUT,
    ClosedYearError,
    FewEyesError,
    Indicator,
    Line,
)
from services.workflow.panel_figures import panel_lines
from services.workflow.queries import Row
from shared.access import Person
from shared.database import Connection
from shared.events import Words
from shared.ids import new_id

_AGREED: Final = """
select distinct on (indicator, year, what) indicator, year, what, value, because from workflow.entered_figures
where agreed order by indicator, year, what, judged_at desc
"""
_TARGET: Final = f"select value from ({_AGREED}) agreed where indicator = %s and year = %s and what = 'target'"
_WAITING: Final = """
select f.id, f.indicator, f.year, f.what, f.value, f.because, f.entered_by, f.entered_at, p.name as who
from workflow.entered_figures f join workflow.people p on p.subject = f.entered_by
where f.judged_by is null order by f.entered_at
"""
_YEARS: Final = """
select y.year, y.proposed_by, y.proposed_at, proposed.name as proposed_name, y.adopted_at, adopted.name as adopted_name
from workflow.adopted_years y join workflow.people proposed on proposed.subject = y.proposed_by
left join workflow.people adopted on adopted.subject = y.adopted_by order by y.year desc
"""
_ENTER: Final = """
insert into workflow.entered_figures (id, indicator, year, what, value, because, entered_by, entered_at)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_JUDGE: Final = """
update workflow.entered_figures set judged_by = %s, judged_at = %s, agreed = %s where id = %s and judged_by is null
"""
_CLOSED: Final = "select from workflow.adopted_years where year = %s and adopted_at is not null"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure that somebody enters, with why."""

    indicator: str
    year: int
    what: str
    value: Decimal
    because: str


def lines(connection: Connection) -> list[Line]:
    """Give every indicator with its figures in tenths; those about fewer than five cases are left out.

    What people entered stands as they wrote it.
    """
    worked = connection.execute("select indicator, year, value, cases from workflow.worked_out").fetchall()
    agreed = connection.execute(_AGREED).fetchall()
    known = [_line(indicator, worked=worked, agreed=agreed) for indicator in (*WORKED_OUT, *_entered(connection))]
    told = ((each, _line(each.indicator, worked=[], agreed=agreed)) for each in panel_lines(connection))
    return [*known, *(replace(own, realised=each.realised) for each, own in told)]


def target_of(connection: Connection, *, indicator: str, year: int) -> Decimal | None:
    """Give the target for a year that a second person agreed with."""
    row = connection.execute(_TARGET, [indicator, year]).fetchone()
    return row["value"] if row else None


def indicators(connection: Connection) -> list[Indicator]:
    """Give what is worked out, after that what people enter, and what the residents' panel was asked."""
    return [*WORKED_OUT, *_entered(connection), *(each.indicator for each in panel_lines(connection))]


def add_indicator(connection: Connection, indicator: Indicator, /, *, by: Person, now: datetime) -> None:
    """Keep an indicator that people enter."""
    connection.execute(
        "insert into workflow.indicators (id, programme, name, unit, better, source, made_by, made_at) "
        "values (%s, %s, %s, %s, %s, %s, %s, %s)",
        [
            *(new_id(), indicator.programme.nl, indicator.name.nl, indicator.unit, indicator.better),
            *(indicator.source.nl, by.subject, now),
        ],
    )


def enter(connection: Connection, figure: Figure, /, *, by: Person, now: datetime) -> None:
    """Keep a figure until somebody else judges it.

    Raises:
        ClosedYearError: the year was adopted.
    """
    if is_closed(connection, year=figure.year):
        raise ClosedYearError
    values = [figure.indicator, figure.year, figure.what, figure.value, figure.because, by.subject, now]
    connection.execute(_ENTER, [new_id(), *values])


def judge(connection: Connection, *, figure_id: UUID, agreed: bool, by: Person, now: datetime) -> bool:
    """Agree with a figure, or not; False when somebody judged it before.

    Raises:
        FewEyesError: it is one's own.
        ClosedYearError: the year was adopted meanwhile.
    """
    row = connection.execute(
        "select entered_by, year from workflow.entered_figures where id = %s", [figure_id]
    ).fetchone()
    if row is None:
        return False
    if row["entered_by"] == by.subject:
        raise FewEyesError
    if is_closed(connection, year=row["year"]):
        raise ClosedYearError
    return bool(connection.execute(_JUDGE, [by.subject, now, agreed, figure_id]).rowcount)


def waiting(connection: Connection) -> Sequence[Row]:
    """Give the figures that wait for a second person."""
    return connection.execute(_WAITING).fetchall()


def years(connection: Connection) -> Sequence[Row]:
    """Give the years that were proposed or adopted, the last first."""
    return connection.execute(_YEARS).fetchall()


def is_closed(connection: Connection, *, year: int) -> bool:
    """Say whether a year was adopted."""
    return connection.execute(_CLOSED, [year]).fetchone() is not None


def propose_year(connection: Connection, *, year: int, by: Person, now: datetime) -> None:
    """Propose that a year is adopted; proposing it again changes nothing."""
    connection.execute(
        "insert into workflow.adopted_years (year, proposed_by, proposed_at) values (%s, %s, %s) "
        "on conflict do nothing",
        [year, by.subject, now],
    )


def adopt_year(connection: Connection, *, year: int, by: Person, now: datetime) -> bool:
    """Adopt a year that somebody else proposed: its figures change no more. False when there is nothing to adopt.

    Raises:
        FewEyesError: one proposed it oneself.
    """
    row = connection.execute(
        "select proposed_by from workflow.adopted_years where year = %s and adopted_at is null", [year]
    ).fetchone()
    if row is None:
        return False
    if row["proposed_by"] == by.subject:
        raise FewEyesError
    statement = (
        "update workflow.adopted_years set adopted_by = %s, adopted_at = %s where year = %s and adopted_at is null"
    )
    return bool(connection.execute(statement, [by.subject, now, year]).rowcount)


def _entered(connection: Connection) -> list[Indicator]:
    rows = connection.execute(
        "select id, programme, name, unit, better, source from workflow.indicators order by programme, made_at"
    )
    return [
        Indicator(
            id=str(row["id"]),
            programme=_as_typed(row["programme"]),
            name=_as_typed(row["name"]),
            unit=row["unit"],
            better=row["better"],
            source=_as_typed(row["source"]),
        )
        for row in rows
    ]


def _as_typed(text: str) -> Words:
    return Words(nl=text, en=text)


def _line(indicator: Indicator, *, worked: Sequence[Row], agreed: Sequence[Row]) -> Line:
    own = [row for row in agreed if row["indicator"] == indicator.id]
    realised = {row["year"]: row["value"] for row in own if row["what"] == "realised" and indicator.entered}
    counted = {
        row["year"]: round(row["value"], 1)
        for row in worked
        if row["indicator"] == indicator.id and _enough(row, indicator)
    }
    return Line(
        indicator=indicator,
        realised=realised if indicator.entered else counted,
        targets={row["year"]: row["value"] for row in own if row["what"] == "target"},
        because={(row["year"], row["what"]): row["because"] for row in own},
    )


def _enough(row: Row, indicator: Indicator) -> bool:
    """Texts are public, and an amount of penalties names nobody; all else is about applicants."""
    return row["cases"] >= FEWEST or indicator.id in ("penalties", "forms", "questions", "rules", "attachments")

"""One case in a line: what it is, whose it is, and how much time is left by its ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.workflow import queries
from services.workflow.domain.clock import Clock, read_clock
from services.workflow.domain.linked import IN_A_WORD
from services.workflow.domain.time_left import TimeLeft, Urgency, time_left
from services.workflow.law_choices import terms_for
from services.workflow.products import KeptProducts
from shared.database import Connection
from shared.events import CaseStatus, Words
from shared.law.calendar import local_date


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A line of a list. `running_days` since receipt; `used` is the part of the term that went by, in percent.

    `kind` says how it belongs to another case, None for what stands by itself.
    `date` is the one to watch: the last day to decide, the last day to answer, or the day of the decision.
    """

    reference: str
    product: str
    title: Words
    applicant: str
    place: str | None
    status: CaseStatus
    handler: str | None
    handler_name: str | None
    received_on: date
    running_days: int
    used: int
    clock: Clock
    left: TimeLeft
    date: date
    kind: Words | None


def summarise(connection: Connection, *, rows: Sequence[Mapping[str, Any]], today: date) -> list[Summary]:
    """Work out the dates of these cases from their ledgers, with one query for all."""
    ledgers = queries.ledgers_of(connection, case_ids=[row["id"] for row in rows])
    products = KeptProducts(connection)
    lines = []
    for row in rows:
        process = products.product(row["product"], version=row["version"]).process
        clock = read_clock(ledgers[row["id"]], terms=terms_for(process), today=today)
        lines.append(_line(row, clock=clock, today=today))
    return lines


def left_of(clock: Clock, *, status: CaseStatus, today: date) -> TimeLeft:
    """Say how much time is left, or that it is done."""
    if status == "announced":
        words = Words(nl="Besluit verstuurd", en="Decision sent")
        return TimeLeft(kind=Urgency.DONE, working_days=None, words=words)
    if status == "decided":
        words = Words(nl="Besluit genomen", en="Decision taken")
        return TimeLeft(kind=Urgency.DONE, working_days=None, words=words)
    if status == "withdrawn":
        words = Words(nl="Ingetrokken door de aanvrager", en="Withdrawn by the applicant")
        return TimeLeft(kind=Urgency.DONE, working_days=None, words=words)
    return time_left(clock.decide_by, today=today, paused=clock.stopped)


def watched_date(clock: Clock) -> date:
    """Give the date that stands under those words."""
    waiting = clock.waiting_until if clock.stopped else None
    return clock.sent_on or clock.decided_on or waiting or clock.decide_by


def _line(row: Mapping[str, Any], *, clock: Clock, today: date) -> Summary:
    received = local_date(row["received_at"])
    until = clock.decided_on or today
    return Summary(
        reference=row["reference"],
        product=row["product"],
        title=Words(nl=row["title_nl"], en=row["title_en"]),
        applicant=row["applicant"],
        place=row["place"],
        status=row["status"],
        handler=row["handler"],
        handler_name=row["handler_name"],
        received_on=received,
        running_days=(until - received).days,
        used=_percent((until - received).days, of=(clock.decide_by - received).days),
        clock=clock,
        left=left_of(clock, status=row["status"], today=today),
        date=watched_date(clock),
        kind=IN_A_WORD.get(row["kind"]),
    )


def _percent(part: int, *, of: int) -> int:
    return max(0, min(100, round(100 * part / of))) if of > 0 else 100

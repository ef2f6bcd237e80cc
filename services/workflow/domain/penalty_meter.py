"""What a late decision costs: the meter that a notice of default starts (Awb 4:17-4:18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.workflow.domain.ledger import Kind, Ledger, all_of
from shared.law.calendar import ONE_DAY
from shared.law.penalty import (
    GRACE,
    PENALTY_DAYS,
    SILENT_GRACE,
    notice_is_premature,
    penalty_amount,
    penalty_days,
    penalty_determination_due,
    penalty_first_day,
    penalty_last_day,
)
from shared.law.terms import Policy, Term


@dataclass(frozen=True, kw_only=True)
class Meter:
    """The penalty as it stands on one day, in whole euros; both 0 while the two weeks run.

    `first_day` and `last_day` are the first and the last day that can cost money. `running`: tomorrow costs more.
    `determine_by` counts from the last day that cost money (Awb 4:18); it is known once the meter has stopped.
    """

    notice_on: date
    first_day: Term
    last_day: Term
    days: int
    euros: int
    running: bool
    determine_by: Term | None


def premature_notices(ledger: Ledger, *, deadline: date) -> tuple[date, ...]:
    """The days of notices that came on or before the last day to decide: they have no effect."""
    notices = (entry.on for entry in all_of(Kind.DEFAULTED, ledger=ledger))
    return tuple(day for day in notices if notice_is_premature(day, deadline=deadline))


def read_meter(
    ledger: Ledger, *, deadline: date, announced: date | None, today: date, policy: Policy, by_law: bool
) -> Meter | None:
    """Read the meter; None without a notice of default that came after the `deadline`.

    That is the last day to decide, or to announce what was given `by_law` (Awb 4:20d).
    """
    notices = (entry.on for entry in all_of(Kind.DEFAULTED, ledger=ledger))
    notice = next((day for day in notices if not notice_is_premature(day, deadline=deadline)), None)
    if notice is None or (announced is not None and announced <= notice):
        return None
    first = penalty_first_day(notice, rule=SILENT_GRACE if by_law else GRACE, policy=policy)
    last = penalty_last_day(first.rolled)
    # without an announcement today is a day in default, and it counts whole
    days = penalty_days(first.rolled, announced=announced or today + ONE_DAY, policy=policy)
    running = announced is None and days < PENALTY_DAYS
    determine_by = penalty_determination_due(first.rolled + (days - 1) * ONE_DAY) if days and not running else None
    return Meter(
        notice_on=notice,
        first_day=first,
        last_day=last,
        days=days,
        euros=penalty_amount(days, first_day=first.rolled),
        running=running,
        determine_by=determine_by,
    )

"""Finds forms that must be paid before they count and were not: those to warn of, and those whose time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.forms.domain.drafts import WARNED_DAYS
from services.forms.domain.payments import LATE, RUNNING
from shared.database import Connection

_WARN = """
update forms.held h set keep_until = greatest(s.sent_on + %(days)s, %(today)s + %(warned)s)
from (select reference, (received_at at time zone 'Europe/Amsterdam')::date as sent_on from forms.submission) s
where s.reference = h.reference and h.keep_until is null and s.sent_on + %(days)s <= %(today)s + %(warned)s
and not exists (select from forms.withdrawal w where w.reference = h.reference)
returning h.reference, h.keep_until
"""
_ERASE = """
with over as (
    select s.reference from forms.submission s join forms.held h using (reference)
    where (h.keep_until < %(today)s
           or exists (select from forms.withdrawal w where w.reference = s.reference
                      and (s.received_at at time zone 'Europe/Amsterdam')::date + %(days)s < %(today)s))
    and not exists (select from forms.payment p where p.reference = s.reference
                    and (p.state = any(%(running)s) or p.made_at > %(late)s or p.back = 'due'))
    for update of s
), held as (delete from forms.held h using over where h.reference = over.reference),
payments as (delete from forms.payment p using over where p.reference = over.reference),
withdrawals as (delete from forms.withdrawal w using over where w.reference = over.reference),
files as (update forms.file f set reference = null from over where f.reference = over.reference)
delete from forms.submission s using over where s.reference = over.reference returning s.reference
"""
"""Files then belong to nothing: their content goes with the next cleaning."""


def take_unpaid(connection: Connection, *, today: date, days: int) -> Sequence[tuple[str, date]]:
    """Reference and last day to pay of unpaid forms that are over soon, each only once, and some days before."""
    rows = connection.execute(_WARN, {"today": today, "days": days, "warned": min(WARNED_DAYS, days)})
    return [(row["reference"], row["keep_until"]) for row in rows]


def erase_unpaid(connection: Connection, *, today: date, days: int) -> Sequence[str]:
    """Erase unpaid forms whose last day is over, and those that were withdrawn; give their references.

    One of which a payment may still turn out to be paid, or must go back, is kept.
    """
    running = [str(state) for state in RUNNING]
    rows = connection.execute(_ERASE, {"today": today, "days": days, "late": today - LATE, "running": running})
    return [row["reference"] for row in rows]

"""Keeps what is counted of how forms are filled in: forms that ended, then counts of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from services.forms.domain.measuring import Ended, from_plain, tally
from shared.database import Connection
from shared.events import FormsMeasured, MeasureCount

_TAKE = "delete from forms.ended returning product, version, channel, sent, measured, rules"
_COUNT = """
insert into forms.measure (day, product, version, subject, id, what, count)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (day, product, version, subject, id, what) do update set count = measure.count + excluded.count
"""


def count_ended(connection: Connection, *, today: date, tell: Callable[[FormsMeasured], object]) -> None:
    """Count the forms that ended since the last time as those of yesterday, and tell the counts, a fact a version."""
    rows = connection.execute(_TAKE).fetchall()
    ended = [Ended(**{**row, "measured": from_plain(row["measured"])}) for row in rows]
    day = today - timedelta(days=1)
    for (product, version), counts in sorted(tally(ended).items()):
        values = [[day, product, version, *key, count] for key, count in sorted(counts.items())]
        connection.cursor().executemany(_COUNT, values)
        told = tuple(
            MeasureCount(subject=subject, id=name, what=what, count=count)  # type: ignore[arg-type]
            for (subject, name, what), count in sorted(counts.items())
        )
        tell(FormsMeasured(on=day, product=product, version=version, counts=told))

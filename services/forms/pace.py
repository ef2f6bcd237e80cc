"""How long the municipality really takes for a product: counted once a day, told on the page of each."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.forms.open_figures import count_open_figures
from shared.database import Connection, Pool

FRESH_S: Final = 60.0
"""Seconds that a process goes by what it read: it is counted once a day."""

LOOK_BACK = timedelta(days=365)
FEWEST_CASES = 20
"""Below this many decided cases a median says little; the page then names the norm."""

_COUNT = """
insert into forms.pace (product, cases, median_days, most_days, counted_on)
select product, count(*), percentile_disc(0.5) within group (order by days),
       percentile_disc(0.85) within group (order by days), %(today)s
from (
    select s.product, min((n.payload ->> 'sent_at')::timestamptz at time zone 'Europe/Amsterdam')::date
           - (s.received_at at time zone 'Europe/Amsterdam')::date as days
    from forms.notice n join forms.submission s on s.reference = n.reference
    where n.payload ->> 'kind' = 'decision' and (n.payload ->> 'sent_at')::timestamptz >= %(since)s
    group by s.reference
) as decided
group by product
on conflict (product) do update set cases = excluded.cases, median_days = excluded.median_days,
    most_days = excluded.most_days, counted_on = excluded.counted_on
"""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Calendar days from receipt to the sent decision, over the cases decided in the last year.

    Half of them took `median_days` or less, 85 percent took `most_days` or less.
    """

    cases: int
    median_days: int
    most_days: int
    counted_on: date


def count_pace(connection: Connection, *, today: date) -> None:
    """Count every product anew, and what everybody may know of it."""
    connection.execute(_COUNT, {"today": today, "since": today - LOOK_BACK})
    count_open_figures(connection, today=today)


def paces_of_all(connection: Connection) -> Mapping[str, Pace]:
    """Give the pace of each product, by id; without those of which too few cases were decided to say something."""
    rows = connection.execute(
        "select product, cases, median_days, most_days, counted_on from forms.pace where cases >= %s", [FEWEST_CASES]
    )
    return {row.pop("product"): Pace(**row) for row in rows}


class Paces:
    """The pace of each product as a process knows it: asked anew when it is wanted after a minute."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: tuple[float, Mapping[str, Pace]] | None = None

    def of(self, product_id: str, *, pool: Pool) -> Pace | None:
        """Give the pace of a product; None while too few cases were decided to say something."""
        if self._known is None or time.monotonic() - self._known[0] >= FRESH_S:
            with pool.reading() as connection:
                self._known = (time.monotonic(), paces_of_all(connection))
        return self._known[1].get(product_id)

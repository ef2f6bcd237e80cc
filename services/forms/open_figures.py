"""What everybody may know of a product by year, counted once a day; figures of fewer than five people stay hidden."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shared.database import Connection

FEWEST: Final = 5
"""Figures of fewer people could tell of one of them."""

_ENOUGH_NEW: Final = f"(least(o.marks, excluded.marks) < {FEWEST} or excluded.marks >= o.marks + {FEWEST})"
"""Of a mean that everybody reads each day, one new mark could be worked out: five go in together."""
_COUNT: Final = f"""
with sent as (
    select s.product, s.received_at, min((n.payload ->> 'sent_at')::timestamptz) as sent_at
    from forms.notice n join forms.submission s on s.reference = n.reference
    where n.payload ->> 'kind' = 'decision' group by s.reference
), found (product, year, asked, decided, median_days, most_days, marks, mark) as (
    select product, extract(year from received_at at time zone 'Europe/Amsterdam')::int,
           count(*), 0::bigint, null::int, null::int, 0::bigint, null::numeric
    from forms.submission s where not exists (select from forms.held h where h.reference = s.reference) group by 1, 2
    union all
    select product, extract(year from sent_at at time zone 'Europe/Amsterdam')::int, 0, count(*),
           percentile_disc(0.5) within group (order by days), percentile_disc(0.85) within group (order by days),
           0, null
    from sent cross join lateral (select (sent_at at time zone 'Europe/Amsterdam')::date
                                         - (received_at at time zone 'Europe/Amsterdam')::date as days) took
    group by 1, 2
    union all
    select s.product, extract(year from m.at at time zone 'Europe/Amsterdam')::int, 0, 0, null, null,
           count(*), round(avg(m.mark), 1)
    from forms.mark m join forms.submission s on s.reference = m.reference group by 1, 2
)
insert into forms.open_figures as o (product, year, asked, decided, median_days, most_days, marks, mark, counted_on)
select product, year, sum(asked), sum(decided), max(median_days), max(most_days), sum(marks), max(mark), %(today)s
from found where year >= %(since)s or not exists (select from forms.open_figures) group by product, year
on conflict (product, year) do update set asked = excluded.asked, decided = excluded.decided,
    median_days = excluded.median_days, most_days = excluded.most_days, counted_on = excluded.counted_on,
    marks = case when {_ENOUGH_NEW} then excluded.marks else o.marks end,
    mark = case when {_ENOUGH_NEW} then excluded.mark else o.mark end
"""
_FIND: Final = """
select product, year, asked, decided, median_days, most_days, marks, mark, counted_on from forms.open_figures
where product = any(%s) order by product, year desc
"""


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """One year of a product; None is what fewer than five people are behind.

    `asked` came in, `decided` were decided and sent. Half of those took `median_days` or less, counted in calendar
    days from receipt until sending, and 85 of 100 `most_days` or less. `mark` is the mean from 1 to 10.
    """

    product: str
    year: int
    asked: int | None
    decided: int | None
    median_days: int | None
    most_days: int | None
    marks: int | None
    mark: Decimal | None
    counted_on: date


def count_open_figures(connection: Connection, *, today: date) -> None:
    """Count this year and the last anew; those before stay, also once their cases were destroyed."""
    connection.execute(_COUNT, {"today": today, "since": today.year - 1})


def open_figures_of(connection: Connection, *, products: Collection[str]) -> Sequence[YearFigures]:
    """Give the figures of these products, the last year of each first."""
    return [_shown(row) for row in connection.execute(_FIND, [list(products)])]


def _shown(row: dict[str, Any]) -> YearFigures:
    behind = {"asked": "asked", "decided": "decided", "median_days": "decided", "most_days": "decided"}
    counted = {**behind, "marks": "marks", "mark": "marks"}
    hidden = {name: None for name, group in counted.items() if row[group] < FEWEST}
    return YearFigures(**{**row, **hidden})

"""All that the page on what will be late shows; its links and its words for dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import url_for
from markupsafe import Markup

from services.workflow.domain.chances import Bin
from services.workflow.domain.indicators import FEWEST, kept_back
from services.workflow.domain.outlook import Outlook, WhatIf, weekday_at
from services.workflow.domain.time_left import TimeLeft, time_left
from services.workflow.foretelling import first_weekday
from services.workflow.foretold_queries import PAGE_SIZE, Wanted
from services.workflow.queries import Row
from services.workflow.web.foretold_chart import draw_stock
from shared.look.look import short_date

ASKS = {"collega": "colleague", "dicht": "closed", "meer": "more"}
"""What stands in the address for what could be otherwise."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """What was foretold `on` a day: cases, kinds of case, whether it came true, and the outlook that was asked for."""

    on: date
    today: date
    wanted: Wanted
    what_if: WhatIf
    rows: Sequence[Row]
    total: int
    kinds: Sequence[Row]
    bins: Sequence[Bin]
    outlooks: Mapping[str, Outlook | None]
    language: str

    @property
    def open(self) -> int:
        """How many cases were open that morning."""
        return sum(kind["open"] for kind in self.kinds)

    @property
    def passed(self) -> int:
        """How many of them were late already."""
        return sum(kind["passed"] for kind in self.kinds)

    @property
    def expected(self) -> int:
        """How many more may be expected to be."""
        return round(sum(float(kind["expected"]) for kind in self.kinds))

    @property
    def fewest(self) -> int:
        """The size of a group below which nothing is told of it."""
        return FEWEST

    @property
    def kept_back(self) -> frozenset[str]:
        """The kinds of case of which nothing is told: small ones, and another where the whole would give them away."""
        return kept_back({kind["product"]: kind["open"] for kind in self.kinds})

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def outlook(self) -> Outlook | None:
        """What was asked for; None when too little is known."""
        return self.outlooks.get(self.what_if.key)

    @property
    def usual(self) -> Outlook | None:
        """When nothing is otherwise."""
        return self.outlooks.get(WhatIf().key)

    @property
    def around_twenty(self) -> Bin | None:
        """What came of the cases that were given 10 to 30 %; None when there are too few."""
        near = [each for each in self.bins if each.first in (1, 2)]
        cases, said = sum(each.cases for each in near), sum(each.cases * each.said for each in near)
        both = Bin(first=1, cases=cases, late=sum(each.late for each in near), said=said / cases if cases else 0.0)
        return both if both.shown else None

    def done_on(self, days: int | None, /) -> date | None:
        """Give the day on which so many working days are over."""
        return weekday_at(first_weekday(self.on), count=days) if days else None

    def later(self) -> int | None:
        """Give how many calendar days later the stock is done (50 %) than when nothing is otherwise."""
        if self.outlook is None or self.usual is None:
            return None
        mine, usual = self.done_on(self.outlook.half), self.done_on(self.usual.half)
        return (mine - usual).days if mine and usual else None

    def weeks(self) -> Sequence[tuple[date, int, int]]:
        """Give for the Friday of each week what is left with 50 and with 85 %, until nothing is."""
        left = self.outlook.left if self.outlook else ()
        morning = first_weekday(self.on)
        friday = morning + timedelta(days=4 - morning.weekday())
        ended = next((number for number, each in enumerate(left) if each == (0, 0)), len(left))
        return [(friday + timedelta(weeks=number), *each) for number, each in enumerate(left[: ended + 1])]

    def melting(self, *, title: str, half: str, most: str) -> Markup | None:
        """Draw what is left week by week; `half` and `most` say what each line is."""
        weeks = self.weeks()
        if len(weeks) < 2:
            return None
        fridays = [short_date(friday, language=self.language).rpartition(" ")[0] for friday, _, _ in weeks]
        runs = [(half, [near for _, near, _ in weeks], "near"), (most, [far for _, _, far in weeks], "far")]
        return draw_stock(fridays, runs=runs, title=title)

    def left(self, row: Row, /) -> TimeLeft:
        """Say how much time a case has."""
        return time_left(row["deadline"], today=self.today, paused=row["status"] == "awaiting_supplement")

    def link(self, **changes: object) -> str:
        """Give the address of this page with another list, on its first page."""
        wanted = replace(self.wanted, **{"page": 1, **changes})  # type: ignore[arg-type]  # the fields of Wanted
        asked = {"soort": wanted.product, "lijst": "voorbij" if wanted.passed else ""}
        asked |= {name: "ja" if getattr(self.what_if, field) else "" for name, field in ASKS.items()}
        asked["blad"] = str(wanted.page) if wanted.page > 1 else ""
        chosen: dict[str, Any] = {name: value for name, value in asked.items() if value}
        return url_for("foretelling.show", **chosen)

    def page_link(self, page: int) -> str:
        """Give the address of another page of this list."""
        return self.link(page=page)

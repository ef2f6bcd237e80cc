"""What was counted of filling in forms is kept by day; counts that come later are added."""

from __future__ import annotations

from datetime import date

from services.workflow.inbox import inbox
from shared.events import FormsMeasured, MeasureCount
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW


def test_counts_of_a_day_add_up(town: Town) -> None:
    done = MeasureCount(subject="step", id="what", what="done", count=3)
    left = MeasureCount(subject="form", id="", what="left", count=1)
    for counts in ((done, left), (done,)):
        fact = FormsMeasured(on=date(2026, 11, 24), product="objecten", version="v", counts=counts)
        with town.connection() as connection:
            inbox.handle(connection, fact, now=NOW)
    rows = town.rows("select subject, id, what, count from workflow.measures order by subject")
    assert [tuple(row.values()) for row in rows] == [("form", "", "left", 1), ("step", "what", "done", 6)]

"""The page of before and after: which cases and forms count, and each side as it was known at its own end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.workflow.domain.effect import Windows
from services.workflow.effect_store import count_sides
from shared.catalogue.reader import reopen_product
from shared.catalogue.versions import remember
from shared.database import connect
from tests.conftest import Database
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, PETER, objecten, submission

NOW = datetime.now(UTC)
"""Pages look at the clock."""
LIVE = NOW - timedelta(days=60)
DAY = LIVE.date()
PUBLISH = "insert into catalogue.publication (product, version, serves_from) values ('objecten', %s, %s)"
TIMES = """
insert into workflow.case_times (id, product, team, channel, received_on, ended_on, outcome, step, due, on_time, gross,
                                 net, asked, suspended, extended, defaulted, penalty)
select id, product, team, 'web', received_at::date, received_at::date + %(days)s::int, 'sent', null, deadline, true,
       %(days)s, %(days)s, 0, false, false, false, 0
from workflow.cases where reference = %(reference)s
"""
MEASURES = """
insert into workflow.measures (day, product, version, subject, id, what, count)
select day, 'objecten', %(version)s, subject, '', what, count
from generate_series(%(first)s::date, %(first)s::date + 49, interval '1 day') as day,
     (values ('form', 'sent.web', 8), ('form', 'left', %(left)s::int), ('question', 'error.missing', 3))
     as counted (subject, what, count)
"""


@pytest.fixture
def switched(town: Town, database: Database) -> str:
    """A version that took the place of another, with six cases and fifty days of forms of each; the version."""
    old = objecten()
    new = reopen_product(
        {name: text.replace("days_placed == 1 &&", "days_placed <= 5 &&") for name, text in old.files.items()},
        product_id="objecten",
    )
    with connect(database.dsn("forms")) as connection:
        remember(connection, new)
        for version, days in ((old.version, 300), (new.version, 0)):
            connection.execute(PUBLISH, [version, LIVE - timedelta(days=days)])
    for number in range(12):
        version, came = (old.version, LIVE - timedelta(days=50)) if number < 6 else (new.version, LIVE)
        said = replace(submission(f"Z-2026-EFFE-00{number:02}", received_at=came), version=version)
        town.receive(said)
        with town.connection() as connection:
            connection.execute(TIMES, {"days": 20 if number < 6 else 10, "reference": said.reference})
    with town.connection() as connection:
        for version, first, left in ((old.version, DAY - timedelta(days=50), 4), (new.version, DAY, 2)):
            connection.execute(MEASURES, {"version": version, "first": first, "left": left})
    return new.version


def test_the_page_shows_each_figure_before_and_after_with_what_can_be_said(switched: str, town: Town) -> None:
    peter = town.client(PETER)
    listed = peter.get("/voor-en-na").text
    assert "60 dagen ervoor en erna" in listed
    (row,) = town.rows("select id from catalogue.publication where version = %s", [switched])
    page = peter.get(f"/voor-en-na/{row['id']}").text
    assert "20 dagen" in page
    assert "−10 dagen" in page  # the mean wait, of six cases on each side: no interval
    assert "Te weinig" in page
    assert "33,3 %" in page  # left: 4 of 12
    assert "20 %" in page  # and 2 of 10
    assert "niet bekend" in page  # nobody knows what the season does: there was nothing a year before
    assert town.client(PETER).get("/voor-en-na/999999").status_code == 404
    assert town.client(ELS).get("/voor-en-na").status_code == 403


def test_each_side_is_followed_until_its_own_end_and_no_longer(switched: str, town: Town) -> None:
    windows = Windows(first=DAY - timedelta(days=60), live=DAY - timedelta(days=40), beyond=DAY - timedelta(days=20))
    with town.connection() as connection:
        before, after = count_sides(connection, product="objecten", windows=windows)
    # received fifty days before: twenty days later nothing was known at the end of this window, ten days on
    assert before.waits == {(10, False): 6}
    assert after.waits == {}

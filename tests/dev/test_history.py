"""Five invented years of cases: what the domain derives from them is what the tables hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from dev.example import NoExamplesYetError
from dev.history import fill, planted
from dev.history.fill import CutOffError, fill_history
from dev.history.invent import Order
from services.forms.open_figures import open_figures_of
from services.workflow import lists, times_store
from services.workflow.actions import hearing
from services.workflow.audit import verify
from services.workflow.desk import open_desk
from services.workflow.domain.clock import terms_of
from services.workflow.domain.proposals import propose
from services.workflow.domain.review import review
from services.workflow.domain.times import Step
from services.workflow.domain.trial import as_of
from services.workflow.lists import Wanted
from services.workflow.throughput_figures import Wanted as Half
from services.workflow.throughput_figures import figures_of
from services.workflow.timekeeping import arm_cases, go_off
from services.workflow.trial_store import applications
from services.workflow.trial_work import applied_of
from shared.access import Person
from shared.catalogue.versions import remember
from shared.database import connect
from shared.law.calendar import local_date
from tests.conftest import Database
from tests.services.workflow.town import NOW, objecten, submission

COUNT = 300
LEAD = Person(subject="staff-00", name="", email="", groups=frozenset({"lead", "team:*"}))
FIRST = {
    ("Z-2025-AZR4-F5PR", "Mehmet J. Hendriks"),
    ("Z-2025-9WSY-4Q4A", "Chantal W. van Dijk"),
    ("Z-2026-SDLX-JQPP", "Aylin Z. Öztürk"),
}
"""The first three of every house."""
LATER = NOW + timedelta(days=1)


@pytest.fixture
def order(database: Database) -> Order:
    """A house in which Noor applied once."""
    url = database.dsn("workflow")
    with connect(url) as connection:
        remember(connection, objecten())
        hearing.open_case(submission(), now=NOW, desk=open_desk(connection, now=NOW))
    return Order(
        database_url=url,
        counter_database_url=database.dsn("forms"),
        forms_url="http://forms.example",
        count=COUNT,
        now=LATER,
    )


def test_an_empty_house_has_nothing_to_take_after(database: Database) -> None:
    urls = {"database_url": database.dsn("workflow"), "counter_database_url": database.dsn("forms")}
    with pytest.raises(NoExamplesYetError):
        fill_history(Order(**urls, forms_url="", count=1, now=NOW))


def test_every_case_stands_as_its_own_ledger_says(order: Order) -> None:
    assert fill_history(order) == COUNT
    with connect(order.database_url) as connection:
        desk = open_desk(connection, now=LATER)
        rows = connection.execute("select reference, deadline, status from workflow.cases").fetchall()
        statuses = set()
        for row in rows:
            case = desk.cases.lock(row["reference"])
            clock = case.clock(terms=terms_of(objecten().process), today=case.ledger[-1].on)
            assert (clock.decide_by, case.is_open) == (
                row["deadline"],
                row["status"] in ("received", "in_progress", "awaiting_supplement"),
            )
            assert (clock.sent_on is not None) == (row["status"] == "announced")
            statuses.add(row["status"])
        assert {"announced", "withdrawn", "in_progress"} <= statuses
        assert len(rows) == COUNT + 1


def test_its_timers_are_those_that_the_product_sets_and_none_is_late(order: Order) -> None:
    fill_history(order)
    waiting = "select case_id, what, key, due from workflow.timers where state = 'waiting' order by 1, 2, 3"
    with connect(order.database_url, autocommit=True) as connection:
        before = connection.execute(waiting).fetchall()
        assert before
        assert go_off(connection, now=LATER) == 0
        connection.execute("update workflow.cases set armed = 0")
        arm_cases(connection, now=LATER)
        assert connection.execute(waiting).fetchall() == before


def test_it_is_found_decided_and_filled_in(order: Order) -> None:
    fill_history(order)
    with connect(order.database_url) as connection:
        everything = Wanted(view="all", q="verbouwing")
        found = lists.list_cases(connection, person=LEAD, wanted=everything, today=local_date(LATER))
        assert found.total > COUNT / 2
        decided = connection.execute("select count(*) as n from workflow.decisions").fetchone()
        announced = connection.execute("select count(*) as n from workflow.cases where status = 'announced'").fetchone()
        assert decided == announced
        unfilled = "select from workflow.cases where submission::text ~ '@[A-Z_]+@'"
        assert connection.execute(unfilled).fetchall() == []


def test_a_large_order_leaves_every_index_as_it_was(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    indexes = "select indexname, indexdef from pg_indexes where schemaname = 'workflow' order by 1"
    with connect(order.database_url, autocommit=True) as connection:
        before = connection.execute(indexes).fetchall()
        monkeypatch.setattr(fill, "LARGE", 1)
        fill_history(replace(order, count=3))
        assert connection.execute(indexes).fetchall() == before


def test_its_times_and_sums_are_what_the_product_works_out_anew(order: Order) -> None:
    fill_history(order)
    kept = {
        "case_times": "select * from workflow.case_times order by id",
        "rolled_times": "select * from workflow.rolled_times order by month, what, product, team, channel, value",
        "rolled_flow": "select * from workflow.rolled_flow order by week, step, product, team, channel",
    }
    with connect(order.database_url) as connection:
        assert times_store.keep_up(connection, today=local_date(LATER)) == 1
        before = {name: connection.execute(asked).fetchall() for name, asked in kept.items()}
        assert sum(row["outcome"] == "sent" for row in before["case_times"]) > COUNT / 2
        assert times_store.rebuild(connection, today=local_date(LATER)) == COUNT + 1
        assert {name: connection.execute(asked).fetchall() for name, asked in kept.items()} == before


def test_what_staff_did_stands_in_an_audit_log_that_holds(order: Order) -> None:
    fill_history(order)
    fill_history(replace(order, count=3))
    with connect(order.database_url) as connection:
        claims = "select count(*) as n from workflow.timeline where kind = 'claimed'"
        logged = "select count(*) as n from workflow.audit where act = 'case.claim'"
        assert connection.execute(claims).fetchone() == connection.execute(logged).fetchone()
        rows = connection.execute("select count(*) as n from workflow.audit").fetchone()
        found = verify(connection)
    assert found.broken is None
    assert rows == {"n": found.rows}
    assert found.rows > COUNT


def test_a_house_that_was_filled_by_half_is_not_filled_further(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fill, "_fill_chunks", break_off)
    with pytest.raises(KeyboardInterrupt):
        fill_history(order)
    monkeypatch.undo()
    with pytest.raises(CutOffError, match="make reset"):
        fill_history(order)


def test_the_first_order_is_the_same_in_every_house_and_a_second_makes_others(order: Order) -> None:
    for _ in range(2):
        assert fill_history(replace(order, count=3)) == 3
    with connect(order.database_url) as connection:
        rows = connection.execute("select reference, applicant from workflow.cases where applicant <> 'Noor de Vries'")
        made = {(row["reference"], row["applicant"]) for row in rows}
    assert len(made) == 6
    assert made >= FIRST


def test_what_is_planted_is_found_on_top_and_the_sound_rules_are_left_alone(order: Order) -> None:
    fill_history(replace(order, count=1_500))
    today = local_date(LATER)
    with connect(order.database_url) as connection:
        rows = connection.execute("select id from workflow.cases").fetchall()
        product = as_of(objecten(), day=today)
        cases = applications(connection, cases=[row["id"] for row in rows])
        found = propose(review(map(applied_of, cases), product=product), product=product)
        half_year = Half(since=today - timedelta(days=180), until=today)
        figures = figures_of(connection, wanted=half_year, today=today, euros_a_day=Decimal(4))
    rule, comparison, limit = planted.TOO_LOW
    assert [(one.kind, one.subject) for one in found] == [
        ("threshold", rule),
        ("burden", planted.NEVER_MATTERS),
        ("skipped", planted.FOR_NOTHING),
    ]
    threshold, slowest = found[0].threshold, figures.bottlenecks[0]
    assert threshold is not None
    assert (threshold.text, found[0].limit) == (comparison, limit)
    assert (slowest.product, slowest.step) == (planted.PRODUCT, Step.ADVISER)


def test_everybody_reads_the_figures_of_the_invented_years(order: Order) -> None:
    fill_history(order)
    counted = "select sum(asked)::int as asked, sum(marks)::int as marks from forms.open_figures"
    with connect(order.counter_database_url) as connection:
        years = open_figures_of(connection, products=["objecten"])
        told = connection.execute(counted).fetchone()
    with connect(order.database_url) as connection:
        given = connection.execute("select count(*)::int as marks from workflow.every_mark").fetchone()
    assert [one.year for one in years] == [2026, 2025, 2024, 2023, 2022, 2021]
    assert given
    assert told == {"asked": COUNT, **given}
    assert given["marks"] > COUNT / 8

"""What will be late: ages that follow from ledgers, chances that are kept and come true, and the page of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from services.workflow import foretelling
from services.workflow.foretelling import A_NIGHT, foretell, foretell_apart
from services.workflow.people import remember_person
from services.workflow.span_queries import dawn_of, keep_spans, lived_until, stock_on
from services.workflow.times_store import keep_up, rebuild
from shared.events import DayBegan
from shared.ids import new_id
from shared.law.calendar import add_working_days, working_days_between
from tests.services.workflow.conftest import Town
from tests.services.workflow.test_figures_alike import Tables
from tests.services.workflow.town import ELS, NOW, PETER, TODAY, somebody, submission

BRAM = somebody("bram", "Bram de Wit", "functional-administrator")
MONDAY = date(2026, 6, 1)
CLOSED = 120
"""Cases of a history: a third takes forty working days, which is over eight weeks, the others twenty."""


def come(town: Town, reference: str, *, on: date) -> UUID:
    """Have an application come in on this day; give the number of its case."""
    town.now = dawn_of(on) + timedelta(hours=10)
    town.receive(submission(reference, received_at=town.now))
    number: UUID = town.rows("select id from workflow.cases where reference = %s", [reference])[0]["id"]
    return number


def enter(town: Town, case_id: UUID, *, kind: str, on: date, **more: Any) -> None:
    """Enter a line in the ledger."""
    values = {"case_id": case_id, "kind": kind, "at": dawn_of(on) + timedelta(hours=11), **more}
    names = ", ".join(values)
    with town.connection() as connection:
        holes = ", ".join(["%s"] * len(values))
        connection.execute(f"insert into workflow.ledger ({names}) values ({holes})", list(values.values()))


def close(town: Town, case_id: UUID, *, on: date) -> None:
    """Have the decision sent."""
    enter(town, case_id, kind="sent", on=on)
    town.rows("update workflow.cases set status = 'announced', handler = 'samir' where id = %s returning id", [case_id])


def take(town: Town, case_id: UUID, *, on: date) -> None:
    """Have somebody take the case."""
    with town.connection() as connection:
        statement = "insert into workflow.timeline (case_id, kind, at) values (%s, 'claimed', %s)"
        connection.execute(statement, [case_id, dawn_of(on) + timedelta(hours=9)])


def test_ages_leave_out_free_days_and_days_on_which_the_term_stood_still(town: Town) -> None:
    case_id, asked, held = come(town, "Z-2026-AGES-0001", on=MONDAY), new_id(), new_id()
    take(town, case_id, on=date(2026, 6, 3))
    # asked on Thursday 4 June, answered on Thursday 11 June: Friday to Wednesday stand still, four working days
    enter(town, case_id, kind="asked", on=date(2026, 6, 4), request_id=asked, answer_by=date(2026, 6, 18))
    enter(town, case_id, kind="answered", on=date(2026, 6, 11), request_id=asked)
    # consent to delay from 10 June to 12 June: two more working days
    days = {"first_day": date(2026, 6, 10), "last_day": date(2026, 6, 12), "ground": "consent"}
    enter(town, case_id, kind="suspended", on=date(2026, 6, 9), request_id=held, **days)
    # a standstill that was entered by mistake counts until it was taken back, and not after
    wrong = {"act": new_id(), "first_day": date(2026, 6, 16), "last_day": date(2026, 6, 30), "ground": "consent"}
    enter(town, case_id, kind="suspended", on=date(2026, 6, 16), request_id=new_id(), **wrong)
    enter(town, case_id, kind="corrected", on=date(2026, 6, 18), corrects=wrong["act"])
    ages = {
        date(2026, 6, 1): None,
        date(2026, 6, 5): 3,
        date(2026, 6, 8): 3,
        date(2026, 6, 15): 4,
        date(2026, 6, 17): 4,
        date(2026, 6, 19): 8,
    }
    with town.connection() as connection:
        for day, age in ages.items():
            stock = stock_on(connection, on=day)
            assert [row["age"] for row in stock] == ([] if age is None else [age]), day
        # on a Saturday it is as old as it will be on Monday morning
        assert stock_on(connection, on=date(2026, 6, 20))[0]["age"] == 9
        # what is kept is the last day of before the question; told is the one if the answer comes today: three days on
        connection.execute("update workflow.cases set status = 'awaiting_supplement', deadline = '2026-07-27'")
        foretell(connection, today=date(2026, 6, 8))
        (told,) = connection.execute("select deadline from workflow.foretold").fetchall()
        assert told["deadline"] == date(2026, 7, 30)
    close(town, case_id, on=date(2026, 6, 22))
    with town.connection() as connection:
        assert keep_spans(connection, today=TODAY, most=0) == 0
        assert keep_spans(connection, today=TODAY, most=5) == 1
        assert keep_spans(connection, today=TODAY) == 0
        (span,) = connection.execute("select * from workflow.spans").fetchall()
        assert (span["days"], span["taken_after"], span["ended_on"]) == (9, 2, date(2026, 6, 22))
    # the letter did not arrive and went again: that sending counts, and the span is worked out anew
    enter(town, case_id, kind="sent", on=date(2026, 6, 29))
    with town.connection() as connection:
        connection.execute("insert into workflow.timeline (case_id, kind, at) values (%s, 'sent', now())", [case_id])
        assert keep_up(connection, today=TODAY) == 1
        assert keep_spans(connection, today=TODAY) == 1
        (span,) = connection.execute("select * from workflow.spans").fetchall()
        assert (span["days"], span["taken_after"], span["ended_on"]) == (14, 2, date(2026, 6, 29))
        # what was kept in another way of counting goes when everything is worked out anew
        connection.execute("update workflow.spans set days = 99")
        rebuild(connection, today=TODAY)
        assert keep_spans(connection, today=TODAY) == 1
        (span,) = connection.execute("select * from workflow.spans").fetchall()
        assert span["days"] == 14
        # seen from before its end it is open, and not known to have ended
        before = date(2026, 6, 15)
        (lived,) = lived_until(connection, on=before, stock=stock_on(connection, on=before))
        assert (lived.over, lived.days, lived.taken_after) == (False, 4, 2)


@pytest.fixture
def history(town: Town) -> Town:
    """A history in which a third was late, and two open cases: one half way, one that is late."""
    with town.connection() as connection:
        remember_person(connection, person=PETER, now=NOW)
        remember_person(connection, person=BRAM, now=NOW)
    for number in range(CLOSED):
        came = add_working_days(date(2026, 3, 2), count=number // 2 * 2)
        case_id = come(town, f"Z-2026-PAST-{number:04}", on=came)
        take(town, case_id, on=came)
        close(town, case_id, on=add_working_days(came, count=45 if number % 3 == 0 else 20))
    for reference, days in (("Z-2026-HALF-0001", 10), ("Z-2026-LATE-0002", 60)):
        case_id = come(town, reference, on=add_working_days(TODAY, count=-days))
        take(town, case_id, on=add_working_days(TODAY, count=-days))
    town.now = NOW
    return town


def test_a_day_foretells_keeps_what_was_said_and_sees_what_came_true(history: Town) -> None:
    history.hear(DayBegan(on=TODAY))
    told = {row["deadline"]: row for row in history.rows("select * from workflow.foretold")}
    half, late = told[max(told)], told[min(told)]
    assert (late["basis"], late["chance"]) == ("passed", 1.0)
    # of those that were ten days old all are alike, a third of the closed ones took longer than this term
    assert (half["basis"], half["age"], half["late"] / half["alike"]) == (
        "product_state",
        10,
        pytest.approx(1 / 3, abs=0.05),
    )
    assert half["chance"] == pytest.approx(1 / 3, abs=0.05)
    # a night looks back three months: in one of them nothing was open
    assert A_NIGHT == 3
    nights = history.rows("select distinct said_on from workflow.said order by 1")
    assert [night["said_on"] for night in nights] == [date(2026, 9, 1), date(2026, 10, 1)]
    with history.connection() as connection:
        foretell(connection, today=TODAY)
    said = history.rows("select * from workflow.said order by said_on, case_id")
    assert len({row["said_on"] for row in said}) > len(nights)
    known = [row for row in said if row["late"] is not None]
    assert {row["said_on"].day for row in said} == {1}
    for row in known:
        over = history.rows("select received_on, ended_on from workflow.spans where case_id = %s", [row["case_id"]])
        took = [working_days_between(case["received_on"], until=case["ended_on"]) for case in over]
        assert row["late"] == (not took or took[0] > row["term"])  # the one that is not over is late already
    assert len(history.rows("select * from workflow.outlooks")) == 8
    with history.connection() as connection:
        foretell(connection, today=TODAY)
    assert history.rows("select * from workflow.said order by said_on, case_id") == said
    assert sorted(told) == [
        row["deadline"] for row in history.rows("select deadline from workflow.foretold order by 1")
    ]


def test_a_forecast_that_fails_leaves_the_day_and_that_of_yesterday(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(town, "Z-2026-OPEN-0001", on=MONDAY)
    with town.connection() as connection:
        foretell(connection, today=TODAY)
    monkeypatch.setattr(foretelling, "lived_until", lambda *_, **__: 1 / 0)
    with town.connection() as connection:
        connection.execute("update workflow.people set name = 'Els' where subject = 'els'")
        foretell_apart(connection, today=TODAY)
    assert len(town.rows("select * from workflow.foretold")) == 1
    assert town.rows("select name from workflow.people where subject = 'els'") == [{"name": "Els"}]


def test_a_small_kind_of_case_takes_another_along_so_that_nobody_can_subtract_it(history: Town) -> None:
    for place in range(13):
        come(history, f"Z-2026-M0RE-000{place:X}", on=TODAY - timedelta(days=7))
    with history.connection() as connection:
        foretell(connection, today=TODAY)
        for product, least, most in (("woo-verzoek", 0, 1), ("terras", 2, 7)):
            for table, key in (("foretold", "case_id"), ("cases", "id")):
                connection.execute(
                    f"update workflow.{table} set product = %s where {key} in (select id from workflow.cases "
                    "where reference between %s and %s)",
                    [product, f"Z-2026-M0RE-000{least}", f"Z-2026-M0RE-000{most}"],
                )
    page = history.client(BRAM).get("/wat-wordt-te-laat").text
    (kinds, *_) = Tables(page).found
    assert sorted(row[1] for row in kinds) == ["7", "minder dan 5 zaken", "niet getoond"]  # two, and six with them


def test_the_page_shows_cases_to_who_may_see_them_and_numbers_of_five_or_more(history: Town) -> None:
    els = history.client(ELS)
    assert "Morgen staat het er voor het eerst" in els.get("/wat-wordt-te-laat").text
    with history.connection() as connection:
        foretell(connection, today=TODAY)
    page = els.get("/wat-wordt-te-laat").text
    assert 'href="/zaken/Z-2026-HALF-0001"' in page
    assert "Van deze soort waren " in page
    assert " even oude zaken langer open dan deze mag." in page
    assert "Ook die waren toen al in behandeling." in page
    assert "Z-2026-LATE-0002" not in page
    assert "minder dan 5 zaken" in page
    over = els.get("/wat-wordt-te-laat?lijst=voorbij&soort=objecten&blad=x").text
    assert "Z-2026-LATE-0002" in over
    assert "De uiterste dag is voorbij." in over
    assert "Hier staan geen zaken." in els.get("/wat-wordt-te-laat?soort=woo-verzoek").text
    numbers = history.client(BRAM).get("/wat-wordt-te-laat").text
    assert "U ziet hier alleen aantallen, geen zaken." in numbers
    assert "Z-2026" not in numbers
    # two weeks, and one more when next week is closed
    told = {"as_now": 10, "closed": 15}
    with history.connection() as connection:
        for what_if, days in told.items():
            left = [[30, 40], [9, 20], [0, 4], [0, 0]]
            connection.execute(
                "update workflow.outlooks set outlook = %s where what_if = %s",
                [Jsonb({"half": days, "most": days + 4, "left": left}), what_if],
            )
    assert "dagen later dan nu" not in els.get("/wat-wordt-te-laat").text
    closed = els.get("/wat-wordt-te-laat?dicht=ja").text
    for words in ("Dat is 7 dagen later dan nu.", "14 dec 2026", 'id="dicht" value="ja" checked', 'role="img"'):
        assert words in closed
    assert '<td class="balie-num">9</td><td class="balie-num">20</td>' in closed

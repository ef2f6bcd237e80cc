"""Throughput times of a town: kept up with what happens, the same as from the ledger, page and files alike."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from psycopg.errors import LockNotAvailable

from services.workflow import times_store
from services.workflow.actions import handling, hearing
from services.workflow.desk import open_desk
from services.workflow.digests import count_morning
from services.workflow.goal_store import count_missed
from services.workflow.people import remember_person
from services.workflow.times_store import add_up, forget, keep_up, rebuild
from shared.database import Connection
from shared.events import ApplicationWithdrawn
from shared.law.calendar import local_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, NOW, PETER, RUUD, SAMIR, TODAY, somebody, submission

DAYS = (3, 10, 20, 30, 40, 70)
"""Calendar days until each decision was sent; the last is later than eight weeks."""
SENT = """
insert into workflow.ledger (case_id, kind, at) select id, each, %(at)s
from workflow.cases, unnest(array['decided', 'sent']) as each where reference = %(reference)s
"""
TOLD = """
insert into workflow.timeline (case_id, kind, at) select id, 'sent', %(at)s from workflow.cases
where reference = %(reference)s
"""
SUMS = """
select 'times' as part, month::text as at, what, product, team, channel, value, cases::int as n, 0 as m
from workflow.rolled_times where cases <> 0
union all
select 'flow', week::text, step, product, team, channel, 0, entered::int, "left"::int
from workflow.rolled_flow where entered <> 0 or "left" <> 0
order by 1, 2, 3, 4, 5, 6, 7
"""


def number(reference: int | str) -> str:
    return f"Z-2026-T1ME-000{reference}"


@pytest.fixture
def town_at_work(town: Town) -> Town:
    """Six decisions sent in this year, one application taken back, and one that is open."""
    came = NOW - timedelta(days=80)
    with town.connection() as connection:
        for person in (PETER, SAMIR):
            remember_person(connection, person=person, now=NOW)
    for place, days in enumerate(DAYS):
        town.receive(submission(number(place), received_at=came))
        town.now = came + timedelta(days=2)
        with town.desk() as desk:
            handling.claim(number(place), person=SAMIR, now=town.now, desk=desk)
        told = {"at": came + timedelta(days=days), "reference": number(place)}
        with town.connection() as connection:
            connection.execute(SENT, told)
            connection.execute(TOLD, told)
    town.now = NOW
    town.receive(submission(number(7), received_at=NOW - timedelta(days=9)))
    town.receive(submission(number(8), received_at=NOW - timedelta(days=9)))
    taken_back = ApplicationWithdrawn(reference=number(8), at=NOW, because="")
    with town.connection() as connection:
        hearing.receive_withdrawal(taken_back, now=NOW, desk=open_desk(connection, now=NOW))
        _catch_up(connection)
    return town


def _catch_up(connection: Connection) -> int:
    done = 0
    while more := keep_up(connection, today=TODAY):
        done += more
    return done


def figures(town: Town, query: str = "") -> dict[tuple[str, str, str], Any]:
    found = json.loads(town.client(PETER).get(f"/doorlooptijden.json{query}").text)
    return {(each["part"], each["group"], each["measure"]): each["value"] for each in found["figures"]}


def test_figures_are_those_that_a_hand_works_out(town_at_work: Town) -> None:
    found = figures(town_at_work)
    assert found["all", "", "cases"] == len(DAYS)
    assert found["all", "", "on_time_percent"] == pytest.approx(83.3)
    assert found["all", "", "gross_days_50"] == 20  # the third of six
    assert found["all", "", "gross_days_85"] == found["all", "", "gross_days_95"] == 70  # the sixth of six
    assert (found["all", "", "withdrawn"], found["all", "", "complete"]) == (1, 6)
    assert found["product", "objecten", "cases"] == 6
    assert (found["step", "queue", "days_50"], found["step", "handler", "days_50"]) == (2, 18)
    came = [value for (part, _, measure), value in found.items() if (part, measure) == ("week", "came")]
    assert sum(came) == 8
    assert [key for key in found if key[0] == "open"] == []  # one case stands open: too few to tell of
    assert found["step", "queue", "days"] == found["bottleneck", "objecten queue", "days"] == 12  # two days each
    assert (found["bottleneck", "objecten queue", "cases"], found["bottleneck", "objecten queue", "euros"]) == (6, 48)
    last_week = local_date(NOW - timedelta(days=TODAY.weekday())).isoformat()
    assert found["week", last_week, "queue"] == 1


def test_what_is_kept_up_is_what_the_ledger_gives(town_at_work: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = town_at_work.rows(SUMS)
    assert kept
    with town_at_work.connection() as connection:
        assert rebuild(connection, today=TODAY) == 8
    assert town_at_work.rows(SUMS) == kept
    monkeypatch.setattr(times_store, "AT_ONCE", 3)
    with town_at_work.connection() as connection, town_at_work.connection() as reader:
        assert rebuild(connection, today=TODAY, reader=reader) == 8
    assert town_at_work.rows(SUMS) == kept
    with town_at_work.connection() as connection:
        connection.execute(TOLD, {"at": NOW, "reference": number(0)})
        assert _catch_up(connection) == 1  # worked out once more, counted once
    assert town_at_work.rows(SUMS) == kept


def test_a_destroyed_case_counts_on_under_no_number(town_at_work: Town) -> None:
    kept = town_at_work.rows(SUMS)
    [case] = town_at_work.rows("select id from workflow.cases where reference = %s", [number(0)])
    with town_at_work.connection() as connection:
        forget(connection, reference=number(0))
    assert town_at_work.rows("select 1 from workflow.case_times where id = %s", [case["id"]]) == []
    assert town_at_work.rows("select count(*)::int as n from workflow.case_times where gone") == [{"n": 1}]
    assert town_at_work.rows(SUMS) == kept


def test_a_case_that_cannot_be_read_keeps_no_other_from_its_times(town_at_work: Town) -> None:
    with town_at_work.connection() as connection:
        connection.execute("update workflow.cases set version = 'gone' where reference = %s", [number(0)])
        for place in (0, 7):
            connection.execute(TOLD, {"at": NOW, "reference": number(place)})
        assert _catch_up(connection) == 2
    assert figures(town_at_work)["all", "", "cases"] == len(DAYS) - 1
    assert town_at_work.rows("select count(*)::int as n from workflow.case_times where step = 'queue'") == [{"n": 1}]


def test_open_work_is_told_of_from_five_cases_on(town_at_work: Town) -> None:
    assert "minder dan 5 zaken" in town_at_work.client(PETER).get("/doorlooptijden").text
    for place in (6, 9, "A", "B"):
        town_at_work.receive(submission(number(place), received_at=NOW - timedelta(days=3)))
    with town_at_work.connection() as connection:
        _catch_up(connection)
    found = figures(town_at_work)
    assert (found["open", "", "cases"], found["open", "", "late"], found["open", "queue", "zone_0"]) == (5, 0, 5)
    assert found["open", "", "oldest_days"] >= 9  # pages go by the day that it is


def test_who_destroys_a_case_waits_for_who_works_out_its_times(town_at_work: Town) -> None:
    with town_at_work.connection() as working, town_at_work.connection() as destroying:
        working.execute(TOLD, {"at": NOW, "reference": number(0)})
        _catch_up(working)
        destroying.execute("set lock_timeout = '100ms'")
        with pytest.raises(LockNotAvailable):
            forget(destroying, reference=number(0))
    with town_at_work.connection() as connection:
        forget(connection, reference=number(0))
    assert town_at_work.rows("select count(*)::int as n from workflow.case_times where gone") == [{"n": 1}]


def test_page_files_and_print_show_the_same_to_who_may_see_figures(town_at_work: Town) -> None:
    peter = town_at_work.client(PETER)
    page = peter.get("/doorlooptijden").text
    assert "6 besluiten" in page
    assert "83,3 <small>%</small>" in page
    assert "Voorwerp op of aan de weg: wacht op behandelaar.</strong> 6 zaken wachtten samen 12 dagen" in page
    assert page.count('role="img"') == 2 * 3  # flow, steps and weeks, wide and slim
    assert page.count('class="dot-late"') == 2
    rows = list(csv.reader(io.StringIO(peter.get("/doorlooptijden.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Deel", "Groep", "Maat", "Waarde"]
    assert ["all", "", "on_time_percent", "83,3"] in rows
    assert peter.get("/doorlooptijden.xlsx").data.startswith(b"PK")
    assert peter.get("/doorlooptijden.pdf").data.startswith(b"%PDF")
    assert peter.get("/doorlooptijden.exe").status_code == 404
    answer = town_at_work.client().get("/api/v1/figures/throughput", headers=town_at_work.bearer(ELS))
    assert answer.get_json() == json.loads(peter.get("/doorlooptijden.json").text)
    refused = town_at_work.client().get("/api/v1/figures/throughput", headers=town_at_work.bearer(RUUD))
    assert refused.status_code == 403
    assert "Team lead" not in town_at_work.client(ELS).get("/doorlooptijden").text
    assert town_at_work.client(RUUD).get("/doorlooptijden").status_code == 403


def test_a_small_group_is_not_shown_and_an_unknown_filter_is_left_out(town_at_work: Town) -> None:
    found = figures(town_at_work, "?per=month")
    assert [key for key in found if key[0] == "month"] == []  # six decisions over three months
    peter = town_at_work.client(PETER)
    assert "minder dan 5 besluiten" in peter.get("/doorlooptijden?per=month&periode=12m").text
    with town_at_work.connection() as connection:
        connection.execute("update workflow.rolled_times set cases = 0 where value > 10")
    few = peter.get("/doorlooptijden").text
    assert "minder dan 5 besluiten" in few
    assert "Dagen samen" not in few
    assert 'Ingetrokken door de aanvrager</th><td class="balie-num"><span class="balie-muted">–' in few
    with town_at_work.connection() as connection:
        rebuild(connection, today=TODAY)
    assert figures(town_at_work, "?soort=niets&periode=morgen") == figures(town_at_work)


SOME_AT_THE_DESK = """
insert into workflow.rolled_times as r (month, what, product, team, channel, value, cases)
select distinct month, also.what, product, team, by.channel, 30, 3
from workflow.rolled_times, unnest(array['gross', 'on_time']) as also (what), unnest(array['desk', '*']) as by (channel)
where month = (select max(month) from workflow.rolled_times where cases > 0)
on conflict (month, what, product, team, channel, value) do update set cases = r.cases + excluded.cases
"""


def test_no_small_group_can_be_worked_out_from_two_larger_ones(town_at_work: Town) -> None:
    with town_at_work.connection() as connection:
        connection.execute(SOME_AT_THE_DESK)
    whole = figures(town_at_work, "?per=channel")
    assert whole["all", "", "cases"] == 9
    assert [key for key in whole if key[0] == "channel"] == []  # six and nine would give the three away
    for chosen in ("kanaal=web", "kanaal=web&soort=objecten&per=month", "kanaal=web&per=team"):
        told = figures(town_at_work, f"?{chosen}")
        assert [key for key in told if key[0] in ("all", "before", "product", "team", "step", "bottleneck")] == []
    page = town_at_work.client(PETER).get("/doorlooptijden?kanaal=web").text
    assert "niet getoond" in page
    assert "Z-2026-T1ME" not in page
    assert figures(town_at_work, "?soort=objecten")["all", "", "cases"] == 9  # nothing is left out by it


def test_open_work_and_its_flow_tell_of_no_few_cases_by_subtracting_either(town_at_work: Town) -> None:
    for place in (6, 9, "A", "B", "C", "D", "E"):
        town_at_work.receive(submission(number(place), received_at=NOW - timedelta(days=3)))
    with town_at_work.connection() as connection:
        _catch_up(connection)
        connection.execute(
            "update workflow.case_times t set channel = 'desk' from workflow.cases c "
            "where c.id = t.id and reference = any(%s)",
            [[number("D"), number("E")]],
        )
        add_up(connection)
    whole, web = figures(town_at_work), figures(town_at_work, "?kanaal=web")
    assert whole["open", "", "cases"] == 8
    assert "week" in {part for part, _, _ in whole}
    assert {part for part, _, _ in web} & {"open", "week"} == set()  # six of eight would give the two away
    page = town_at_work.client(PETER).get("/doorlooptijden?kanaal=web").text
    assert '<p class="balie-muted">niet getoond</p>' in page
    assert town_at_work.client(PETER).get("/doorlooptijden.pdf?kanaal=web").status_code == 200
    assert figures(town_at_work, "?soort=objecten")["open", "", "cases"] == 8  # nothing is left out by it


def test_only_cases_of_ones_own_reach_are_named_among_the_dots(town_at_work: Town) -> None:
    for person, groups in (("bram", "functional-administrator"), ("cora", "lead team:care")):
        reader = somebody(person, "Somebody", *groups.split())
        page = town_at_work.client(reader).get("/doorlooptijden").text
        assert page.count('class="dot-late"') == 2
        assert "Niet te openen" in page
        assert "Z-2026-T1ME" not in page
    assert "/zaken/Z-2026-T1ME-0005" in town_at_work.client(ELS).get("/doorlooptijden").text


def test_a_goal_that_will_be_missed_stands_on_top_and_is_told_to_its_owner_in_the_morning(town_at_work: Town) -> None:
    peter, els = town_at_work.client(PETER), town_at_work.client(ELS)
    typed = {"product": "objecten", "percent": "85", "owner": "els"}
    assert els.post("/doelen", data=typed).status_code == 403
    for wrong in ({"product": "niets"}, {"percent": "101"}, {"percent": "-1"}, {"owner": "noor"}):
        assert peter.post("/doelen", data=typed | wrong).status_code == 422
    page = peter.post("/doelen", data=typed, follow_redirects=True).text
    assert "83,3 %" in page
    assert "Dit halen wij niet" in page
    assert "verstuurd op of voor de uiterste datum." in page  # what is in time stands where it is asked for
    assert "minder dan 5 open zaken" in page
    assert "Onder het doel (85 %)" in els.get("/doorlooptijden?soort=objecten").text
    with town_at_work.connection() as connection:
        assert count_missed(connection, owner="els", today=TODAY) == 1
        lines = count_morning(connection, person=ELS, since=TODAY, today=TODAY, staff_url="http://staff.example")
    assert [(line.count, line.link) for line in lines if line.kind == "goals"] == [(1, "http://staff.example/doelen")]
    assert "Op koers" in peter.post("/doelen", data=typed | {"percent": "80"}, follow_redirects=True).text
    assert "Er is nog geen doel" in peter.post("/doelen", data=typed | {"percent": ""}, follow_redirects=True).text


def test_nobody_waits_while_everything_is_worked_out_anew(town_at_work: Town) -> None:
    before = figures(town_at_work)
    with town_at_work.connection() as building, town_at_work.connection() as handler:
        rebuild(building, today=TODAY)
        handler.execute("set lock_timeout = '1s'")
        handler.execute(TOLD, {"at": NOW, "reference": number(7)})
        handler.execute("select count(*) from workflow.rolled_times").fetchone()
    assert [row["n"] for row in town_at_work.rows("select count(*)::int as n from workflow.stirred")] == [1]
    assert figures(town_at_work) == before

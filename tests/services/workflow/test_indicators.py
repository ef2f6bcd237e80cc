"""The table of indicators: worked out from cases as a hand does it, entered with two persons, closed by year."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.workflow.indicator_figures import work_out, work_out_all, work_out_last
from services.workflow.people import remember_person
from services.workflow.times_store import rebuild
from services.workflow.web import indicator_page
from shared.access import Person
from shared.catalogue.reader import reopen_product
from shared.catalogue.versions import remember
from shared.database import connect
from tests.conftest import Database
from tests.services.workflow.conftest import Town
from tests.services.workflow.test_figures_alike import NUMBER, Tables, of_workbook, plain
from tests.services.workflow.town import ELS, NOW, PETER, TODAY, somebody, submission

BRAM = somebody("bram", "Bram de Wit", "functional-administrator")
DAYS = (3, 10, 20, 40, 70, 90)
"""Calendar days until each decision was sent; the term is eight weeks."""
SAID = """
insert into workflow.decisions (id, case_id, decision, decided_by, decided_at)
select gen_random_uuid(), id, jsonb_build_object('result', %s::text), 'peter', %s
from workflow.cases where reference = %s
"""
DECIDED = """
insert into workflow.ledger (case_id, kind, at) select id, each, %s
from workflow.cases, unnest(array['decided', 'sent']) as each where reference = %s
"""


@pytest.fixture
def year(town: Town) -> Town:
    """Six applications of a year before, each decided after so many days; one was asked about."""
    came = NOW.replace(year=TODAY.year - 1, month=6, day=1)
    with town.connection() as connection:
        for person in (PETER, BRAM):
            remember_person(connection, person=person, now=NOW)
    for number, days in enumerate(DAYS):
        reference = f"Z-2025-1ND1-000{number}"
        town.receive(submission(reference, received_at=came))
        sent = came + timedelta(days=days)
        with town.connection() as connection:
            connection.execute(DECIDED, [sent, reference])
            if number == 0:
                connection.execute(
                    "insert into workflow.marks (case_id, mark, words, at) "
                    "select id, 8, '', %s from workflow.cases where reference = %s",
                    [sent, reference],
                )
                connection.execute(
                    "insert into workflow.ledger (case_id, kind, at, request_id, answer_by) "
                    "select id, 'asked', %s, gen_random_uuid(), %s from workflow.cases where reference = %s",
                    [came, came.date(), reference],
                )
    with town.connection() as connection:
        rebuild(connection, today=TODAY)
    return town


def figures(town: Town) -> dict[str, Any]:
    found = json.loads(town.client(PETER).get("/indicatoren.json").text)
    return {line["indicator"]: line for line in found}


def enter(town: Town, *, person: Person = PETER, **fields: str) -> TestResponse:
    typed = {"indicator": "on_time", "what": "target", "year": str(TODAY.year), "value": "90", "because": "Begroting"}
    return town.client(person).post("/indicatoren/cijfers", data={**typed, **fields}, follow_redirects=True)


def test_figures_are_those_that_a_hand_works_out(year: Town) -> None:
    last = str(TODAY.year - 1)
    found = figures(year)
    # received on 1 June, decided by 27 July at the latest: four of six
    assert found["on_time"]["realised"][last] == pytest.approx(66.7)
    assert found["median_days"]["realised"][last] == 20  # the third of six: half were done by then
    assert found["p85_days"]["realised"][last] == 90  # 85 of 100 take the sixth along
    assert found["complete"]["realised"][last] == pytest.approx(83.3)
    assert found["digital"]["realised"][last] == 100
    assert found["applications"]["realised"][last] == 6
    rows = [row.question for section in submission().shown for row in section.rows]
    assert found["asked"]["realised"][last] == len(rows)
    assert found["answers"]["realised"][last] == len(submission().answers)
    assert found["mark"]["realised"] == {}  # one mark would tell of one person
    assert found["penalties"]["realised"][last] == 0  # nothing had to be paid: that is known


def test_every_indicator_is_the_same_on_the_page_in_files_and_in_print(
    year: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(indicator_page, "make_pdf", lambda html, **_: pressed.append(html) or b"%PDF")
    enter(year, value="92,25")
    year.rows("update workflow.entered_figures set agreed = true, judged_by = 'bram', judged_at = now() returning id")
    with year.connection() as connection:
        connection.execute(
            "insert into workflow.worked_out values ('mark', 2024, 7.26, 9), ('mark', 2025, 7.34, 9) "
            "on conflict (indicator, year) do update set value = excluded.value, cases = excluded.cases"
        )
    peter, last = year.client(PETER), TODAY.year
    told = {line["name"]: line for line in peter.get("/indicatoren.json").get_json()}
    assert told["Op tijd beslist"]["target"] == {str(last): 92.25}
    assert told["Cijfer van inwoners"]["realised"] == {"2024": 7.3, "2025": 7.3}
    assert told["Cijfer van inwoners"]["trend"] == "same"  # as everybody reads it
    assert told["Op tijd beslist"]["explanation"] == [{"year": last, "figure": "target", "because": "Begroting"}]
    text = peter.get("/indicatoren.csv").data.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert of_workbook(peter.get("/indicatoren.xlsx").data) == [head, *rows]
    words = {"realised": "gehaald", "target": "doel"}
    figures_told = {
        (name, year_, word): value
        for name, line in told.items()
        for what, word in words.items()
        for year_, value in line[what].items()
    }
    assert {(row[1], row[4], row[5]): plain(row[6]) for row in rows} == figures_told
    tables = Tables(peter.get("/indicatoren").text).found
    assert peter.get("/indicatoren.pdf").data == b"%PDF"
    assert Tables(pressed[-1]).found == tables[: len(Tables(pressed[-1]).found)]
    for name, line in told.items():
        for unit in {row[3] for row in rows if row[1] == name}:
            (cells,) = (row for table in tables for row in table if row[0].startswith(f"{name}{unit}"))
            by_year = [cells[1], *cells[3 : -indicator_page.AHEAD]]
            shown = [plain(cell) for cell in by_year if NUMBER.match(cell.removeprefix("€").strip())]
            assert shown == [line["realised"][year_] for year_ in sorted(line["realised"], reverse=True)]
    assert peter.get("/indicatoren.exe").status_code == 404


def test_a_target_counts_once_a_colleague_agrees(year: Town) -> None:
    assert "Het cijfer staat klaar" in enter(year).text
    assert figures(year)["on_time"]["target"] == {}
    (row,) = year.rows("select id from workflow.entered_figures")
    place = f"/indicatoren/cijfers/{row['id']}"
    own = year.client(PETER).post(place, data={"agreed": "yes"}, follow_redirects=True).text
    assert "Een collega moet het nakijken." in own
    assert year.client(ELS).post(place, data={"agreed": "yes"}).status_code == 403
    year.client(BRAM).post(place, data={"agreed": "yes"})
    assert figures(year)["on_time"]["target"] == {str(TODAY.year): 90.0}
    assert "90&nbsp;%" in year.client(ELS).get("/indicatoren").text
    throughput = json.loads(year.client(PETER).get("/doorlooptijden.json").text)["figures"]
    assert [each["value"] for each in throughput if each["measure"] == "goal_percent"] == [90.0]


def test_what_is_worked_out_cannot_be_entered_and_faults_keep_what_was_typed(year: Town) -> None:
    answer = enter(year, what="realised", value="negentig", year="26", because="")
    assert answer.status_code == 422
    for words in ("Vul een getal in", "Vul een jaar in", "waar dit cijfer vandaan komt", 'value="negentig"'):
        assert words in answer.text


def test_an_indicator_of_a_survey_is_entered_by_people(year: Town) -> None:
    survey = {"programme": "Samen leven", "name": "Ruimte voor initiatief", "source": "Enquête", "unit": "mark"}
    assert year.client(PETER).post("/indicatoren", data=survey).status_code == 422
    year.client(PETER).post("/indicatoren", data={**survey, "better": "higher"})
    (row,) = year.rows("select id from workflow.indicators")
    enter(year, indicator=str(row["id"]), what="realised", value="3,5")
    (figure,) = year.rows("select id from workflow.entered_figures")
    year.client(BRAM).post(f"/indicatoren/cijfers/{figure['id']}", data={"agreed": "yes"})
    assert figures(year)[str(row["id"])]["realised"] == {str(TODAY.year): 3.5}


def test_an_adopted_year_changes_no_more(year: Town) -> None:
    last = TODAY.year - 1
    before = figures(year)["on_time"]["realised"]
    peter, bram = year.client(PETER), year.client(BRAM)
    assert "voorgesteld" in peter.post(f"/indicatoren/jaren/{last}", follow_redirects=True).text
    own = peter.post(f"/indicatoren/jaren/{last}", follow_redirects=True).text
    assert "Een collega moet het vaststellen." in own
    bram.post(f"/indicatoren/jaren/{last}")
    with year.connection() as connection:
        connection.execute("update workflow.rolled_times set cases = 2 * cases where what = 'gross'")
        work_out_all(connection, today=TODAY)
    assert figures(year)["on_time"]["realised"] == before
    assert "Dit jaar is vastgesteld." in enter(year, year=str(last)).text
    assert "nog niet voorbij" in peter.post(f"/indicatoren/jaren/{TODAY.year + 50}", follow_redirects=True).text


def test_working_out_twice_gives_the_same(year: Town) -> None:
    table = "select indicator, year, value, cases from workflow.worked_out order by 1, 2"
    with year.connection() as connection:
        work_out_all(connection, today=TODAY)
    once = year.rows(table)
    with year.connection() as connection:
        work_out_last(connection, today=TODAY)
    assert year.rows(table) == once
    with year.connection() as connection:
        connection.execute("delete from workflow.worked_out")
        work_out_last(connection, today=TODAY)
    assert year.rows(table) == once
    assert once


def test_talks_and_initiatives_have_figures_of_their_own(town: Town) -> None:
    came = NOW.replace(year=TODAY.year - 1, month=6, day=1)
    with town.connection() as connection:
        remember_person(connection, person=PETER, now=NOW)
    for number in range(10):
        product = "starten-voor-de-start" if number < 5 else "burgerinitiatief"
        said = submission(f"Z-2025-TA1K-000{number}", received_at=came)
        town.receive(said)
        with town.connection() as connection:
            connection.execute("update workflow.cases set product = %s where reference = %s", [product, said.reference])
            result = "refused" if number == 9 else "granted_partly"
            connection.execute(SAID, [result, came, said.reference])
    town.receive(submission("Z-2025-TA1K-0010", received_at=came))
    with town.connection() as connection:
        connection.execute(
            "update workflow.cases set kind = 'talk', parent = 'Z-2025-TA1K-0000' where reference = 'Z-2025-TA1K-0010'"
        )
        work_out_all(connection, today=TODAY)
    last, found = str(TODAY.year - 1), figures(town)
    names = ("talks", "talks_on", "initiatives", "initiatives_agreed")
    assert [found[name]["realised"].get(last) for name in names] == [5, 20, 5, 80]


SERVES = "insert into catalogue.publication (product, version, serves_from) values ('park', %s, %s)"


def test_a_text_that_serves_from_a_later_day_on_is_counted_from_then_on(year: Town, database: Database) -> None:
    more = (
        PANEL["form.yaml"]
        + "      - {id: trees, kind: yes_no, optional: true, label: {nl: Zijn er bomen?, en: Trees?}}\n"
    )
    days = [date(TODAY.year - 1, 11, 3), date(TODAY.year - 1, 12, 4)]
    with connect(database.dsn("forms")) as connection:
        for text, day in zip((PANEL["form.yaml"], more), days, strict=True):
            product = reopen_product({**PANEL, "form.yaml": text}, product_id="park")
            remember(connection, product)
            connection.execute(SERVES, [product.version, day])
    counted = []
    for today in (days[1] - timedelta(days=1), days[1]):
        with year.connection() as connection:
            work_out(connection, since=today.year, until=today.year, today=today)
        found = figures(year)
        counted.append([found[name]["realised"][str(today.year)] for name in ("forms", "questions")])
    assert counted == [[1, 2], [1, 3]]


PANEL = {
    "form.yaml": """
title: {nl: Het park, en: The park}
nature: request
theme: say
about: {summary: {nl: Vragen., en: Questions.}, minutes: 3}
roles: {name: none, email: none}
steps:
  - id: park
    title: {nl: Het park, en: The park}
    short: {nl: Het park, en: The park}
    questions:
      - {id: mark, kind: integer, optional: true, label: {nl: Welk cijfer?, en: Which mark?}}
      - {id: lights, kind: yes_no, optional: true, label: {nl: Is het er licht?, en: Is it light?}}
""",
    "process.yaml": "term: {amount: 1, unit: weeks, set_by: own, article: Panel}\n",
}
ANSWERED = (("", "invited", 40), ("mark", "answered", 20), ("mark", "sum", 150), ("lights", "answered", 8))


def test_what_the_residents_panel_answered_is_an_indicator_with_its_source_and_year(year: Town) -> None:
    product = reopen_product(PANEL, product_id="panel-park")
    with year.connection() as connection:
        remember(connection, product)
        for name, what, count in (*ANSWERED, ("lights", "answer.true", 6)):
            connection.execute(
                "insert into workflow.measures values ('2025-06-01', 'panel-park', %s, %s, %s, %s, %s)",
                [product.version, "question" if name else "form", name, what, count],
            )
    found = {row["indicator"]: row for row in year.client(PETER).get("/indicatoren.json").json}
    mark, lights, asked = (found[name] for name in ("panel-park.mark", "panel-park.lights.true", "panel-questions"))
    assert (mark["realised"], mark["unit"], mark["source"]) == ({"2025": 7.5}, "mark", "Bewonerspanel: Het park")
    assert (lights["realised"], lights["unit"], lights["name"]) == ({"2025": 75.0}, "percent", "Is het er licht? Ja")
    assert asked["realised"] == {"2025": 2.0}
    assert "panel-park.lights.false" not in found
    assert "Bewonerspanel: Het park" in year.client(PETER).get("/indicatoren").text

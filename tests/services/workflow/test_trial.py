"""A rule trial from the page of a manager to its report, done by processes of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest

from services.forms.publications import publish_from_folder
from services.workflow.people import remember_person
from services.workflow.trial_store import MOST_FAILURES, Part, find_trial, stop_trial, take_part
from services.workflow.trial_work import do_part, work_trials
from shared.access import Person
from shared.catalogue.reader import reopen_product
from shared.catalogue.versions import remember
from shared.database import connect
from tests.conftest import Database
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, NOW, PETER, objecten, somebody, submission

BRAM = somebody("bram", "Bram de Wit", "functional-administrator")
LATER = NOW + timedelta(hours=1)


DECIDED = """
insert into workflow.decisions (id, case_id, decision, decided_by, decided_at)
select gen_random_uuid(), id, '{"result": "granted", "conditions": [1]}', 'peter', received_at + interval '9 days'
from workflow.cases
"""


def publish_serving(database: Database) -> None:
    """Have the text of the folder serve, as the form service does."""
    with connect(database.dsn("forms")) as connection:
        assert publish_from_folder(connection, objecten(), examples={}, at=NOW)


@pytest.fixture
def offered(town: Town) -> str:
    """A text with a higher threshold, kept and not published, and three applications; the version."""
    files = {
        name: text.replace("days_placed == 1 &&", "days_placed <= 5 &&") for name, text in objecten().files.items()
    }
    draft = reopen_product(files, product_id="objecten")
    town.receive(submission("Z-2026-PR0F-0001", name="Ans Bos"))
    town.receive(submission("Z-2026-PR0F-0002", ends="2026-12-23"))
    town.receive(submission("Z-2026-PR0F-0003", ends="2026-12-14"))
    with town.connection() as connection:
        remember(connection, draft)
        for person in (PETER, BRAM):
            remember_person(connection, person=person, now=NOW)
    return draft.version


def begin(town: Town, draft: str, *, person: Person = PETER, **fields: str) -> str:
    typed = {
        "base": objecten().version,
        "draft": draft,
        **{"since.day": "1", "since.month": "11", "since.year": "2026"},
        **{"until.day": "30", "until.month": "11", "until.year": "2026"},
        **fields,
    }
    answer = town.client(person).post("/regelproef/nieuw/objecten", data=typed)
    assert answer.status_code == 303, re.findall(r'href="#[^"]*">([^<]*)', answer.text)
    return answer.headers["Location"]


def work(town: Town) -> int:
    with connect(town.url, autocommit=True) as connection:
        return work_trials(connection)


def figures(town: Town, place: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(town.client(PETER).get(f"{place}/cijfers.json").text)
    return found


def test_a_manager_sees_what_another_threshold_would_have_meant(town: Town, offered: str) -> None:
    peter = town.client(PETER)
    assert "nog niet gepubliceerd" in peter.get("/regelproef/nieuw/objecten").text
    place = begin(town, offered)
    assert "0 van 3 aanvragen zijn nagespeeld" in peter.get(place).text
    assert work(town) == 1
    page = peter.get(place).text
    assert "1 hoeft niets meer aan te vragen." in page
    assert "Meteen akkoord → Niets nodig" in page
    assert "Regel veranderd: Een container of materiaal tot 10 m²" in page
    assert "Aantal dagen: eerst precies 1, straks hoogstens 5." in page
    assert "Z-2026-PR0F-0001" in page
    assert "Ans Bos" not in page
    assert "€\xa050,00" in page.replace("&nbsp;", "\xa0")
    assert place in peter.get("/regelproef").text
    report = peter.get(f"{place}/rapport.pdf")
    assert report.data.startswith(b"%PDF")
    assert town.client(ELS).get(place).status_code == 403


def test_who_sees_no_cases_gets_the_counts_and_no_reference(town: Town, offered: str) -> None:
    place = begin(town, offered, person=BRAM)
    work(town)
    page = town.client(BRAM).get(place).text
    assert "1 hoeft niets meer aan te vragen." in page
    assert "Deze zaak ziet u niet" in page
    assert "Z-2026-PR0F" not in page


def test_the_same_trial_once_more_gives_the_same_figures(town: Town, offered: str) -> None:
    place = begin(town, offered)
    work(town)
    again = town.client(PETER).post(f"{place}/opnieuw").headers["Location"]
    assert again != place
    work(town)
    assert figures(town, again)["sha256"] == figures(town, place)["sha256"]


def test_a_stopped_trial_goes_no_further_and_says_what_it_is_about(town: Town, offered: str) -> None:
    place = begin(town, offered)
    assert town.client(PETER).post(f"{place}/stoppen").status_code == 303
    assert work(town) == 0
    assert "Gestopt bij 0 van 3 aanvragen" in town.client(PETER).get(place).text


def test_a_part_that_cannot_be_done_is_left_out_and_counted_as_such(town: Town, offered: str) -> None:
    place = begin(town, offered)
    with town.connection() as connection:
        connection.execute("update workflow.cases set submission = submission || '{\"answers\": 5}'")
    assert work(town) == MOST_FAILURES
    assert figures(town, place)["progress"] == {
        **dict.fromkeys(("cases", "done", "failed"), 3),
        "parts": 1,
        "parts_left": 0,
        "ended_at": figures(town, place)["progress"]["ended_at"],  # type: ignore[index]
    }
    assert "3 aanvragen konden niet worden nagespeeld." in town.client(PETER).get(place).text


def test_two_processes_never_do_the_same_part(town: Town, offered: str) -> None:
    begin(town, offered)
    with connect(town.url) as one, connect(town.url, autocommit=True) as other:
        part = take_part(one)
        assert isinstance(part, Part)
        assert not do_part(other, now=LATER)
        assert find_trial(other, trial_id=part.trial.id) is not None
        one.rollback()
        assert do_part(other, now=LATER)
        assert not stop_trial(other, trial_id=part.trial.id, now=LATER)


def test_the_program_that_the_worker_starts_does_all_that_waits(town: Town, offered: str) -> None:
    place = begin(town, offered)
    environment = {**os.environ, "DATABASE_URL": town.url}
    subprocess.run([sys.executable, "-m", "services.workflow", "trial"], env=environment, check=True, timeout=60)
    assert "Alle 3 aanvragen zijn nagespeeld." in town.client(PETER).get(place).text


def test_wrong_wishes_are_told_and_what_was_typed_stays(town: Town, offered: str) -> None:
    peter = town.client(PETER)
    wrong = {"base": offered, "draft": offered, "since.day": "31", "since.month": "2", "since.year": "2026"}
    answer = peter.post("/regelproef/nieuw/objecten", data=wrong)
    assert answer.status_code == 422
    assert "Kies twee verschillende versies." in answer.text
    assert "Deze datum bestaat niet." in answer.text
    assert 'value="31"' in answer.text
    assert peter.get("/regelproef/nieuw/terras").status_code == 404


def test_rules_are_checked_and_a_proposal_becomes_a_trial(town: Town, database: Database, offered: str) -> None:
    publish_serving(database)
    for number in range(100):
        ends = NOW.date().replace(month=12, day=14 + number % 5).isoformat()
        town.receive(submission(f"Z-2026-M1ND-{number:04}", ends=ends))
    with town.connection() as connection:
        connection.execute(DECIDED)
    peter = town.client(PETER)
    assert "nog niet nagekeken" in peter.get("/minder-regels").text
    assert peter.post("/minder-regels/objecten").status_code == 303
    assert "0 van 103 aanvragen zijn nagekeken" in peter.get("/minder-regels/objecten").text
    assert work(town) == 1
    page = peter.get("/minder-regels/objecten").text
    assert "Verhoog de grens van 1 naar 10 (Aantal dagen)" in page  # one of the three lasts ten days
    assert "weigerden wij er geen." in page
    (key,) = set(re.findall(r'name="proposal" value="([^"]*)"', page)) & {"no-permit-needed days_placed == 1"}
    assert "Verhoog de grens van 1 naar 10 (Aantal dagen)" in peter.get("/minder-regels").text
    place = peter.post("/minder-regels/objecten/regelproef", data={"proposal": key}).headers["Location"]
    work(town)
    assert "hoeven niets meer aan te vragen" in peter.get(place).text
    gone = peter.post("/minder-regels/objecten/regelproef", data={"proposal": "x"}, follow_redirects=True)
    assert "Dit voorstel is er niet meer." in gone.text
    assert "Wij verleenden 0 van de 103 besluiten zonder voorwaarden." in page
    assert "Geweigerd: 0 van " in page
    assert "Niemand maakte hier een fout." in page
    assert "Deze regels lezen het antwoord:" in page
    assert peter.post("/minder-regels").status_code == 303
    assert "0 van 103 aanvragen zijn nagekeken" in peter.get("/minder-regels/objecten").text
    assert town.client(ELS).get("/minder-regels").status_code == 403

"""The same act on many cases: each once, each with its own rights and result, whatever process dies meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest

from services.workflow.actions import handling
from services.workflow.bulk_store import MOST_FAILURES, take_case
from services.workflow.bulk_work import Tools, work_off
from services.workflow.desk import HouseLetters, open_desk
from services.workflow.domain.question import Question
from services.workflow.people import remember_person
from services.workflow.ports import Letters, Whole
from shared.access import Person
from shared.database import Connection, connect
from shared.keyring import Keyring
from shared.sealed import open_submission
from tests.keys import SEALING_KEYS
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, MILA, NOW, SAMIR, somebody, submission

DECIDE = {"act": "decide", "result": "granted", "grant_reasons": ["no-harm"]}
REFUSE = {"act": "decide", "result": "refused", "refusal_grounds": ["usability"]}
ASK = {"act": "ask", "question": "Hoe breed is de stoep?", "asks": ["own-words"]}
DAY = {"answer_by.day": "8", "answer_by.month": "12", "answer_by.year": "2036"}
ASSIGN = {"act": "assign", "to": "mila", "because": "Samir is ziek."}


def tools_of(town: Town) -> Tools:
    def tools() -> tuple[Whole, Letters]:
        municipality = town.app.extensions["balie_workflow"].municipality
        return partial(open_submission, keyring=Keyring(SEALING_KEYS)), HouseLetters(municipality)

    return tools


@contextmanager
def worker(town: Town) -> Iterator[Connection]:
    with connect(town.url, autocommit=True) as connection:
        yield connection


def work(town: Town) -> None:
    with worker(town) as connection:
        while work_off(connection, now=NOW, tools=tools_of(town)):
            pass


def held(town: Town, count: int) -> list[str]:
    return [town.claimed(SAMIR, f"Z-2026-BULK-{number:04}") for number in range(count)]


def choose(town: Town, person: Person, references: list[str], **fields: str) -> str:
    """Choose cases in the list; give the address of the run."""
    answer = town.client(person).post("/samen", data={"case": references, **fields})
    assert answer.status_code == 303
    return answer.headers["Location"]


def results(town: Town) -> dict[str, str]:
    rows = town.rows(
        "select c.reference, coalesce(b.reason, b.state) as came "
        "from workflow.bulk_cases b join workflow.cases c on c.id = b.case_id"
    )
    return {row["reference"][-4:]: row["came"] for row in rows}


def count(town: Town, what: str) -> int:
    (row,) = town.rows(f"select count(*) as n from {what}")
    return int(row["n"])


def test_each_case_is_decided_once_and_told_in_words(town: Town) -> None:
    run = choose(town, SAMIR, held(town, 3))
    samir = town.client(SAMIR)
    assert samir.post(f"{run}/opdracht", data=DECIDE).status_code == 303
    assert samir.post(f"{run}/opdracht", data=DECIDE).status_code == 303
    assert "0 van 3 zaken zijn klaar" in samir.get(run).text
    work(town)
    page = samir.get(run).text
    assert "3 zaken zijn gedaan." in page
    assert page.count("Gedaan</") == 3
    assert count(town, "workflow.decisions") == 3
    assert count(town, "bus.event where name = 'CaseDecided'") == 3
    assert count(town, "workflow.audit where act = 'bulk.decide' and who = 'samir'") == 3
    assert run in samir.get("/samen").text


def test_what_may_not_be_is_refused_case_by_case_and_the_others_go_on(town: Town) -> None:
    mine, late, hers = held(town, 3)
    town.receive(submission(free := "Z-2026-BULK-FREE"))
    run = choose(town, SAMIR, [mine, late, hers, free])
    town.client(SAMIR).post(f"{run}/opdracht", data=DECIDE)
    town.client(ELS).post(f"/zaken/{hers}/overnemen")
    town.client(MILA).post(f"/zaken/{late}/besluit/bewaar", data={"result": "refused", "editor": "x", "version": "0"})
    work(town)
    assert results(town) == {"0000": "done", "0001": "changed", "0002": "not_yours", "FREE": "not_yours"}
    assert count(town, "workflow.decisions") == 1
    page = town.client(SAMIR).get(run).text
    assert "er gebeurde iets in de zaak nadat u koos" in page
    assert "u behandelt deze zaak niet" in page


def test_many_are_refused_together_only_once_it_says_how_the_applicants_were_heard(town: Town) -> None:
    run = choose(town, SAMIR, held(town, 2))
    samir = town.client(SAMIR)
    page = samir.post(f"{run}/opdracht", data=REFUSE)
    assert page.status_code == 422
    assert 'href="#hearing"' in page.text
    assert "Hoorde u de aanvrager voordat u weigert?" in page.text
    heard = {"hearing": "heard", "hearing_note": "Op 20 november zei niemand iets."}
    assert samir.post(f"{run}/opdracht", data={**REFUSE, **heard}).status_code == 303
    work(town)
    assert results(town) == {"0000": "done", "0001": "done"}
    letters = town.rows(
        "select decision ->> 'result' as result, decision -> 'reasons' as reasons from workflow.decisions"
    )
    assert {row["result"] for row in letters} == {"refused"}
    assert all("Op 20 november zei niemand iets." in row["reasons"][-1]["text"] for row in letters)


def test_a_process_that_dies_half_way_leaves_its_case_to_the_next(town: Town) -> None:
    run = choose(town, SAMIR, held(town, 2))
    town.client(SAMIR).post(f"{run}/opdracht", data=DECIDE)

    def dies() -> Any:
        raise SystemExit

    with worker(town) as connection, pytest.raises(SystemExit):
        work_off(connection, now=NOW, tools=dies)
    assert (count(town, "workflow.decisions"), set(results(town).values())) == (0, {"waiting"})
    with worker(town) as busy, busy.transaction():
        assert take_case(busy) is not None
        work(town)
        assert sorted(results(town).values()) == ["done", "waiting"]
    work(town)
    assert (count(town, "workflow.decisions"), set(results(town).values())) == (2, {"done"})


def test_an_error_that_nobody_foresaw_is_tried_again_and_then_told(town: Town) -> None:
    run = choose(town, SAMIR, held(town, 1))
    town.client(SAMIR).post(f"{run}/opdracht", data=DECIDE)
    tried = []

    def broken() -> Any:
        tried.append(1)
        raise ValueError("the letters burnt")

    with worker(town) as connection:
        assert not work_off(connection, now=NOW, tools=broken)
    assert (len(tried), results(town)) == (MOST_FAILURES, {"0000": "failed"})
    assert "door een fout bij ons" in town.client(SAMIR).get(run).text
    assert count(town, "workflow.decisions") == 0


def test_everyone_is_asked_the_same(town: Town) -> None:
    first, second = held(town, 2)
    run = choose(town, SAMIR, [first, second])
    assert town.client(SAMIR).post(f"{run}/opdracht", data={**ASK, **DAY}).status_code == 422
    assert set(results(town).values()) == {"chosen"}
    page = town.client(SAMIR).get(run, follow_redirects=True).text
    day = {
        part: re.findall(rf'name="answer_by\.{part}"[^>]* value="(\d+)"', page)[0] for part in ("day", "month", "year")
    }
    asked = {**ASK, **{f"answer_by.{part}": value for part, value in day.items()}}
    assert town.client(SAMIR).post(f"{run}/opdracht", data=asked).status_code == 303
    work(town)
    assert results(town) == {"0000": "done", "0001": "done"}
    assert count(town, "workflow.requests where question = 'Hoe breed is de stoep?'") == 2


def test_after_an_outage_who_had_to_answer_in_it_gets_more_time_and_reads_where_that_was_told(town: Town) -> None:
    first, second = held(town, 2)
    question = Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 8))
    with town.connection() as connection:
        handling.ask_applicant(first, question=question, person=SAMIR, now=NOW, desk=open_desk(connection, now=NOW))
    days = {"first": date(2026, 12, 7), "last": date(2026, 12, 8), "until": date(2096, 12, 10)}
    typed = {f"{name}.{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    order = {"act": "more_time", "announced": "Op onze website.", **typed}
    assert town.client(SAMIR).post(f"{choose(town, SAMIR, [first])}/opdracht", data=order).status_code == 422
    run = choose(town, ELS, [first, second])
    for wrong, words in (
        ({"until.day": 8, "until.year": 2026}, "Kies een dag na de storing."),
        ({"last.day": 6}, "De laatste dag ligt voor de eerste dag."),
        ({f"{name}.year": 2025 for name in days}, "Deze dag is voorbij."),
    ):
        refused = town.client(ELS).post(f"{run}/opdracht", data={**order, **wrong})
        assert (refused.status_code, words in refused.text) == (422, True)
    assert town.client(ELS).post(f"{run}/opdracht", data=order).status_code == 303
    work(town)
    came = town.rows(
        "select c.reference, coalesce(b.reason, b.state) as came from workflow.bulk_cases b "
        "join workflow.cases c on c.id = b.case_id where b.state in ('done', 'refused')"
    )
    assert {row["reference"]: row["came"] for row in came} == {first: "done", second: "not_hit"}
    assert town.rows("select answer_by from workflow.requests") == [{"answer_by": date(2096, 12, 10)}]
    assert count(town, "workflow.ledger where kind = 'outage' and because = 'Op onze website.'") == 1


def test_the_lead_gives_a_whole_list_away_and_the_reason_stands_in_each_case(town: Town) -> None:
    held(town, 30)
    town.receive(submission("Z-2026-BULK-FREE"))
    answer = town.client(ELS).post("/samen?lijst=open&q=BULK", data={"all": "yes"})
    run = answer.headers["Location"]
    assert "31 zaken samen" in town.client(ELS).get(run, follow_redirects=True).text
    town.client(ELS).post(f"{run}/opdracht", data=ASSIGN)
    work(town)
    assert count(town, "workflow.cases where handler = 'mila'") == 31
    assert count(town, "workflow.timeline where kind = 'assigned' and details ->> 'text' = 'Samir is ziek.'") == 31


def test_the_lead_reads_how_many_of_the_chosen_cases_a_colleague_may_handle(town: Town) -> None:
    references = held(town, 3)
    town.rows("update workflow.cases set team = 'events' where reference = %s returning id", [references[0]])
    with town.connection() as connection:
        remember_person(connection, person=somebody("pim", "Pim", "handler", "team:permits"), now=NOW)
        remember_person(connection, person=somebody("all", "Alle", "handler", "team:*"), now=NOW)
    page = town.client(ELS).get(choose(town, ELS, references), follow_redirects=True).text
    assert re.search(r">Pim<span [^>]+>0 zaken</span><small>Mag 2 van de 3 zaken behandelen</small></label>", page)
    assert re.search(r">Alle<span [^>]+>0 zaken</span></label>", page)


def test_who_may_not_assign_cannot_and_nobody_sees_the_run_of_another(town: Town) -> None:
    run = choose(town, SAMIR, held(town, 1))
    assert town.client(SAMIR).post(f"{run}/opdracht", data=ASSIGN).status_code == 422
    assert town.client(MILA).get(run).status_code == 404
    assert town.client(MILA).post(f"{run}/opdracht", data=DECIDE).status_code == 404
    assert results(town) == {"0000": "chosen"}


def test_a_case_that_somebody_may_not_see_is_not_chosen_and_one_of_a_lost_team_is_not_touched(town: Town) -> None:
    (reference,) = held(town, 1)
    stranger = somebody("sam", "Sam", "handler", "team:care")
    with town.connection() as connection:
        remember_person(connection, person=stranger, now=NOW)
    choose(town, stranger, [reference])
    assert results(town) == {}
    run = choose(town, ELS, [reference])
    town.client(ELS).post(f"{run}/opdracht", data=ASSIGN)
    with town.connection() as connection:
        remember_person(connection, person=somebody("els", "Els van Dijk", "lead", "team:care"), now=NOW)
    work(town)
    assert results(town) == {"0000": "unknown"}


def test_without_a_chosen_case_the_list_says_so(town: Town) -> None:
    answer = town.client(SAMIR).post("/samen", data={}, follow_redirects=True)
    assert "Kies eerst een of meer zaken." in answer.text

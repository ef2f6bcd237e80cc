"""Advice: asked of several at once, given by link or by a colleague, weighed in the decision."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from services.workflow.absences import say_away
from services.workflow.advice_reminding import remind_advisers
from services.workflow.digests import count_morning
from services.workflow.domain.absence import Absence
from services.workflow.people import remember_person
from shared.clock import utc_now
from shared.crypto import token_hash
from shared.law.calendar import local_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import DAAN, MILA, NOW, REFERENCE, SAMIR, TODAY, somebody

CASE = f"/zaken/{REFERENCE}"
FIRE = {"other.name": "Brandweer", "other.email": "brandweer@example.org", "other.days": "5"}
ANSWER = {"opinion": "conditional", "words": "Het kan.", "conditions": "Houd de stoep vrij.\n\nZet er een lamp op."}


def ask(town: Town, **fields: Any) -> str:
    """Have Samir ask the fire brigade, who may see what the container is for; give the page that follows."""
    form = MultiDict({"adviser": "other", "other.question": "Is dit veilig?", "questions": "purpose", **FIRE, **fields})
    return town.client(SAMIR).post(f"{CASE}/advies", data=form, follow_redirects=True).text


def links(town: Town) -> list[str]:
    """The links that were mailed, the oldest first."""
    rows = town.rows("select payload from bus.event where name = 'AdviceAsked' order by at, id")
    return [re.sub(r"^http://localhost", "", row["payload"]["link"]) for row in rows]


@pytest.fixture
def asked(town: Town) -> str:
    """The link of the fire brigade."""
    town.claimed(SAMIR)
    assert "Uw vraag om advies is verstuurd." in ask(town)
    (link,) = links(town)
    return link


def test_who_is_outside_sees_only_what_was_chosen_and_each_look_is_recorded(town: Town, asked: str) -> None:
    page = town.client().get(asked).text
    assert "Is dit veilig?" in page
    forms = town.app.config["SITES"]["forms"].rstrip("/")
    assert f'href="{forms}{asked}">Voeg eerst een bestand toe' in page
    assert "Verbouwing van de keuken" in page
    for hidden in ("Noor", "noor@example.org", "Voorbeeldstraat 14", REFERENCE):
        assert hidden not in page
    (row,) = town.rows("select who, details, reference from workflow.audit where act = 'advice.look'")
    assert row["details"] == {"questions": ["purpose"]}
    assert row["reference"] == REFERENCE
    town.rows("update workflow.advice_links set takes_files = false returning hash")
    assert "Voeg eerst een bestand toe" not in town.client().get(asked).text  # mailed before forms heard of links


def test_a_guess_an_old_link_and_a_file_that_was_not_chosen_get_the_same_404(town: Town, asked: str) -> None:
    answers = [town.client().get(f"/advies/{'a' * 43}")]
    answers.append(town.client().get(f"{asked}/bestanden/019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f"))
    town.rows("update workflow.advice_links set until = '2020-01-01' returning until")
    answers += [town.client().get(asked), town.client().post(asked, data=ANSWER)]
    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r"[0-9a-f]{8,}", "", answer.text.split("<main")[1]) for answer in answers[::2]}
    assert len(pages) == 1
    assert token_hash(asked.rpartition("/")[2]) in [
        row["hash"] for row in town.rows("select * from workflow.advice_links")
    ]


def test_an_answer_is_kept_once_and_its_conditions_go_into_the_decision_by_one_click(town: Town, asked: str) -> None:
    page = town.client().post(asked, data=ANSWER, follow_redirects=True).text
    assert "Wij hebben uw advies" in page
    page = town.client().post(asked, data={"opinion": "negative", "words": "Toch niet."}, follow_redirects=True).text
    assert "Toch niet." not in page
    (row,) = town.rows("select id, opinion, conditions from workflow.advice")
    assert (row["opinion"], row["conditions"]) == ("conditional", ["Houd de stoep vrij.", "Zet er een lamp op."])
    page = town.client(SAMIR).get(f"{CASE}/advies").text
    assert "Positief, onder voorwaarden" in page
    for _ in range(2):
        page = (
            town.client(SAMIR).post(f"{CASE}/advies/overnemen", data={"advice": row["id"]}, follow_redirects=True).text
        )
    assert page.count("Houd de stoep vrij.</textarea>") == 1
    acts = {row["act"]: row["who"] for row in town.rows("select act, who from workflow.audit")}
    assert acts["outside.answer"] == f"advice:{row['id']}"
    assert acts["advice.ask"] == acts["advice.take_over"] == "samir"


def test_an_answer_without_what_it_needs_comes_back_with_what_was_typed(town: Town, asked: str) -> None:
    answer = town.client().post(asked, data={"opinion": "conditional", "words": "Alleen overdag."})
    assert answer.status_code == 422
    assert "Schrijf op onder welke voorwaarden." in answer.text
    assert "Alleen overdag.</textarea>" in answer.text
    assert town.rows("select 1 from workflow.advice where given_at is not null") == []


def test_a_link_is_mailed_again_and_who_is_silent_is_reminded_once(town: Town, asked: str) -> None:
    (row,) = town.rows("select id, answer_by from workflow.advice")
    town.client(SAMIR).post(f"{CASE}/advies/opnieuw", data={"advice": row["id"]})
    town.rows("update workflow.advice set remind_at = %s returning id", [NOW])
    with town.connection() as connection:
        connection.commit()
        assert remind_advisers(connection, now=NOW, staff_url="http://localhost") == 1
        assert remind_advisers(connection, now=NOW, staff_url="http://localhost") == 0
    sent = links(town)
    assert len(set(sent)) == 3
    assert {town.client().get(link).status_code for link in sent} == {200}


def test_late_advice_shows_at_the_case_in_a_list_and_in_the_morning_mail(town: Town, asked: str) -> None:
    town.rows("update workflow.advice set answer_by = '2026-11-20' returning id")
    with town.connection() as connection:
        lines = count_morning(
            connection, person=SAMIR, since=TODAY - timedelta(days=1), today=TODAY, staff_url="http://x"
        )
    assert [line.count for line in lines if line.kind == "advice_late"] == [1]
    assert "Nog niets van Brandweer." in town.client(SAMIR).get(CASE).text
    assert REFERENCE in town.client(SAMIR).get("/?lijst=advice_late").text
    assert town.client().get(asked).status_code == 200


def test_a_colleague_finds_the_question_and_answers_after_signing_in(town: Town) -> None:
    town.claimed(SAMIR)
    ask(town)
    town.rows("update workflow.advice set email = '', name = 'Verkeersadviseur' returning id")
    stranger = somebody("inge", "Inge Visser", "adviser", "team:care")
    with town.connection() as connection:
        remember_person(connection, person=DAAN, now=utc_now())
    assert REFERENCE in town.client(DAAN).get("/adviezen").text
    assert REFERENCE not in town.client(stranger).get("/adviezen").text
    (row,) = town.rows("select id from workflow.advice")
    data = {"advice": row["id"], "opinion": "negative", "words": "De stoep is te smal."}
    assert town.client(MILA).post(f"{CASE}/advies/geven", data=data).status_code == 403
    page = town.client(DAAN).post(f"{CASE}/advies/geven", data=data, follow_redirects=True).text
    assert "De stoep is te smal." in page
    assert REFERENCE not in town.client(DAAN).get("/adviezen").text


def test_only_who_handles_the_case_asks_and_a_faulty_question_goes_to_nobody(town: Town) -> None:
    town.claimed(SAMIR)
    page = ask(town, **{"other.email": "brandweer", "other.question": ""})
    assert "Schrijf op wat u vraagt." in page
    assert "Vul een e-mailadres in" in page
    form = {"adviser": "other", "other.question": "Kan dit?", **FIRE}
    assert town.client(MILA).post(f"{CASE}/advies", data=form).status_code == 409
    assert town.rows("select 1 from workflow.advice") == []


def test_who_stands_in_asks_advice_too(town: Town) -> None:
    town.claimed(SAMIR)
    today = local_date(utc_now())
    absence = Absence(subject="samir", substitute="mila", first=today, last=today + timedelta(days=1))
    with town.connection() as connection:
        say_away(connection, absence=absence, person=SAMIR, now=NOW)
    mila = town.client(MILA)
    assert "Vraag advies" in mila.get(f"{CASE}/advies").text
    form = {"adviser": "other", "other.question": "Kan dit?", **FIRE}
    assert mila.post(f"{CASE}/advies", data=form).status_code == 303
    (link,) = links(town)
    (row,) = town.rows("select id from workflow.advice")
    assert mila.post(f"{CASE}/advies/opnieuw", data={"advice": row["id"]}).status_code == 303
    assert len(links(town)) == 2
    assert link in links(town)


def test_a_second_click_asks_nobody_twice_and_another_question_does(town: Town, asked: str) -> None:
    assert "Uw vraag om advies is verstuurd." in ask(town)
    assert links(town) == [asked]
    assert len(town.rows("select from workflow.timeline where kind = 'advice_asked'")) == 1
    ask(town, **{"other.question": "Is er ook een brandkraan?"})
    assert len(links(town)) == 2
    town.client().post(asked, data=ANSWER)
    ask(town)  # it was answered: now it is asked anew
    assert len(links(town)) == 3

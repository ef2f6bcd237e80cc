"""A form as a resident sees it, of which nothing is kept or sent; and what follows from answers."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.database import connect
from tests.conftest import Database
from tests.services.forms.web.admin.bram import AT, begin, browser_of, keep
from tests.services.forms.web.noors_browser import post_step

OBJECTEN = "/beheer/product/objecten"
DAY = {"day.day": "2", "day.month": "november", "day.year": "2026"}
TABLES = ("forms.draft", "forms.submission", "forms.file", "bus.event", "forms.working_copy", "catalogue.edit")


def counts(database: Database) -> dict[str, Any]:
    """How many rows each table has that a form can fill."""
    with connect(database.dsn()) as connection:
        return {name: connection.execute(f"select count(*) from {name}").fetchone() for name in TABLES}


def words_on(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"<[^>]*>", "", page)


def rehearse(client: FlaskClient, at: str = OBJECTEN, **more: str) -> str:
    """Begin a trial; its address."""
    answer = client.post(f"{at}/voorbeeld", data={**DAY, "level": "midden", **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("/")[0]


def test_a_trial_goes_through_the_whole_form_and_leaves_nothing(bram: FlaskClient, database: Database) -> None:
    before = counts(database)
    form = rehearse(bram)
    assert "Dit is een voorbeeld" in bram.get(f"{form}/what").text
    assert post_step(bram, form, step="what").headers["Location"] == f"{form}/where"
    for step in ("where", "when", "who"):
        assert post_step(bram, form, step=step).status_code == 303
    page = bram.get(f"{form}/controleren").text
    assert "Het is 2 november 2026" in page
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    end = bram.post(f"{form}/controleren", data={"revision": revision})
    assert "Hier houdt het voorbeeld op" in end.text
    bram.post(f"{form}/later", data={"email": "noor@example.org"})
    assert counts(database) == before


def test_a_trial_goes_on_with_the_form_that_fits_better(bram: FlaskClient, database: Database) -> None:
    before = counts(database)
    form = rehearse(bram, at=AT, level="midden")
    asked = {"asked": "visitors", "visitors": "200", "action": "next"}
    assert bram.post(f"{form}/what", data=asked).status_code == 303
    to = bram.post(f"{form}/ander-formulier", data={"action": "go"})
    assert (to.status_code, to.headers["Location"] == form) == (303, False)
    page = bram.get(to.headers["Location"], follow_redirects=True).text
    assert "Dit is een voorbeeld" in page
    assert "Evenement met vergunning" in page
    assert counts(database) == before


def test_a_file_and_a_mail_end_the_trial_before_anything_happens(bram: FlaskClient, database: Database) -> None:
    before = counts(database)
    form = rehearse(bram, at="/beheer/product/evenement", level="substantieel")
    data = {"asked": "x", "action": "upload:plan", "plan": (io.BytesIO(b"%PDF-1.4"), "plan.pdf")}
    bram.post(f"{form}/{'what'}", data=data, content_type="multipart/form-data")
    assert "Hier houdt het voorbeeld op" in bram.post(f"{form}/later", data={"email": "noor@example.org"}).text
    assert counts(database) == before


def test_only_who_may_look_after_the_forms_sees_a_trial(app: Flask, bram: FlaskClient) -> None:
    form = rehearse(bram)
    assert app.test_client().get(f"{form}/what").status_code == 404
    assert (
        browser_of(app, person={"subject": "samir", "name": "S", "groups": ["handler"]}).get(f"{form}/what").status_code
        == 404
    )
    assert bram.get("/aanvraag/voorbeeld-geraden/what").status_code == 404


def test_the_text_on_trial_is_the_one_that_is_being_worked_on(bram: FlaskClient) -> None:
    keep(bram, begin(bram).replace("Hoe heet het evenement?", "Hoe heet het feest?", 1), revision=1)
    form = rehearse(bram, at=AT)
    assert "Hoe heet het feest?" in bram.get(f"{form}/what").text
    assert "Hoe heet het evenement?" in bram.get("/regel/klein-evenement/event_name").text


def test_who_must_sign_in_more_surely_is_told_so(bram: FlaskClient) -> None:
    assert '<option value="midden" selected>' in bram.get("/beheer/product/evenement/voorbeeld").text
    answer = bram.post("/beheer/product/evenement/voorbeeld", data={**DAY, "level": "none"})
    assert (answer.status_code, "moet een inwoner hoger inloggen" in answer.text) == (422, True)
    assert bram.post(f"{OBJECTEN}/voorbeeld", data={"level": "none"}).status_code == 422
    assert (
        "Noor de Vries"
        in bram.get(rehearse(bram, at="/beheer/product/evenement", level="substantieel"), follow_redirects=True).text
    )


def test_a_text_with_faults_cannot_be_tried_yet(bram: FlaskClient) -> None:
    keep(bram, begin(bram).replace("kind: yes_no", "kind: yes_noo", 1), revision=1)
    assert bram.post(f"{AT}/voorbeeld", data={**DAY, "level": "none"}).status_code == 422
    assert "In de tekst zitten nog fouten" in bram.get(f"{AT}/voorbeeld").text
    assert "In de tekst zitten nog fouten" in bram.get(f"{AT}/proberen").text


def test_each_rule_says_why_it_fired_or_not(bram: FlaskClient) -> None:
    page = words_on(bram.get(f"{AT}/proberen?voorbeeld=feest-in-het-park.yaml").text)
    assert "Mag meteen worden toegewezen" in page
    assert "visitors = 60" in page
    assert "Meteen toewijzen" in page
    assert "Hoeveel mensen komen er? visitors" in page
    assert "invited_only = nog niet beantwoord" in page
    typed = "on: 2026-05-11\nanswers: {visitors: 200, musik: x}\n"
    page = bram.post(f"{AT}/proberen", data={"tekst": typed}).text
    assert "Een ander formulier past beter" in page
    assert "Bedoelt u ‘music’?" in page


@pytest.mark.parametrize(
    "text", ["", "x", "on: nooit\nanswers: {}", "answers: [1]", "on: 2026-01-01", "a: &x [1]\nb: *x", "{" * 2000]
)
def test_answers_that_cannot_be_read_are_told(bram: FlaskClient, text: str) -> None:
    assert bram.post(f"{AT}/proberen", data={"tekst": text}).status_code == 200


def test_the_answers_of_a_trial_can_be_held_against_the_rules(bram: FlaskClient) -> None:
    form = rehearse(bram)
    post_step(bram, form, step="what")
    page = bram.get(f"{OBJECTEN}/proberen?oefening={form.rpartition('/')[2]}").text
    assert "2026-11-02" in page
    assert "objects:" in page


def test_two_versions_are_compared_in_words(bram: FlaskClient) -> None:
    keep(bram, begin(bram).replace("visitors > 150", "visitors > 100", 1), revision=1)
    page = bram.get(f"{AT}/vergelijken").text
    assert "andere antwoorden of uitkomst" in page
    assert "houdt de tekst waarmee hij begon" in page

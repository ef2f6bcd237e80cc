"""Filling in the form in a browser: every error path leaves the answers where they were."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.forms.noor import FIELDS, OBJECTEN
from tests.services.forms.web.noors_browser import fill_in, post_step, start, summary_of, title_of
from tests.shared.letters.words import words_of


def test_the_front_page_lists_what_can_be_asked_for(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/objecten"' in page.text


def test_the_explanation_says_when_a_permit_is_needed_what_it_costs_and_by_when(client: FlaskClient) -> None:
    page = client.get("/objecten").text
    assert "U hebt geen vergunning nodig als:" in page
    assert "210,00" in page
    assert "dan beslissen wij uiterlijk op" in page


def test_a_step_tells_its_number_in_the_title_and_outside_the_form(client: FlaskClient) -> None:
    page = client.get(f"{start(client)}/what")
    assert title_of(page).startswith("Stap 1 van 5: Wat zet u neer? – Voorwerp op of aan de weg")
    assert page.text.index("Stap 1 van 5</p>") < page.text.index("<form")


def test_a_complete_step_leads_to_the_next(client: FlaskClient) -> None:
    form = start(client)
    for step, following in zip(FIELDS, [*list(FIELDS)[1:], "controleren"], strict=True):
        assert post_step(client, form, step=step).location == f"{form}/{following}"


def test_a_failed_step_answers_422_and_keeps_every_answer(client: FlaskClient) -> None:
    form = start(client)
    answer = post_step(client, form, step="when", starts__month="", works_permit="OLO 12")
    assert answer.status_code == 422
    assert title_of(answer).startswith("Fout: ")
    assert summary_of(answer) == [("starts-month", "Vul bij ‘Wat is de begindag?’ ook de maand in")]
    assert 'value="OLO 12"' in answer.text
    assert re.search(r'id="starts-month"[^>]*aria-invalid="true"', answer.text)
    assert not re.search(r'id="starts-day"[^>]*aria-invalid', answer.text)


def test_the_words_above_a_field_are_those_of_the_summary(client: FlaskClient) -> None:
    answer = post_step(client, start(client), step="who", email="noor@", phone="", truth=None, kvk="1")
    for anchor, text in summary_of(answer):
        assert f'id="{anchor}"' in answer.text
        assert answer.text.count(text) >= 2


def test_what_could_not_be_read_stands_there_again_when_the_page_is_opened_later(client: FlaskClient) -> None:
    form = start(client)
    post_step(client, form, step="what", objects__0__length="lang")
    page = client.get(f"{form}/what")
    assert page.status_code == 200
    assert 'value="lang"' in page.text
    assert title_of(page).startswith("Stap 1")


def test_a_row_is_added_and_removed_by_the_server(client: FlaskClient) -> None:
    form = start(client)
    added = post_step(client, form, step="what", action="add:objects", objects__0__length="x")
    assert added.status_code == 303
    assert added.location.endswith("/what#objects-1")
    page = client.get(f"{form}/what").text
    assert 'name="objects.1.length"' in page
    assert 'value="x"' in page
    post_step(client, form, step="what", action="remove:objects:0", objects__1__length="7")
    page = client.get(f"{form}/what").text
    assert 'name="objects.1.length"' not in page
    assert 'value="7"' in page


def test_an_address_is_looked_up_corrected_and_looked_up_again(client: FlaskClient) -> None:
    form = start(client)
    assert post_step(client, form, step="where", action="find:place").status_code == 303
    assert "Voorbeeldstraat 14" in client.get(f"{form}/where").text
    post_step(client, form, step="where", action="by_hand:place")
    page = client.get(f"{form}/where").text
    assert re.search(r'name="place.street"[^>]*value="Voorbeeldstraat"', page)
    post_step(client, form, step="where", action="look_up:place", place__street="Anders", place__town="Amersfoort")
    page = client.get(f"{form}/where").text
    assert 'name="place.street"' not in page


def test_an_address_that_is_not_found_opens_the_fields_to_type_it(client: FlaskClient) -> None:
    answer = post_step(client, start(client), step="where", action="find:place", place__postcode="9999 XX", spot="")
    assert answer.status_code == 422
    assert [anchor for anchor, _ in summary_of(answer)] == ["place-street"]
    assert 'name="place.town"' in answer.text


def test_a_question_that_comes_up_is_asked_without_blame(client: FlaskClient) -> None:
    form = start(client)
    answer = client.post(
        f"{form}/what",
        data={
            "asked": "objects purpose",
            "objects.0.kind": "other",
            "objects.0.length": "1",
            "objects.0.width": "1",
            "objects.0.count": "1",
            "purpose": "Verhuizing",
        },
    )
    assert (answer.status_code, answer.location) == (303, f"{form}/what?nieuw=1")
    page = client.get(answer.location).text
    assert "Er staat nog een vraag open" in page
    assert 'name="other_object"' in page
    assert "data-error-summary" not in page


def test_autosave_keeps_quietly(client: FlaskClient) -> None:
    form = start(client)
    answer = client.post(f"{form}/what/bewaar", data={"asked": "purpose", "purpose": "Half ge"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert 'value="Half ge"' in client.get(f"{form}/what").text


def test_a_warning_is_shown_and_blocks_nothing(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what",))
    assert post_step(client, form, step="where", footway_width="1,6").status_code == 303
    assert "Een rolstoel kan er" in client.get(f"{form}/when").text


def test_who_needs_no_permit_reads_that_on_a_page_of_its_own(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what", "where"))
    answer = post_step(client, form, step="when", ends__day="14")
    assert answer.location == f"{form}/niet-nodig?na=when"
    page = client.get(answer.location)
    assert title_of(page).startswith("U hebt geen vergunning nodig")
    assert '<input type="hidden" name="na" value="when">' in page.text
    on = client.post(f"{form}/niet-nodig", data={"action": "on", "na": "when"})
    assert on.location == f"{form}/who"
    assert post_step(client, form, step="when", ends__day="14").location == f"{form}/who"


# the press leaves its colour profile open (weasyprint 70.0)
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_who_needs_no_permit_takes_a_statement_of_that_along_and_who_needs_one_gets_none(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what", "where"))
    post_step(client, form, step="when", ends__day="14")
    paper = client.get(f"{form}/niet-nodig/verklaring.pdf")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="verklaring-objecten.pdf"'
    with pikepdf.open(BytesIO(paper.data)) as pdf:
        said = " ".join(words_of(sheet) for sheet in pdf.pages)
    for words in ("U hebt geen vergunning nodig", "APV 2:10 lid 2", "Voorbeeldstraat 14"):
        assert words in said
    post_step(client, form, step="when")
    assert client.get(f"{form}/niet-nodig/verklaring.pdf").status_code == 303


def test_who_stops_leaves_nothing_behind(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what", "where"))
    assert client.post(f"{form}/niet-nodig", data={"action": "stop"}).location == "/gestopt"
    assert client.get(f"{form}/what").status_code == 404


def test_a_permit_that_is_needed_has_no_page_that_says_otherwise(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what", "where", "when"))
    assert client.get(f"{form}/niet-nodig").location == f"{form}/who"


def test_a_mailed_link_goes_on_where_the_form_was(client: FlaskClient, app: Flask) -> None:
    form = fill_in(client, steps=("what", "where"))
    other = app.test_client()
    assert other.get(f"/verder/{form.rpartition('/')[2]}").location == f"{form}/when"


def test_the_link_is_mailed_to_an_address_that_can_be_one(client: FlaskClient) -> None:
    form = start(client)
    wrong = client.post(f"{form}/later", data={"email": "noor@"})
    assert (wrong.status_code, summary_of(wrong)[0][0]) == (422, "email")
    assert "De link is onderweg" in client.post(f"{form}/later", data={"email": "noor@example.org"}).text


def test_keeping_for_later_keeps_the_page_first(client: FlaskClient) -> None:
    form = start(client)
    answer = post_step(client, form, step="what", action="later", purpose="Nog niet klaar")
    assert answer.location == f"{form}/later"
    assert "Nog niet klaar" in client.get(f"{form}/what").text


@pytest.mark.parametrize("path", ["/aanvraag/geen/what", "/verder/geen", "/aanvraag/geen/controleren"])
def test_a_form_that_is_gone_says_what_to_do(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "Wij bewaren een formulier 30 dagen" in page.text


def test_a_step_that_does_not_exist_leads_back_into_the_form(client: FlaskClient) -> None:
    form = start(client)
    answer = client.get(f"{form}/onzin")
    assert (answer.status_code, answer.location) == (303, form)


@pytest.mark.parametrize("action", ["add:place", "remove:objects:99999", "remove:objects:x", "find:", "by_hand:x", "?"])
def test_a_button_that_does_not_exist_breaks_nothing(client: FlaskClient, action: str) -> None:
    assert post_step(client, start(client), step="what", action=action).status_code in (303, 400, 422)


def test_bytes_that_are_no_text_are_told_and_nothing_breaks(client: FlaskClient) -> None:
    form = start(client)
    sent = b"asked=objects%20purpose&purpose=nul%00%ff&objects.0.kind=%00"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(f"{form}/what", data=sent, headers=headers)
    assert answer.status_code == 422
    assert client.get(f"{form}/what").status_code == 200


def test_the_language_is_chosen_once_and_stays(client: FlaskClient) -> None:
    chosen = client.get("/objecten?taal=en")
    assert (chosen.status_code, chosen.location) == (303, "/objecten")
    page = client.get("/objecten")
    assert '<html lang="en">' in page.text
    assert "Object on or beside the road" in page.text


def test_choosing_a_language_never_leads_to_another_site(client: FlaskClient) -> None:
    answer = client.get("//elders.example/x?taal=en")
    assert not (answer.location or "/").startswith("//")


def test_a_form_from_another_site_is_refused(client: FlaskClient) -> None:
    assert client.post("/objecten", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("step", list(FIELDS))
def test_at_every_question_one_can_say_that_it_is_unclear_or_needless(client: FlaskClient, step: str) -> None:
    form = fill_in(client)
    page = client.get(f"{form}/{step}").text
    asked = page.partition('name="asked" value="')[2].partition('"')[0].split()
    for name in [each for each in asked if OBJECTEN.question(each).asks]:
        assert f'href="/regel/objecten/{name}"' in page


def test_an_opinion_on_a_rule_needs_a_choice(client: FlaskClient) -> None:
    assert client.get("/regel/objecten/late").status_code == 200
    assert client.post("/regel/objecten/late", data={"words": "x"}).status_code == 422
    assert "Dank u wel" in client.post("/regel/objecten/late", data={"verdict": "unclear"}).text
    assert client.get("/regel/objecten/onzin").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/objecten", "/privacy", "/toegankelijkheid", "/gestopt", "/regel/objecten/starts"]
)
def test_every_open_page_is_there_in_both_languages(client: FlaskClient, path: str) -> None:
    for language in ("nl", "en"):
        client.get(f"/?taal={language}")
        page = client.get(path)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text


def test_what_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/paspoort").status_code == 404
    assert client.post("/paspoort").status_code == 404

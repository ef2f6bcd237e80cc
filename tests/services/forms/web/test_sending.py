"""Checking, sending once, the receipt, and following the case."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.forms.web.counter import Counter
from shared.clock import utc_now
from shared.ids import new_id
from shared.law.calendar import local_date, long_date
from shared.term_events import DelayTold
from tests.conftest import Database
from tests.services.forms.domain.test_cases import ASKED, CHANGED, DECIDED, OPENED, REQUEST, SENT, STARTED
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.town import TITLE
from tests.services.forms.web.noors_browser import fill_in, post_step, send, summary_of, title_of, told


def sent_by(client: FlaskClient) -> tuple[str, str]:
    """Send a form; the status address and the reference."""
    receipt = send(client, fill_in(client)).location
    status = receipt.removesuffix("/ontvangen")
    found = re.search(r"Z-\d{4}-\w{4}-\w{4}", client.get(receipt).text)
    assert found
    return status, found[0]


def hear(app: Flask, reference: str, *facts: object) -> None:
    with app.extensions["balie_forms"].pool.connection() as connection:
        for fact in facts:
            inbox.handle(connection, replace(fact, reference=reference), now=NOW)  # type: ignore[type-var]


def test_the_check_page_lists_every_answer_with_a_way_to_change_it(client: FlaskClient) -> None:
    form = fill_in(client)
    page = client.get(f"{form}/controleren").text
    assert f"{form}/where?terug=controleren#footway_width" in page
    assert 'Wijzig<span class="balie-vh"> uw naam' in page.replace("Uw naam", "uw naam")
    assert "donderdag 14 januari 2027" in page
    assert "De behandeling kost €\xa050,00" in page
    assert "Verstuur uw aanvraag" in page


def test_before_sending_one_reads_how_long_it_really_takes_or_our_norm_while_too_little_is_known(
    client: FlaskClient, app: Flask
) -> None:
    counter: Counter = app.extensions["balie_forms"]
    counter.paces._known = None
    form = fill_in(client)
    for page in ("/objecten", f"{form}/controleren"):
        assert "Wij streven naar een besluit binnen 15 werkdagen." in client.get(page).text
    with counter.pool.connection() as connection:
        connection.execute("insert into forms.pace values ('objecten', 20, 11, 34, current_date)")
    counter.paces._known = None
    for page in ("/objecten", f"{form}/controleren"):
        said = client.get(page).text
        assert "De helft krijgt het besluit binnen 11 dagen." in said
        assert "85 van de 100 mensen krijgen het binnen 34 dagen." in said
    counter.paces._known = None


def test_a_change_returns_to_the_check_page(client: FlaskClient) -> None:
    form = fill_in(client)
    assert 'name="back" value="controleren"' in client.get(f"{form}/what?terug=controleren").text
    answer = post_step(client, form, step="what", back="controleren", purpose="Verhuizing")
    assert answer.location == f"{form}/controleren"


def test_a_change_first_asks_what_became_needed(client: FlaskClient) -> None:
    form = fill_in(client)
    answer = post_step(
        client, form, step="who", back="controleren", applicant_kind="company", organisation="X", kvk="12345678"
    )
    assert answer.location == f"{form}/controleren"
    answer = post_step(client, form, step="what", back="controleren", objects__0__kind="other")
    assert answer.status_code == 422
    page = client.get(f"{form}/controleren").text
    assert f"{form}/what?terug=controleren#objects" in page


def test_the_check_page_of_an_incomplete_form_lists_what_is_open_and_sends_nothing(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what",))
    page = client.get(f"{form}/controleren").text
    assert "Zonder deze antwoorden kunt u niet versturen" in page
    for step, question in (("who", "name"), ("who", "email"), ("who", "truth"), ("where", "place")):
        assert f'<a href="{form}/{step}?terug=controleren#{question}">' in page
    assert 'name="revision"' not in page
    assert client.post(f"{form}/controleren", data={"revision": "1"}).status_code == 409


def test_who_catches_up_from_the_check_page_comes_back_after_each_answer(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what",))
    for step in ("who", "when", "where"):
        answer = post_step(client, form, step=step, back="controleren")
        assert (answer.status_code, answer.location) == (303, f"{form}/controleren")
    assert "kunt u niet versturen" not in client.get(f"{form}/controleren").text
    assert send(client, form).status_code == 303


def test_sending_leads_to_a_receipt_that_stays(client: FlaskClient) -> None:
    form = fill_in(client)
    answer = send(client, form)
    assert answer.status_code == 303
    receipt = client.get(answer.location)
    assert "Uw aanvraag is verstuurd" in receipt.text
    assert "antwoorden.pdf" in receipt.text
    assert client.get(answer.location).text == receipt.text
    for again in (client.post(f"{form}/controleren", data={"revision": "4"}), client.get(f"{form}/what")):
        assert again.location == answer.location


@pytest.mark.parametrize("revision", ["3", "", "x", "9" * 30, "²"])
def test_an_old_check_page_is_shown_again_instead_of_sent(client: FlaskClient, revision: str) -> None:
    form = fill_in(client)
    answer = client.post(f"{form}/controleren", data={"revision": revision})
    assert answer.status_code == 409
    assert "Er is nog niets verstuurd" in answer.text


def test_another_browser_is_asked_for_the_reference(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    other = app.test_client()
    page = other.get(status)
    assert title_of(page).startswith("Volg uw aanvraag")
    assert reference not in page.text
    wrong = other.post(status, data={"reference": "Z-2026-2222-2222"})
    assert (wrong.status_code, summary_of(wrong)[0][0]) == (422, "reference")
    assert other.get(f"{status}/ontvangen").location == status
    assert other.get(f"{status}/antwoorden.json").status_code == 404
    assert other.post(status, data={"reference": reference.lower()}).location == status
    assert reference in other.get(status).text


def test_the_reference_cannot_be_tried_for_ever(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    other = app.test_client()
    codes = [other.post(status, data={"reference": "Z-2026-2222-2222"}).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert other.post(status, data={"reference": reference}).status_code == 429


@pytest.mark.parametrize("path", ["", "/ontvangen", "/antwoorden.pdf", "/antwoorden.json"])
def test_an_unknown_case_is_not_found_whatever_is_asked(client: FlaskClient, path: str) -> None:
    assert client.get(f"/status/{'0' * 32}{path}").status_code == 404


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("status", "de bewaartijd om"),
        ("advies", "Gaf u uw advies al?"),
        ("steunen", "Misschien heeft de indiener het voorstel al ingestuurd"),
        ("beginnen", "kan deze aanvraag nu niet online"),
        ("panel", "Soms valt het laatste stuk weg"),
    ],
)
def test_a_link_from_a_mail_that_leads_nowhere_says_what_to_do(client: FlaskClient, link: str, says: str) -> None:
    page = client.get(f"/{link}/{'0' * 32}")
    assert page.status_code == 404
    assert title_of(page).startswith("Deze link werkt niet")
    assert says in page.text
    assert client.get(f"/{link}/{'1' * 32}").text == page.text.replace("0" * 32, "1" * 32)


def test_the_answers_are_theirs_as_data(client: FlaskClient) -> None:
    status, reference = sent_by(client)
    copy = json.loads(client.get(f"{status}/antwoorden.json").data)
    assert copy["reference"] == reference
    assert copy["answers"]["email"] == "noor@example.org"
    assert copy["shown"][0]["rows"][0]["text"].startswith("Voorwerp 1")


# the press leaves its colour profile open (weasyprint 70.0)
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_the_answers_are_theirs_as_pdf(client: FlaskClient) -> None:
    status, reference = sent_by(client)
    copy = client.get(f"{status}/antwoorden.pdf")
    assert copy.data.startswith(b"%PDF-")
    assert copy.headers["Content-Disposition"] == f'attachment; filename="{reference}.pdf"'


def test_the_status_page_follows_the_case(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    assert "Wij hebben uw aanvraag" in client.get(status).text
    today = local_date(utc_now())
    due = today + timedelta(days=60)
    hear(app, reference, STARTED, OPENED, replace(CHANGED, decide_by=due))
    page = client.get(status).text
    assert "Deze datum is veranderd." in page
    assert "APV 1:2 lid 1" in page
    assert f"Ja. Wij hebben tot en met {long_date(due)}." in page
    assert page.count(long_date(due)) > 1  # and beside it, with how it was counted
    assert "Niets. U hoort van ons." in page
    for sequence, until, named in ((7, today, True), (8, today - timedelta(days=1), False)):
        of_term = {**vars(STARTED), "sequence": sequence, "because": TITLE}
        hear(app, reference, DelayTold(**of_term, until=until))
        page = client.get(status).text
        assert "Nee, wij hebben meer tijd nodig." in page
        assert (f"nodig. Wij verwachten te beslissen op {long_date(until)}" in page) == named  # a day that is to come
    hear(app, reference, replace(ASKED, sequence=9))
    page = client.get(status).text
    assert "De tijd voor ons besluit staat nu stil." in page
    assert '<a href="#request">Onze vraag beantwoorden</a>' in page


def test_a_question_is_answered_on_the_status_page(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    hear(app, reference, OPENED, ASKED)
    assert "Hoe breed is de stoep?" in client.get(status).text
    empty = client.post(f"{status}/antwoord/{REQUEST}", data={"text": " "})
    assert (empty.status_code, summary_of(empty)) == (422, [("text", "Vul uw antwoord in")])
    answered = client.post(f"{status}/antwoord/{REQUEST}", data={"text": "1,80 meter"})
    assert "Dank u wel" in client.get(answered.location).text
    assert "Hoe breed is de stoep?</p></blockquote>" not in client.get(status).text
    again = client.post(f"{status}/antwoord/{REQUEST}", data={"text": "2 meter"})
    assert "al beantwoord" in client.get(again.location).text


def test_the_decision_is_read_once_it_was_sent(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    hear(app, reference, OPENED, DECIDED)
    page = client.get(status).text
    assert "De brief met het besluit is onderweg" in page
    assert "Voetgangers kunnen er goed langs." not in page
    hear(app, reference, SENT)
    page = client.get(status).text
    messages = page[page.index('id="berichten"') :]
    assert 'href="http://notify.example/brieven/x">Ons besluit</a>' in messages
    assert "per e-mail, op" in messages
    assert "U krijgt de vergunning" in page
    assert "Voetgangers kunnen er goed langs." in page
    assert "Laat 1,80 meter stoep vrij." in page
    assert 'href="http://notify.example/brieven/x"' in page
    assert "7 januari 2027" in page
    in_english = client.get(f"{status}?taal=en", follow_redirects=True).text
    assert '">Our decision</a>' in in_english[in_english.index("Messages from us") :]


def test_who_gets_our_messages_in_the_box_can_have_them_another_way(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    status, reference = sent_by(client)
    hear(app, reference, OPENED, DECIDED, SENT)
    assert "geen-berichtenbox" not in client.get(status).text
    hear(app, reference, replace(SENT, message_id=new_id(), kind="penalty", channel="box", sent_at=utc_now()))
    page = client.get(status).text
    assert "in uw Berichtenbox, op" in page
    assert f'action="{status}/geen-berichtenbox"' in page
    assert app.test_client().post(f"{status}/geen-berichtenbox").status_code != 303
    left = client.post(f"{status}/geen-berichtenbox")
    assert "voortaan een e-mail of een brief" in client.get(left.location).text
    assert told(database, "BoxChosen") == [{"reference": reference, "sealed": None}]

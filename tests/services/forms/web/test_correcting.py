"""Changing what was sent, until somebody begins with it: the same pages, only what differs, sent once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.forms.domain.cases import CaseFact
from shared.clock import utc_now
from shared.database import connect
from shared.events import SubmissionReceived
from shared.wire import from_wire
from tests.services.forms import files
from tests.services.forms.domain.test_cases import ASKED, DECIDED, OPENED, STARTED
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.test_cosigning import ANSWERS as UITRIT
from tests.services.forms.web.filing import Desk, app, client, desk, listed, post, scanner, sent
from tests.services.forms.web.noors_browser import post_step

__all__ = ["app", "client", "desk", "scanner"]


def begin(client: FlaskClient, status: str) -> str:
    """Open what was sent; the address of the form."""
    answer = client.post(f"{status}/wijzigen")
    assert answer.location.endswith("/controleren"), answer.location
    return answer.location.removesuffix("/controleren")


def submit(client: FlaskClient, form: str) -> TestResponse:
    found = re.search(r'name="revision" value="(\d+)"', client.get(f"{form}/controleren").text)
    assert found
    return client.post(f"{form}/controleren", data={"revision": found[1]})


def hear(desk: Desk, *facts: CaseFact) -> None:
    (told,) = desk.told("SubmissionReceived")
    with connect(desk.database.dsn("forms")) as connection:
        for fact in facts:
            inbox.handle(connection, replace(fact, reference=told["reference"]), now=NOW)


def test_what_was_sent_opens_with_its_answers_and_nothing_to_send(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    form = begin(client, status)
    page = client.get(f"{form}/controleren").text
    assert "U hebt nog niets gewijzigd." in page
    assert "Verbouwing van de keuken" in page
    assert 'name="revision"' not in page
    assert begin(client, status) == form


def test_a_change_shows_what_it_was_and_is_and_is_sent_whole(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    form = begin(client, status)
    answer = post_step(client, form, step="what", back="controleren", purpose="Verhuizing")
    assert answer.location == f"{form}/controleren"
    page = client.get(f"{form}/controleren").text
    assert "<span>Was: <del>Verbouwing van de keuken</del></span><span>Is nu: <ins>Verhuizing</ins></span>" in page
    done = submit(client, form)
    assert done.location == f"{status}?gedaan=gewijzigd"
    shown = client.get(done.location).text
    assert "Uw wijziging is bij ons. De datum van ons besluit blijft dezelfde." in shown
    assert "U hebt uw antwoorden gewijzigd" in shown
    (first,) = desk.told("SubmissionReceived")
    (told,) = desk.told("ApplicationCorrected")
    whole = from_wire("SubmissionReceived", version=told["told_as"], payload=told["application"])
    assert isinstance(whole, SubmissionReceived)
    assert (told["reference"], told["revision"]) == (first["reference"], 1)
    assert whole.answers == {**first["answers"], "purpose": "Verhuizing"}
    assert whole.received_at.isoformat() == first["received_at"]
    assert [file.name for file in whole.files] == ["plan.pdf"]
    assert client.get(f"{status}/antwoorden.json").get_json()["answers"]["purpose"] == "Verhuizing"


def test_what_it_said_before_is_kept_and_the_last_day_to_decide_stays(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    (before,) = desk.rows("select received_at, decide_by from forms.submission")
    form = begin(client, status)
    post_step(client, form, step="what", back="controleren", purpose="Verhuizing")
    submit(client, form)
    assert desk.rows("select received_at, decide_by from forms.submission") == [before]
    (kept,) = desk.rows("select revision, answers from forms.correction")
    assert (kept["revision"], kept["answers"]["purpose"]) == (1, "Verbouwing van de keuken")
    assert desk.rows("select measured from forms.draft where corrects is not null") == [{"measured": {}}]


def test_where_somebody_could_have_to_agree_it_is_changed_as_long_as_nobody_has_to(client: FlaskClient) -> None:
    alone = {name: value for name, value in UITRIT.items() if name not in ("consent_by", "owner_name", "owner_email")}
    body = {"answers": {**alone, "owner": True}, "incomplete": True}
    made = client.post("/api/v1/forms/uitrit/submissions", json=body, headers={"Idempotency-Key": "k"}).get_json()
    status = "/" + made["status_url"].split("/", 3)[3]
    client.post(status, data={"reference": made["reference"]})
    assert "Wijzig uw antwoorden" in client.get(status).text
    form = begin(client, status)
    own = {
        "applicant_kind": "person",
        "name": "Noor",
        "email": "noor@example.org",
        "phone": "0612345678",
        "truth": "true",
    }
    home = {"contact_address.postcode": "3811 LX", "contact_address.number": "14", "contact_address.suffix": ""}
    other = {"owner": "false", "consent_by": "mail", "owner_name": "Els", "owner_email": "els@example.org"}
    asked = " ".join((*own, *other, "contact_address"))
    client.post(f"{form}/who", data={**own, **home, **other, "asked": asked, "back": "controleren"})
    page = client.get(f"{form}/controleren").text
    assert "Door uw wijziging moet ook een ander akkoord geven." in page
    assert 'name="revision"' not in page


def test_a_second_click_sends_nothing_twice(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    form = begin(client, status)
    post_step(client, form, step="what", back="controleren", purpose="Verhuizing")
    submit(client, form)
    again = client.post(f"{form}/controleren", data={"revision": "1"})
    assert again.location == f"{status}/ontvangen"
    assert len(desk.told("ApplicationCorrected")) == 1


def test_a_second_correction_begins_with_the_first(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    for purpose in ("Verhuizing", "Een feest"):
        form = begin(client, status)
        post_step(client, form, step="what", back="controleren", purpose=purpose)
        submit(client, form)
    assert [told["revision"] for told in desk.told("ApplicationCorrected")] == [1, 2]


def test_files_come_along_and_can_be_replaced(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    form = begin(client, status)
    ((number, name),) = listed(client.get(f"{form}/files").text)
    assert name == "plan.pdf"
    post(client, form, action=f"remove_file:drawing:{number}")
    post(client, form, ("beter.pdf", files.pdf(pages=2)), back="controleren")
    assert submit(client, form).status_code == 303
    (told,) = desk.told("ApplicationCorrected")
    assert [file["name"] for file in told["application"]["files"]] == ["beter.pdf"]
    assert {row["name"] for row in desk.rows("select name from forms.file where reference is not null")} == {
        "plan.pdf",
        "beter.pdf",
    }
    for wanted in ("plan.pdf", "beter.pdf"):
        assert wanted in client.get(status).text


@pytest.mark.parametrize("fact", [STARTED, ASKED, DECIDED])
def test_once_somebody_began_the_page_says_so_and_offers_no_change(
    client: FlaskClient, desk: Desk, fact: CaseFact
) -> None:
    status = sent(client)
    hear(desk, OPENED)
    assert f'action="{status}/wijzigen"' in client.get(status).text
    hear(desk, fact)
    assert "/wijzigen" not in client.get(status).text
    answer = client.post(f"{status}/wijzigen")
    assert answer.location == f"{status}?gedaan=begonnen"
    assert "Wij zijn al begonnen." in client.get(answer.location).text


def test_a_handler_who_takes_the_case_meanwhile_wins_and_nothing_typed_is_lost(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    form = begin(client, status)
    post_step(client, form, step="what", back="controleren", purpose="Verhuizing")
    revision = re.search(r'name="revision" value="(\d+)"', client.get(f"{form}/controleren").text)
    assert revision
    hear(desk, OPENED, STARTED)
    refused = client.post(f"{form}/controleren", data={"revision": revision[1]})
    assert refused.status_code == 409
    for page in (refused.text, client.get(f"{form}/controleren").text):
        assert "Wij zijn intussen begonnen. Uw wijziging is niet verstuurd." in page
        assert "Is nu: <ins>Verhuizing</ins>" in page
        assert 'name="revision"' not in page
    assert desk.told("ApplicationCorrected") == []
    assert client.get(f"{status}/antwoorden.json").get_json()["answers"]["purpose"] == "Verbouwing van de keuken"


def test_who_took_it_back_changes_nothing(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    client.post(f"{status}/intrekken")
    assert "/wijzigen" not in client.get(status).text
    assert client.post(f"{status}/wijzigen").location == f"{status}?gedaan=begonnen"


def test_another_browser_cannot_change_it(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    assert desk.app.test_client().post(f"{status}/wijzigen").status_code == 404


def test_the_rules_are_read_on_the_day_of_receipt(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    earlier = utc_now() - timedelta(days=40)
    with connect(desk.database.dsn()) as connection:
        connection.execute("update forms.submission set received_at = %s", [earlier])
    begin(client, status)
    (draft,) = desk.rows("select as_of from forms.draft where corrects is not null")
    assert abs((draft["as_of"] - earlier.date()).days) <= 1

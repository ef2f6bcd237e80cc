"""Handing in an incomplete form: told, chosen on purpose, and it travels with the submission (Awb 4:5)."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from services.forms.queries import find_submitted
from shared.crypto import token_hash
from shared.database import connect
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.noor import ANSWERS
from tests.services.forms.web.noors_browser import fill_in, post_step, send, start, summary_of


def test_a_missing_answer_is_told_first_and_may_then_be_left_out(client: FlaskClient) -> None:
    form = start(client)
    told = post_step(client, form, step="what", purpose="")
    assert (told.status_code, summary_of(told)) == (422, [("purpose", "Vul in waarvoor u dit neerzet")])
    assert 'name="action" value="skip"' in told.text
    on = post_step(client, form, step="what", purpose="", action="skip")
    assert (on.status_code, on.location) == (303, f"{form}/where")


def test_a_wrong_answer_and_one_that_must_be_there_cannot_be_left_out(client: FlaskClient) -> None:
    form = fill_in(client, steps=("what", "where", "when"))
    wrong = post_step(client, form, step="when", ends__month="x", action="skip")
    assert wrong.status_code == 422
    must = post_step(client, form, step="who", name="", action="skip")
    assert must.status_code == 422
    assert 'value="skip"' not in must.text


def test_the_check_page_lists_what_is_missing_and_sends_all_the_same(client: FlaskClient, database: Database) -> None:
    form = fill_in(client)
    post_step(client, form, step="what", purpose="", action="skip")
    page = client.get(f"{form}/controleren").text
    assert "Uw aanvraag is nog niet compleet" in page
    assert f'<a href="{form}/what?terug=controleren#purpose">Waarvoor zet u dit neer?</a>' in page
    receipt = send(client, form)
    assert receipt.status_code == 303
    token = receipt.location.split("/")[2]
    with connect(database.dsn("forms")) as connection:
        submitted = find_submitted(connection, status_hash=token_hash(token), keyring=KEYRING)
        row = connection.execute("select payload from bus.event where name = 'SubmissionReceived'").fetchone()
    assert submitted is not None
    assert "purpose" not in submitted.answers
    assert row is not None
    assert [each["question"] for each in row["payload"]["missing"]] == ["purpose"]


def test_an_answer_that_comes_after_all_is_no_longer_missing(client: FlaskClient) -> None:
    form = fill_in(client)
    post_step(client, form, step="what", purpose="", action="skip")
    post_step(client, form, step="what")
    assert "nog niet compleet" not in client.get(f"{form}/controleren").text


def hand_in(client: FlaskClient, key: str, **more: Any) -> Any:
    answers = {name: value for name, value in ANSWERS.items() if name != "purpose"}
    return client.post(
        "/api/v1/forms/objecten/submissions", json={"answers": answers, **more}, headers={"Idempotency-Key": key}
    )


def test_another_program_says_that_it_knows_the_form_is_incomplete(client: FlaskClient) -> None:
    refused = hand_in(client, "one")
    assert refused.status_code == 422
    assert [each["name"] for each in refused.json["errors"]] == ["answers.purpose"]
    assert hand_in(client, "two", incomplete=True).status_code == 201

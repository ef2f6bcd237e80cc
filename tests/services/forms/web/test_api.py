"""The public API: once for each key, and a plain answer to whatever comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import validator_for
from werkzeug.test import TestResponse

import shared.catalogue
from tests.services.forms.noor import ANSWERS

CATALOGUE = Path(shared.catalogue.__file__).parent
PATH = "/api/v1/forms/objecten/submissions"


def hand_in(client: FlaskClient, *, key: str = "key-1", **changes: Any) -> TestResponse:
    answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    return client.post(PATH, json={"answers": answers}, headers={"Idempotency-Key": key} if key else {})


def raw(client: FlaskClient, body: bytes, content_type: str = "application/json") -> TestResponse:
    return client.post(PATH, data=body, headers={"Idempotency-Key": "raw", "Content-Type": content_type})


def test_the_forms_are_listed_with_their_questions(client: FlaskClient) -> None:
    listed = {form["id"] for form in client.get("/api/v1/forms").get_json()["forms"]}
    assert listed == {form.parent.name for form in CATALOGUE.glob("*/form.yaml")}
    whole = client.get("/api/v1/forms/objecten").get_json()
    questions = {question["id"]: question for step in whole["steps"] for question in step["questions"]}
    assert questions["organisation"]["when"] == "applicant_kind == 'company'"
    assert [choice["value"] for choice in questions["surfaces"]["choices"]] == ["pavement", "road", "parking", "green"]
    assert questions["works_permit"]["required"] is False
    assert client.get("/api/v1/forms/paspoort").status_code == 404


def test_a_submission_gets_its_receipt(client: FlaskClient) -> None:
    answer = hand_in(client)
    assert answer.status_code == 201
    receipt = answer.get_json()
    assert set(receipt) == {"reference", "status_url", "decide_by"}
    assert receipt["status_url"].startswith("http://localhost/status/")
    assert answer.headers["Location"] == receipt["status_url"]


def test_the_same_key_and_body_get_the_same_answer(client: FlaskClient) -> None:
    first, second = hand_in(client), hand_in(client)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert hand_in(client, key="key-2").data != first.data


def test_the_same_key_with_another_body_is_a_conflict(client: FlaskClient) -> None:
    hand_in(client)
    assert hand_in(client, purpose="Iets heel anders").status_code == 409


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "sleutel é"])
def test_a_key_is_required(client: FlaskClient, key: str) -> None:
    answer = hand_in(client, key=key)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert "Idempotency-Key" in answer.get_json()["title"]


def test_each_wrong_field_has_an_entry(client: FlaskClient) -> None:
    answer = hand_in(
        client,
        email="noor",
        phone=None,
        colour="red",
        objects=[{"kind": "container", "length": 4, "width": "2", "count": "1"}],
    )
    assert answer.status_code == 422
    assert {entry["name"] for entry in answer.get_json()["errors"]} == {
        "answers.email",
        "answers.phone",
        "answers.colour",
        "answers.objects.0.length",
        "answers.objects.0.count",
    }


def test_the_reasons_come_in_english_when_asked(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": "k", "Accept-Language": "en"}
    problem = client.post(PATH, json={"answers": {}}, headers=headers).get_json()
    assert {"name": "answers.starts", "reason": "Enter the first day"} in problem["errors"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 20_000, "application/json", 400),
        (b"[" * 300 + b"]" * 300, "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"answers": []}', "application/json", 422),
        (b'{"answers": {}, "extra": 1}', "application/json", 422),
        (b'{"answers": {"purpose": "\\u0000"}}', "application/json", 400),
        (b'{"answers": {"purpose": "\\ud800", "\\ud800": 1}}', "application/json", 422),
        (b'{"answers": {"objects": [{"count": 1e999, "length": NaN}]}}', "application/json", 422),
        (b'{"answers": {}, "language": "de"}', "application/json", 422),
        (b"\xff\xfe{", "application/json", 415),
        (b"{}", "application/json; charset=latin-1", 415),
        (b"{}", "text/plain", 415),
        (b"answers=x", "application/x-www-form-urlencoded", 415),
        (b'{"answers": "' + b"x" * 10_000_000 + b'"}', "application/json", 413),
    ],
)
def test_bad_input_gets_a_clear_error(client: FlaskClient, body: bytes, content_type: str, status: int) -> None:
    answer = raw(client, body, content_type)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_values_of_any_shape_are_refused_in_words(client: FlaskClient) -> None:
    shapes: list[Any] = [None, 1, -1.5, True, "", "x", [], [[]], [1], {}, {"a": {}}, ["container"] * 300]
    for name in ANSWERS:
        for shape in shapes:
            answer = client.post(
                PATH,
                json={"answers": {name: shape}},
                headers={"Idempotency-Key": "same"},
            )
            assert answer.status_code == 422


def test_a_hidden_answer_is_left_out(client: FlaskClient) -> None:
    assert hand_in(client, kvk="12345678").status_code == 201


def test_the_api_describes_itself(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()
    assert described["openapi"] == "3.1.0"
    forms = {PATH.replace("objecten", form.parent.name) for form in CATALOGUE.glob("*/form.yaml")}
    general = {
        "/api/v1/forms",
        "/api/v1/forms/{form_id}",
        "/api/v1/forms/{form_id}/files",
        PATH.replace("objecten", "{form_id}"),
    }
    assert set(described["paths"]) == general | forms


def test_the_description_of_a_form_knows_good_answers_from_others(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()
    body = described["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema = validator_for(body, validate_formats=True)
    assert schema.is_valid({"answers": dict(ANSWERS), "language": "en"})
    assert not schema.is_valid({"answers": {**ANSWERS, "starts": "14 januari"}})
    assert not schema.is_valid({"answers": {**ANSWERS, "colour": "red"}})
    assert client.get("/api/v1/forms/objecten").get_json()["answers"] == body["properties"]["answers"]


def test_the_service_says_that_it_is_well(client: FlaskClient) -> None:
    assert client.get("/health").get_json() == {
        "healthy": True,
        "parts": {"catalogue": True, "database": True, "files": True},
    }

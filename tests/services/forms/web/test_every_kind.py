"""A form with a question of every kind: filled in, checked, sent and copied, and proof against whatever is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import validator_for
from werkzeug.test import TestResponse

from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.domain.kinds import HOSTILE
from tests.services.forms.party import FILLED_IN, PARTY, WITH_PARTY, asked
from tests.services.forms.web.noors_browser import send, summary_of

STEPS = tuple(FILLED_IN)


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The web door with the party among its products."""
    yield from open_web(database, catalogue=WITH_PARTY)


def start(client: FlaskClient) -> str:
    return client.post("/party").location.rpartition("/")[0]


def post(client: FlaskClient, form: str, step: str, **changes: Any) -> TestResponse:
    fields = {**FILLED_IN[step], **{name.replace("__", "."): text for name, text in changes.items()}}
    sent = {name: text for name, text in fields.items() if text is not None}
    return client.post(f"{form}/{step}", data={"asked": asked(step), **sent})


def fill_in(client: FlaskClient) -> str:
    form = start(client)
    assert [post(client, form, step).status_code for step in STEPS] == [303, 303, 303]
    return form


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").split())


def test_every_kind_is_read_back_on_the_check_page(client: FlaskClient) -> None:
    page = plain(client.get(f"{fill_in(client)}/controleren").text)
    for text in (
        "dinsdag 14 december 2027 tot en met woensdag 15 december 2027",
        "14.00 uur",
        "Het grasveld achter de school (52.1561, 5.3878)",
        "Voorbeeldstraat 14, 3811 LX Amersfoort",
        "Kraam 1: Eten, breedte 3 m, diepte 2,5 m, is er vuur of gas? Ja",
        "fles 1: inhoud 10 l, gekeurd op vrijdag 1 mei 2026",
        "voor welk huis? Voorbeeldstraat 16, 3811 LX Amersfoort",
        "Oppervlakte van alle kramen 7,5 m²",
        "1.200",
        "€\xa01.250,00".replace("\xa0", " "),
        "Eindigt op 100",
        "NL91 ABNA 0417 1643 00",
        "AB-123-C",
    ):
        assert text in page
    assert "999970100" not in page


def test_what_was_filled_in_fills_the_same_fields_again(client: FlaskClient) -> None:
    form = fill_in(client)
    values = {step: client.get(f"{form}/{step}").text for step in STEPS}
    for step, name, text in (
        ("when", "stay.first.month", "12"),
        ("when", "begins", "14:00"),
        ("when", "spot.point", "52.1561, 5.3878"),
        ("what", "stalls.0.bottles.0.litres", "10"),
        ("what", "income", "1250,00"),
        ("who", "account", "NL91 ABNA 0417 1643 00"),
        ("who", "car", "AB-123-C"),
    ):
        assert re.search(rf'name="{re.escape(name)}" value="{re.escape(text)}"', values[step])
    assert "Voorbeeldstraat 16" in values["what"]


def test_a_form_of_every_kind_is_sent_and_copied(client: FlaskClient) -> None:
    receipt = send(client, fill_in(client))
    copy = client.get(receipt.location.replace("/ontvangen", "/antwoorden.json"))
    assert copy.status_code == 200
    assert "999970100" not in copy.text
    assert copy.get_json()["answers"]["bsn"] == "Eindigt op 100"
    assert client.get(receipt.location.replace("/ontvangen", "/antwoorden.pdf")).status_code == 200


def test_each_wrong_field_is_told_in_the_summary_and_leads_to_itself(client: FlaskClient) -> None:
    form = start(client)
    wrong = {"stay__last__month": "", "begins": "laat", "spot__point": "48.8, 2.3", "home__number": "nul"}
    answer = post(client, form, "when", **wrong)
    assert answer.status_code == 422
    told = summary_of(answer)
    assert [name for name, _ in told] == ["stay-last-month", "begins", "spot-point", "home-number"]
    assert all(f'id="{name}"' in answer.text for name, _ in told)
    rows = {"stalls__0__bottles__0__litres": "100", "stalls__0__pitch__postcode": "1", "stalls__1__sells": "goods"}
    assert summary_of(post(client, form, "what", **rows)) == [
        ("stalls-0-bottles-0-litres", "Kraam 1: fles 1: vul bij ‘Inhoud’ hooguit 99 in"),
        ("stalls-0-pitch-postcode", "Kraam 1: controleer de postcode: 4 cijfers en 2 letters, zoals 3811 LX"),
        ("stalls-1-width", "Kraam 2: vul de breedte in"),
        ("stalls-1-depth", "Kraam 2: vul de diepte in"),
    ]


@pytest.mark.parametrize("step", STEPS)
def test_whatever_is_typed_in_a_field_gets_an_answer_in_words(client: FlaskClient, step: str) -> None:
    form = start(client)
    for turn, name in enumerate(FILLED_IN[step]):
        for hostile in HOSTILE[turn % 6 :: 6]:
            sent = {**FILLED_IN[step], "asked": asked(step), name: hostile.encode("utf-8", "replace").decode()}
            answer = client.post(f"{form}/{step}", data=sent)
            assert (name, hostile, answer.status_code) in ((name, hostile, 303), (name, hostile, 422))
            again = client.get(f"{form}/{step}")
            assert again.status_code == 200
            assert "<script>alert" not in again.text
            assert "<img src=x" not in again.text


def test_buttons_of_a_page_add_and_remove_rows_within_rows(client: FlaskClient) -> None:
    form = start(client)
    press(client, form, "add:stalls.0.bottles")
    assert 'id="stalls-0-bottles-1"' in client.get(f"{form}/what").text
    two = {"stalls.0.bottles.1.litres": "20", "stalls.1.sells": "goods"}
    press(client, form, "remove:stalls.0.bottles:0", **two)
    page = client.get(f"{form}/what").text
    assert 'name="stalls.0.bottles.0.litres" value="20"' in page
    assert 'id="stalls-0-bottles-1"' not in page
    assert 'id="stalls-1"' in page
    press(client, form, "remove:stalls:0", **two)
    assert 'id="stalls-1"' not in client.get(f"{form}/what").text
    press(client, form, "add:stalls")
    assert 'id="stalls-1"' in client.get(f"{form}/what").text


def test_a_column_that_only_the_server_can_judge_comes_with_the_answers_of_its_row(client: FlaskClient) -> None:
    form = start(client)
    assert ".keeper" not in client.get(f"{form}/what").text
    large = {"stalls.1.sells": "goods", "stalls.1.width": "5", "stalls.1.depth": "3"}
    press(client, form, "calculate:area_shown", **large)
    page = client.get(f"{form}/what").text
    assert 'name="stalls.1.keeper"' in page
    assert 'name="stalls.0.keeper"' not in page


def test_an_address_in_a_row_is_found_typed_by_hand_and_looked_up_again(client: FlaskClient) -> None:
    form = start(client)
    assert press(client, form, "find:stalls.0.pitch").status_code == 303
    assert "Voorbeeldstraat 16" in client.get(f"{form}/what").text
    press(client, form, "by_hand:stalls.0.pitch")
    assert 'name="stalls.0.pitch.street" value="Voorbeeldstraat"' in client.get(f"{form}/what").text
    press(client, form, "look_up:stalls.0.pitch", **{"stalls.0.pitch.street": "Anders"})
    assert 'name="stalls.0.pitch.street"' not in client.get(f"{form}/what").text


def test_a_value_is_worked_out_on_the_page_when_asked(client: FlaskClient) -> None:
    form = start(client)
    assert "Dit weten wij als" in client.get(f"{form}/what").text
    assert press(client, form, "calculate:area_shown").location.endswith("/what#area_shown")
    assert "7,5 m²" in client.get(f"{form}/what").text


@pytest.mark.parametrize(
    "action", ["add:nothing", "add:stalls.x.bottles", "remove:stalls.0.nothing:0", "find:", "add:a.b"]
)
def test_a_button_of_no_question_is_refused(client: FlaskClient, action: str) -> None:
    assert press(client, start(client), action).status_code == 400


def test_the_description_of_every_kind_is_valid_openapi(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()
    schemathesis.openapi.from_dict(described).validate()
    body = described["paths"]["/api/v1/forms/party/submissions"]["post"]["requestBody"]["content"]["application/json"]
    kinds = {question.id for question in PARTY.questions if question.asks}
    assert set(body["schema"]["properties"]["answers"]["properties"]) == kinds


def test_what_is_stored_is_what_the_description_asks_for(client: FlaskClient) -> None:
    form = fill_in(client)
    stored = client.get(send(client, form).location.replace("/ontvangen", "/antwoorden.json")).get_json()["answers"]
    schema = validator_for(client.get("/api/v1/forms/party").get_json()["answers"], validate_formats=True)
    assert schema.is_valid({**stored, "bsn": "999970100"})


def test_every_shape_of_answer_is_refused_by_name_at_the_api(client: FlaskClient) -> None:
    shapes: list[Any] = [1, -1.5, True, "x", "\ud800", [[]], [1], {"a": {}}, [{"a": 1}], {"lat": "x"}, "9" * 5000]
    for question in PARTY.questions:
        for shape in shapes:
            problem = refused(client, {question.id: shape})
            assert {entry["name"].split(".")[0] for entry in problem["errors"]} == {"answers"}


def press(client: FlaskClient, form: str, action: str, **more: str) -> TestResponse:
    return client.post(f"{form}/what", data={**FILLED_IN["what"], **more, "asked": asked("what"), "action": action})


def refused(client: FlaskClient, answers: Mapping[str, Any]) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/forms/party/submissions",
        data=json.dumps({"answers": answers}),
        headers={"Idempotency-Key": "same", "Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    problem: dict[str, Any] = answer.get_json()
    return problem

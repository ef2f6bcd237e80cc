"""What every web door does alike."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields

from shared.access import Permission, Person, allows
from shared.api import Operation, answer, describes, json_body
from shared.look import look
from shared.look.look import install
from shared.look.texts import Texts
from shared.web import SignInNeededError, UndeclaredDoorError, add_common_doors, limit_rates, make_app, seal

SAMIR = Person(subject="samir", name="Samir Haddad", email="samir@example.org", groups=frozenset({"handler"}))
RUUD = Person(subject="ruud", name="Ruud Smit", email="ruud@example.org", groups=frozenset())


class _Body(Schema):
    name = fields.String(required=True)
    size = fields.Integer(strict=True)


_BODY = _Body()


class _Who:
    person: Person | None = None


@pytest.fixture
def who() -> _Who:
    return _Who()


@pytest.fixture
def app(who: _Who) -> Flask:
    app = make_app(__name__, secret_key="k" * 32, https=False)
    texts = Texts.load(Path(look.__file__).parent / "translations")
    install(app, texts=texts, municipality=lambda: "Gemeente Voorbeeld", language_of=lambda: "nl")
    limit_rates(app, valkey_url="", on=False)
    add_common_doors(app, title="Voorbeeld", checks={"well": lambda: True})

    @app.post("/api/v1/things")
    @describes(Operation(summary="Make a thing", body=_BODY, returns=_Body, status=201, problems=(422,)))
    @allows(Permission.PUBLIC)
    def make_thing() -> object:
        return answer(json_body(_BODY), status=201)

    @app.route("/cases", methods=["GET", "POST"])
    @allows(Permission.SEE_CASES)
    def cases() -> str:
        return "cases"

    @app.get("/api/v1/cases")
    @allows(Permission.SEE_CASES)
    def api_cases() -> object:
        return answer([])

    @app.get("/broken")
    @allows(Permission.PUBLIC)
    def broken() -> str:
        raise RuntimeError("Noor de Vries lives here")

    @app.get("/down")
    @allows(Permission.PUBLIC)
    def down() -> str:
        raise psycopg.OperationalError

    app.register_error_handler(SignInNeededError, lambda _: ("sign in", 302))
    return seal(app, service="example", person_of=lambda: who.person)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_door_that_declares_no_permission_keeps_the_service_from_starting() -> None:
    app = make_app(__name__, secret_key="k", https=False)
    app.add_url_rule("/open", "open", lambda: "x")

    with pytest.raises(UndeclaredDoorError, match="open"):
        seal(app, service="example", person_of=lambda: None)


def test_nobody_ruud_and_samir_each_get_what_is_theirs(client: FlaskClient, who: _Who) -> None:
    assert (client.get("/cases").status_code, client.get("/api/v1/cases").status_code) == (302, 401)
    who.person = RUUD
    assert (client.get("/cases").status_code, client.get("/api/v1/cases").status_code) == (403, 403)
    who.person = SAMIR
    assert (client.get("/cases").status_code, client.get("/api/v1/cases").status_code) == (200, 200)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_a_form_that_another_site_sent_is_refused(
    client: FlaskClient, who: _Who, headers: dict[str, str], status: int
) -> None:
    who.person = SAMIR

    assert client.post("/cases", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"name": "x"}', "application/json", 201),
        (b'{"name": "x", "size": 3}', "application/json; charset=UTF-8", 201),
        (b'{"name": "x", "size": "3"}', "application/json", 422),
        (b'{"name": "x", "colour": 1}', "application/json", 422),
        (b"{}", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"name":', "application/json", 400),
        (b"", "application/json", 400),
        (b'{"name": "a\\u0000b"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name": "\xff"}', "application/json", 415),
        (b'{"name": "x"}', "application/json; charset=latin-1", 415),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b'{"name": "' + b"x" * 10_000_000 + b'"}', "application/json", 413),
    ],
)
def test_a_bad_body_gets_a_clear_answer_and_never_a_server_error(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    response = client.post("/api/v1/things", data=body, content_type=content_type)

    assert response.status_code == status
    if status != 201:
        assert response.content_type == "application/problem+json"
        assert response.json["traceId"]


def test_a_problem_names_each_wrong_field_in_the_language_asked_for(client: FlaskClient) -> None:
    wrong = {"size": "three", "colour": "red"}

    dutch = client.post("/api/v1/things", json=wrong).json
    english = client.post("/api/v1/things", json=wrong, headers={"Accept-Language": "en-GB"}).json

    assert sorted(entry["name"] for entry in dutch["errors"]) == ["colour", "name", "size"]
    assert {entry["name"]: entry["reason"] for entry in dutch["errors"]}["name"] == "Dit veld ontbreekt."
    assert english["title"] == "Not everything is right. See errors."


def test_an_error_says_nothing_of_what_was_in_hand(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    response = client.get("/broken")

    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in response.text
    assert "Noor" not in response.text + capsys.readouterr().out


def test_a_database_that_is_away_means_try_again(client: FlaskClient) -> None:
    response = client.get("/down")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_every_answer_is_guarded(client: FlaskClient) -> None:
    headers = client.get("/health").headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_health_tells_which_part_is_unwell() -> None:
    app = make_app(__name__, secret_key="k", https=False)
    add_common_doors(app, title="x", checks={"well": lambda: True, "unwell": lambda: bool(1 / 0)})
    response = seal(app, service="example", person_of=lambda: None).test_client().get("/health")

    assert response.status_code == 503
    assert response.json == {"healthy": False, "parts": {"well": True, "unwell": False}}


def test_the_description_is_openapi_and_knows_every_described_door(client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").json

    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {"/api/v1/things"}
    assert set(described["paths"]["/api/v1/things"]["post"]["responses"]) == {"201", "422"}


def test_requests_are_counted_by_route_not_by_address(client: FlaskClient) -> None:
    client.get("/status/secret-token")
    client.get("/cases")

    metrics = client.get("/metrics").text
    assert 'route="/cases"' in metrics
    assert "secret-token" not in metrics


def test_a_trace_is_carried_on(client: FlaskClient) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"

    headers = client.get("/health", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"}).headers

    assert headers["X-Trace-Id"] == trace

"""Signing in by the development provider with the real OpenID Connect code, and what happens when time runs out."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from dev.plan import client_secret
from tests.conftest import Database
from tests.services.workflow.conftest import Town, make_app, open_town
from tests.services.workflow.town import REFERENCE, SAMIR
from tests.signin import open_provider

CASE = f"/zaken/{REFERENCE}"


@pytest.fixture(scope="module")
def app_with_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service with a provider that answers."""
    folder = tmp_path_factory.mktemp("secrets")
    with open_provider(folder) as address:
        yield make_app(issuer=address, secret=client_secret("workflow", folder=folder))


@pytest.fixture
def signing_in(app_with_provider: Flask, database: Database) -> Iterator[Town]:
    """The town where one can sign in."""
    with open_town(app_with_provider, database=database) as town:
        yield town


def choose(client: FlaskClient, path: str, *, person: str) -> str:
    """Follow the way to the provider and choose a person there; give the address back to the service."""
    to_sign_in = client.get(path)
    assert to_sign_in.status_code == 303
    to_provider = client.get(to_sign_in.headers["Location"]).headers["Location"]
    asked = parse_qs(urlsplit(to_provider).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"]
    back = requests.post(to_provider, data={"person": person}, allow_redirects=False, timeout=5)
    return back.headers["Location"]


def end_session(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["until"] = 1


def test_after_signing_in_one_comes_back_where_one_was(signing_in: Town) -> None:
    signing_in.receive()
    client = signing_in.app.test_client()
    answer = client.get(choose(client, f"{CASE}/termijn", person="samir"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{CASE}/termijn")
    assert "Samir Haddad" in client.get(f"{CASE}/termijn").text
    seen = signing_in.rows("select groups from workflow.people where subject = 'samir'")
    assert "handler" in seen[0]["groups"]


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(signing_in: Town) -> None:
    client = signing_in.app.test_client()
    cookie = client.get(choose(client, "/", person="samir")).headers["Set-Cookie"]
    assert cookie.startswith("workflow_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_answer_that_was_not_asked_for_signs_nobody_in(signing_in: Town) -> None:
    address = choose(signing_in.app.test_client(), "/", person="samir")
    stranger = signing_in.app.test_client()
    for path in (address, "/inloggen/terug", "/inloggen/terug?code=x&state=y", "/inloggen/terug?error=access_denied"):
        answer = stranger.get(path)
        assert answer.status_code == 400
        assert "Inloggen lukte niet" in answer.text
    assert stranger.get("/").status_code == 303


def test_a_code_works_once(signing_in: Town) -> None:
    client = signing_in.app.test_client()
    address = choose(client, "/", person="samir")
    assert client.get(address).status_code == 303
    client.post("/uitloggen")
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/\n/x"])
def test_the_way_back_never_leaves_the_site(signing_in: Town, path: str) -> None:
    client = signing_in.app.test_client()
    to_provider = client.get("/inloggen", query_string={"terug": path}).headers["Location"]
    back = requests.post(to_provider, data={"person": "samir"}, allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(back).headers["Location"] == "/"


def test_without_a_provider_the_page_says_so(town: Town) -> None:
    answer = town.client().get("/inloggen")
    assert answer.status_code == 503
    assert "reageert niet" in answer.text
    assert town.client(SAMIR).get("/").status_code == 200


def test_signing_out_ends_the_session(signing_in: Town) -> None:
    client = signing_in.client(SAMIR)
    page = client.post("/uitloggen", follow_redirects=True).text
    assert "U bent uitgelogd" in page
    assert "Log ook uit bij uw organisatie" in page
    assert client.get("/").status_code == 303


def test_an_ended_session_asks_to_sign_in_again(signing_in: Town) -> None:
    client = signing_in.client(SAMIR)
    end_session(client)
    answer = client.get("/?lijst=mine")
    assert answer.headers["Location"] == "/inloggen?terug=/?lijst%3Dmine"


def test_what_was_typed_when_the_session_ended_is_shown_after_signing_in(signing_in: Town) -> None:
    signing_in.claimed(SAMIR)
    client = signing_in.client(SAMIR)
    end_session(client)
    answer = client.post(f"{CASE}/besluit", data={"result": "refused", "own_reason": "Een lange tekst", "version": "0"})
    assert answer.status_code == 401
    assert "Wat u schreef, is bewaard." in answer.text
    assert client.get(choose(client, f"{CASE}/besluit", person="samir")).headers["Location"] == f"{CASE}/besluit"
    page = client.get(f"{CASE}/besluit").text
    assert "Een lange tekst" in page
    assert "Uw sessie was verlopen." in page
    client.post(f"{CASE}/besluit", data={"own_reason": "Een lange tekst", "version": "0", "editor": "e"})
    assert "Uw sessie was verlopen." not in client.get(f"{CASE}/besluit").text


def test_a_question_and_an_autosave_are_kept_as_well(signing_in: Town) -> None:
    signing_in.claimed(SAMIR)
    client = signing_in.client(SAMIR)
    end_session(client)
    client.post(f"{CASE}/vraag", data={"question": "Mijn vraag", "answer_by.day": "3"})
    client.post(f"{CASE}/besluit/bewaar", data={"own_reason": "Mijn reden"})
    signed_in = signing_in.client(SAMIR)
    assert "Mijn vraag" in signed_in.get(f"{CASE}/vraag").text
    assert "Mijn reden" in signed_in.get(f"{CASE}/besluit").text


def test_for_a_stranger_nothing_is_kept(town: Town) -> None:
    town.claimed(SAMIR)
    answer = town.client().post(f"{CASE}/besluit", data={"own_reason": "x"})
    assert answer.status_code == 401
    assert "is bewaard" not in answer.text
    assert town.rows("select count(*) as n from workflow.kept_forms") == [{"n": 0}]


def test_a_form_from_another_site_is_refused(town: Town) -> None:
    town.receive()
    answer = town.client(SAMIR).post(f"{CASE}/pakken", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert town.rows("select handler from workflow.cases") == [{"handler": None}]

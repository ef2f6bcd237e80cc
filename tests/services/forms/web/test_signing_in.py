"""Signing in by the development provider, for a product that asks who somebody is."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from dev.plan import client_secret
from services.forms.main import make_web
from services.forms.settings import Settings
from services.forms.web.visitor import IDLE_S
from shared.catalogue.definitions import CompanyLevel, PersonLevel, SignIn
from shared.database import connect
from shared.sealed import about_box
from tests.conftest import Database
from tests.keys import KEYRING, SEALING_KEYS
from tests.services.forms.domain.test_cases import ASKED, OPENED
from tests.services.forms.noor import CATALOGUE
from tests.services.forms.test_cosigning import ANSWERS, UITRIT, newest_token
from tests.services.forms.test_registers import KNOWS
from tests.services.forms.web.noors_browser import post_step, send, title_of, told
from tests.services.forms.web.test_sending import hear
from tests.signin import open_provider

BSN = "999970100"
ASKS = replace(KNOWS, sign_in=SignIn(person=PersonLevel.SUBSTANTIEEL, company=CompanyLevel.EH2PLUS))
LEVELS = SignIn(person=PersonLevel.MIDDEN, company=CompanyLevel.EH2PLUS)
COSIGNED = replace(UITRIT, cosign=replace(UITRIT.cosign, sign_in=LEVELS) if UITRIT.cosign else None)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the provider and the secret of the forms service there."""
    folder = tmp_path_factory.mktemp("secrets")
    with open_provider(folder) as address:
        yield address, client_secret("forms", folder=folder)


@pytest.fixture
def app(database: Database, provider: tuple[str, str], tmp_path: Path) -> Iterator[Flask]:
    """The forms service with a product that asks to sign in, and one that asks it of the second signatory."""
    settings = Settings(
        database_url=database.dsn("forms"),
        valkey_url=database.valkey_url,
        secret_key="a key for tests only, long enough",
        forms_url="http://localhost",
        files=tmp_path,
        files_key="a key for files, for tests only",
        sealing_keys=SEALING_KEYS,
        box_url="http://box.example",
        box_keys=SEALING_KEYS,
        oidc_issuer=provider[0],
        oidc_client_secret=provider[1],
        rate_limits=False,
    )
    made = make_web(
        settings, catalogue=replace(CATALOGUE, products={"objecten": ASKS, "uitrit": COSIGNED}), follow=False
    )
    yield made
    made.extensions["balie_forms"].pool.close()


def sign_in(
    client: FlaskClient, *, person: str, name: str = "digid", back: str = "/objecten", what: str = "objecten"
) -> str:
    """Sign in at the provider; where one comes back."""
    query = {"voor": what, "terug": back}
    to_provider = client.get(f"/inloggen/{name}", query_string=query).headers["Location"]
    returned = requests.post(to_provider, data={"person": person}, allow_redirects=False, timeout=5)
    return client.get(returned.headers["Location"]).headers["Location"]


def begin(client: FlaskClient) -> str:
    """Begin a form; its address."""
    return client.post("/objecten").headers["Location"].rpartition("/")[0]


def let_time_pass(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the session as a quarter of an hour without a click does."""
    monkeypatch.setattr("services.forms.web.visitor.IDLE_S", -1)


def test_the_start_page_says_that_one_signs_in_and_starts_nothing_before(client: FlaskClient) -> None:
    page = client.get("/objecten").text
    assert "Inloggen met DigiD" in page
    assert "niveau Substantieel" in page
    assert "Start de aanvraag" not in page
    location = client.post("/objecten").headers["Location"]
    assert location == "/inloggen?terug=/objecten&voor=objecten"
    assert "Inloggen met eHerkenning" in client.get(location).text


def test_the_provider_is_asked_for_the_level_of_the_product(client: FlaskClient) -> None:
    location = client.get("/inloggen/digid?voor=objecten").headers["Location"]
    asked = parse_qs(urlsplit(location).query)
    assert asked["acr_values"] == ["urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"]
    page = requests.get(location, timeout=5).text
    assert "doet zich voor als DigiD" in page
    assert "Samir" not in page


def test_who_came_by_the_other_name_of_this_machine_signs_in_under_the_name_to_which_one_comes_back(
    client: FlaskClient,
) -> None:
    way = "/inloggen/digid?voor=objecten&terug=/objecten"
    answer = client.get(way, base_url="http://127.0.0.1")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"http://localhost{way}")
    assert client.get(way).headers["Location"].startswith("http://127.0.0.1")  # the provider itself


@pytest.mark.parametrize(("person", "name"), [("noor", "digid"), ("steiger", "eherkenning")])
def test_after_signing_in_one_starts_and_sends_and_a_person_may_choose_the_box(
    client: FlaskClient, database: Database, person: str, name: str
) -> None:
    assert sign_in(client, person=person, name=name) == "/objecten"
    form = begin(client)
    assert title_of(client.get(f"{form}/what")).startswith("Stap 1 van 5")
    for step in ("what", "where", "when", "who"):
        assert post_step(client, form, step=step).status_code == 303
    is_person = name == "digid"
    assert ("naar mijn Berichtenbox" in client.get(f"{form}/controleren").text) == is_person
    stale = client.post(f"{form}/controleren", data={"revision": "0", "box": "yes"})
    assert ('value="yes" checked' in stale.text) == is_person
    assert "/ontvangen" in send(client, form, box="yes").headers["Location"]
    with connect(database.dsn()) as connection:
        events = connection.execute("select name, payload from bus.event order by name").fetchall()
    chosen = [each["payload"] for each in events if each["name"] == "BoxChosen"]
    opened = [KEYRING.open(each["sealed"], about=about_box(each["reference"])) for each in chosen]
    assert opened == ([BSN] if is_person else [])
    assert BSN not in str(events)


def test_who_did_not_choose_the_box_is_not_told_of(client: FlaskClient, database: Database) -> None:
    sign_in(client, person="noor")
    form = begin(client)
    for step in ("what", "where", "when", "who"):
        post_step(client, form, step=step)
    send(client, form)
    assert told(database, "BoxChosen") == []


def test_what_the_sign_in_tells_is_filled_in_and_may_be_changed(client: FlaskClient, database: Database) -> None:
    sign_in(client, person="noor")
    form = begin(client)
    page = client.get(f"{form}/who").text
    assert 'value="noor@voorbeeld.example"' in page
    assert "Dit weten wij al, doordat u hebt ingelogd" in page
    for step in ("what", "where", "when", "who"):
        post_step(client, form, step=step)
    assert "Dit weten wij al" not in client.get(f"{form}/who").text
    send(client, form)
    (sent,) = told(database, "SubmissionReceived")
    assert sent["sources"] == {"email": "typed"}
    assert sent["identified"] == {"kind": "person", "level": "substantieel"}


def test_a_lower_level_is_not_enough(client: FlaskClient) -> None:
    sign_in(client, person="joris")
    location = client.post("/objecten").headers["Location"]
    assert "een hoger niveau nodig" in client.get(location).text


def test_a_draft_opens_only_for_the_one_who_began_it(client: FlaskClient, app: Flask) -> None:
    sign_in(client, person="noor")
    form = begin(client)
    other = app.test_client()
    assert other.get(f"{form}/what").headers["Location"] == f"/inloggen?terug={form}/what&voor=objecten"
    sign_in(other, person="fatima")
    assert other.get(f"{form}/what").status_code == 404
    assert post_step(other, form, step="what").status_code == 404
    assert client.get(f"{form}/what").status_code == 200


def test_what_is_sent_after_the_session_ended_is_there_after_signing_in(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, person="noor")
    form = begin(client)
    with monkeypatch.context() as late:
        let_time_pass(client, late)
        answer = post_step(client, form, step="what", purpose="Een lange tekst")
        assert answer.headers["Location"] == f"/inloggen?terug={form}/what&voor=objecten"
        assert client.post(f"{form}/where/bewaar", data={"asked": "spot", "spot": "Hoek"}).status_code == 401
        assert client.get(f"{form}/what").status_code == 303
    stranger = app.test_client()
    post_step(stranger, form, step="what", purpose="Van een ander")
    assert sign_in(client, person="noor", back=f"{form}/what") == f"{form}/what"
    assert "Een lange tekst" in client.get(f"{form}/what").text
    assert "Hoek" in client.get(f"{form}/where").text


def test_the_session_ends_after_a_quarter_of_an_hour_and_by_signing_out(client: FlaskClient) -> None:
    assert IDLE_S == 15 * 60
    sign_in(client, person="noor")
    assert "Noor de Vries" in client.get("/").text
    assert "U bent uitgelogd" in client.post("/uitloggen", follow_redirects=True).text
    assert "Noor de Vries" not in client.get("/").text


def test_the_number_stands_in_no_cookie_page_address_row_or_event(client: FlaskClient, database: Database) -> None:
    sign_in(client, person="noor")
    form = begin(client)
    seen = [client.get(f"{form}/what").text, form, str(client.get_cookie("forms_session"))]
    cookie = client.get_cookie("forms_session")
    assert cookie is not None
    for part in cookie.value.split("."):
        with suppress(ValueError):
            seen.append(str(base64.urlsafe_b64decode(part + "==")))
    for step in ("what", "where", "when", "who"):
        post_step(client, form, step=step)
    send(client, form)
    with connect(database.dsn()) as connection:
        for table in ("forms.draft", "forms.submission", "bus.event"):
            seen += [str(row) for row in connection.execute(f"select to_jsonb(t) from {table} t").fetchall()]
        owners = connection.execute("select count(distinct owner) as n from forms.submission").fetchone()
    assert owners == {"n": 1}
    assert [text for text in seen if BSN in text] == []


def test_my_cases_show_what_i_began_sent_and_am_asked(client: FlaskClient, app: Flask) -> None:
    assert client.get("/mijn").headers["Location"] == "/inloggen?terug=/mijn"
    sign_in(client, person="noor")
    assert "nog niets verstuurd" in client.get("/mijn").text
    begin(client)
    form = begin(client)
    for step in ("what", "where", "when", "who"):
        post_step(client, form, step=step)
    receipt = send(client, form).headers["Location"]
    status = receipt.removesuffix("/ontvangen")
    reference = re.findall(r"Z-\d{4}-\w{4}-\w{4}", client.get(receipt).text)[0]
    hear(app, reference, OPENED, ASKED)
    page = client.get("/mijn").text
    assert page.count("Ga verder: Voorwerp op of aan de weg") == 1
    assert ASKED.question in page
    assert "Wij wachten op u" in page
    (further,) = re.findall(r'href="(/mijn/verder/[^"]+)"', page)
    assert client.get(further, follow_redirects=True).status_code == 200
    fresh = app.test_client()
    sign_in(fresh, person="noor")
    assert fresh.get(f"/mijn/{reference}").headers["Location"] == status
    assert "Wij hebben een vraag voor u" in fresh.get(status).text
    other = app.test_client()
    sign_in(other, person="fatima")
    assert reference not in other.get("/mijn").text
    for path in (further, f"/mijn/{reference}"):
        assert other.get(path).status_code == 404
        assert app.test_client().get(path).status_code == 404


def test_a_changed_cookie_or_an_answer_nobody_asked_for_signs_nobody_in(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["visitor"] = "AAAA"
    assert client.get("/").status_code == 200
    answer = client.get("/inloggen/terug?code=x&state=y")
    assert (answer.status_code, "Inloggen lukte niet" in answer.text) == (400, True)


def test_staff_are_no_residents(client: FlaskClient) -> None:
    to_provider = client.get("/inloggen/digid?voor=objecten").headers["Location"]
    returned = requests.post(to_provider, data={"person": "samir"}, allow_redirects=False, timeout=5)
    assert client.get(returned.headers["Location"]).status_code == 400


def sign_in_as_staff(client: FlaskClient, *, person: str) -> FlaskClient:
    to_provider = client.get("/beheer/inloggen").headers["Location"]
    returned = requests.post(to_provider, data={"person": person}, allow_redirects=False, timeout=5)
    client.get("/beheer/inloggen/terug", query_string=urlsplit(returned.headers["Location"]).query)
    return client


def test_staff_sign_in_at_a_door_of_their_own(client: FlaskClient) -> None:
    assert "Bram de Wit" in sign_in_as_staff(client, person="bram").get("/beheer").text
    assert client.get("/mijn").status_code == 303  # staff are no residents


@pytest.mark.parametrize("person", ["samir", "noor"])
def test_whoever_has_not_the_role_does_not_come_in(client: FlaskClient, person: str) -> None:
    assert sign_in_as_staff(client, person=person).get("/beheer").status_code == 403


def test_an_answer_for_residents_signs_no_staff_in(client: FlaskClient) -> None:
    to_provider = client.get("/inloggen/digid").headers["Location"]
    returned = requests.post(to_provider, data={"person": "bram"}, allow_redirects=False, timeout=5)
    answer = client.get("/beheer/inloggen/terug", query_string=urlsplit(returned.headers["Location"]).query)
    assert answer.status_code == 400
    assert client.get("/beheer").status_code == 303


def test_a_second_signatory_signs_in_under_the_name_that_was_given(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    body = {"answers": {**ANSWERS, "owner_name": "F. el Amrani"}, "incomplete": True}
    sent = client.post("/api/v1/forms/uitrit/submissions", json=body, headers={"Idempotency-Key": "one"})
    assert sent.status_code == 201, sent.text
    page = f"/akkoord/{newest_token(database)}"
    first = client.get(page).text
    assert "Log eerst in. Wij moeten zeker weten wie akkoord geeft." in first
    assert f"/inloggen/digid?terug={page}&amp;voor=uitrit.akkoord" in first.replace("%2F", "/")
    assert "Een laadpaal" not in first
    assert client.post(f"{page}/wie", data={"name": "el Amrani"}).status_code == 404  # a name alone is not enough
    assert client.post(page, data={"answer": "yes"}).status_code == 200
    assert told(database, "CosignAnswered") == []
    sign_in(client, person="noor", back=page, what="uitrit.akkoord")
    assert "U bent ingelogd als Noor de Vries. Deze link is voor iemand met een andere naam." in client.get(page).text
    hers = app.test_client()
    assert sign_in(hers, person="fatima", back=page, what="uitrit.akkoord") == page
    assert "Een laadpaal" in hers.get(page).text
    assert hers.post(page, data={"answer": "yes"}).location == f"{page}?antwoord=ja"
    assert told(database, "CosignAnswered")[0]["agreed"] is True

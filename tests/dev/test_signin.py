"""The development sign-in provider, spoken to by the same client library as the services use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

from dev.pages import ProductionError
from dev.people import PEOPLE
from dev.plan import client_secret
from dev.signin import SigninSettings, make_provider, make_signin
from tests.browser import served

pytestmark = pytest.mark.machine

BACK = "http://forms.test/inloggen/terug"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> SigninSettings:
    return SigninSettings(
        bind="127.0.0.1:0",
        secrets=tmp_path_factory.mktemp("secrets"),
        forms_url="http://forms.test",
        workflow_url="http://workflow.test",
        notify_url="http://notify.test",
    )


@pytest.fixture(scope="module")
def issuer(settings: SigninSettings) -> Iterator[str]:
    provider = make_provider(settings)
    with served(make_signin(provider, environment="development")) as provider.issuer:
        yield provider.issuer


@pytest.fixture
def session(settings: SigninSettings) -> Iterator[OAuth2Session]:
    secret = client_secret("forms", folder=settings.secrets)
    with OAuth2Session(
        "forms", secret, scope="openid profile", redirect_uri=BACK, code_challenge_method="S256"
    ) as session:
        yield session


def test_somebody_signs_in_and_the_service_gets_name_and_groups(session: OAuth2Session, issuer: str) -> None:
    facts = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).json()
    verifier, nonce = generate_token(48), generate_token(16)
    url, state = session.create_authorization_url(facts["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    back = choose(url, person="els")
    assert back.startswith(BACK)
    tokens = session.fetch_token(
        facts["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
    )
    claims = read_identity(tokens["id_token"], facts=facts, nonce=nonce)
    assert (claims["sub"], claims["name"], claims["groups"]) == ("els", "Els van Dijk", ["lead", "team:*"])
    assert session.get(facts["userinfo_endpoint"]).json()["email"] == "els@voorbeeld.example"


def test_a_code_is_good_once(session: OAuth2Session, issuer: str) -> None:
    code, verifier = code_for(session, issuer=issuer)
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier}
    first, second = (post_token(session, issuer=issuer, asked=asked) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 400)
    assert second.json()["error"] == "invalid_grant"


def test_a_stolen_code_is_worthless_without_its_verifier(session: OAuth2Session, issuer: str) -> None:
    code, _ = code_for(session, issuer=issuer)
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": "guessed"}
    assert post_token(session, issuer=issuer, asked=asked).json()["error"] == "invalid_grant"


def test_a_service_with_a_wrong_secret_gets_nothing(issuer: str) -> None:
    answer = requests.post(f"{issuer}/token", auth=("forms", "guessed"), data={"code": "x"}, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("address", ["http://forms.test/", BACK + "/", "http://elsewhere.test/inloggen/terug", ""])
def test_nobody_is_sent_to_an_address_that_was_not_agreed(issuer: str, address: str) -> None:
    asked = {"client_id": "forms", "redirect_uri": address, "response_type": "code", "scope": "openid"}
    answer = requests.get(f"{issuer}/authorize", params=asked, allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.headers.get("Location")) == (400, None)


@pytest.mark.parametrize("missing", ["code_challenge", "nonce", "scope", "response_type"])
def test_a_service_that_leaves_out_a_safeguard_is_sent_back_with_an_error(issuer: str, missing: str) -> None:
    asked = {"client_id": "forms", "redirect_uri": BACK, "response_type": "code", "scope": "openid", "state": "s"}
    asked |= {"nonce": "n", "code_challenge": "c", "code_challenge_method": "S256"}
    del asked[missing]
    answer = requests.get(f"{issuer}/authorize", params=asked, allow_redirects=False, timeout=5)
    assert "error=" in answer.headers["Location"]
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["s"]


@pytest.mark.parametrize(
    ("levels", "kind", "named"),
    [
        ("", "staff", "de aanmelddienst"),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", "digid", "DigiD"),
        ("urn:etoegang:core:assurance-class:loa3", "eherkenning", "eHerkenning"),
    ],
)
def test_everybody_has_a_button_at_their_own_provider_and_the_page_says_it_is_not_for_real(
    session: OAuth2Session, issuer: str, levels: str, kind: str, named: str
) -> None:
    asked = {"code_verifier": generate_token(48), "nonce": "n", "acr_values": levels}
    url, _ = session.create_authorization_url(f"{issuer}/authorize", **asked)
    page = requests.get(url, timeout=5).text
    assert {person.kind for person in PEOPLE if f">{person.name}</button>" in page} == {kind}
    assert page.count("</button>") == sum(person.kind == kind for person in PEOPLE)
    assert f"doet zich voor als {named}" in page


def test_it_refuses_to_run_in_production(settings: SigninSettings) -> None:
    with pytest.raises(ProductionError, match="development only"):
        make_signin(make_provider(settings), environment="production")


def test_its_key_outlives_a_restart(settings: SigninSettings) -> None:
    assert make_provider(settings).key.thumbprint() == make_provider(settings).key.thumbprint()
    assert Path(settings.secrets / "signin.pem").stat().st_mode & 0o777 == 0o600


def choose(url: str, *, person: str) -> str:
    answer = requests.post(url, data={"person": person}, allow_redirects=False, timeout=5)
    return answer.headers["Location"]


def code_for(session: OAuth2Session, *, issuer: str) -> tuple[str, str]:
    verifier = generate_token(48)
    url, _ = session.create_authorization_url(f"{issuer}/authorize", code_verifier=verifier, nonce="n")
    return parse_qs(urlsplit(choose(url, person="samir")).query)["code"][0], verifier


def post_token(session: OAuth2Session, *, issuer: str, asked: dict[str, str]) -> requests.Response:
    return requests.post(f"{issuer}/token", auth=("forms", session.client_secret), data=asked, timeout=5)


def read_identity(token: str, *, facts: dict[str, Any], nonce: str) -> CodeIDToken:
    keys = KeySet.import_key_set(requests.get(facts["jwks_uri"], timeout=5).json())
    found = jwt.decode(token, keys, algorithms=facts["id_token_signing_alg_values_supported"])
    options = {"iss": {"values": [facts["issuer"]]}, "aud": {"values": ["forms"]}}
    claims = CodeIDToken(found.claims, found.header, options, {"nonce": nonce})
    claims.validate()
    return claims

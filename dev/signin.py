"""A sign-in provider with invented people, so that the real OpenID Connect code runs on one machine too.

It stands in for the municipality's provider of staff, for DigiD and for eHerkenning, and says so on its page. It knows
no passwords: whoever opens it may be anyone. Authorization code flow with PKCE, as OpenID Connect Core 1.0,
RFC 6749 and RFC 7636 describe it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from flask import Flask, redirect, render_template, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from dev.pages import ProductionError, make_pages, serve_pages
from dev.people import PEOPLE, STANDS_FOR, Person, kind_asked
from dev.plan import client_secret
from dev.stores import SERVICES
from shared.oidc import CALLBACK, STAFF_CALLBACK
from shared.settings import read

CODE_LIVES = 60
"""Seconds (RFC 6749, 4.1.2: short)."""

TOKEN_LIVES = 3600
"""Seconds."""


@dataclass(frozen=True, kw_only=True)
class SigninSettings:
    """Where the provider listens, whom it serves and where its key lies; `signin_url` is where browsers find it."""

    bind: str
    secrets: Path
    forms_url: str
    workflow_url: str
    notify_url: str
    signin_url: str = ""
    environment: str = "development"


@dataclass(frozen=True, kw_only=True)
class Client:
    """A service that may ask who somebody is."""

    id: str
    secret: str
    redirect_uris: tuple[str, ...]
    home: str


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A code that was handed out: to whom, about whom, and what it must be exchanged with."""

    client: Client
    person: Person
    back: str
    nonce: str
    challenge: str
    until: float


class RefusedError(Exception):
    """A request of a service that is not right; `code` is the one OAuth has for it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(kw_only=True)
class Provider:
    """Hands out codes and tokens; codes live in memory, so a restart only asks to sign in again."""

    issuer: str
    key: RSAKey
    clients: Mapping[str, Client]
    _grants: dict[str, Grant] = field(default_factory=dict)

    def client_of(self, asked: Mapping[str, str]) -> Client:
        """The service that asks, by id and exact redirect address.

        Raises:
            RefusedError: unknown or another address: nobody may be sent there, not even with an error.
        """
        client = self.clients.get(asked.get("client_id", ""))
        if client is None or asked.get("redirect_uri") not in client.redirect_uris:
            raise RefusedError("invalid_request", "Deze dienst of dit adres is niet bekend.")
        return client

    def check(self, asked: Mapping[str, str]) -> None:
        """See that the service asks for what this provider gives, with PKCE.

        Raises:
            RefusedError: it does not.
        """
        if asked.get("response_type") != "code":
            raise RefusedError("unsupported_response_type", "only response_type=code")
        if "openid" not in asked.get("scope", "").split():
            raise RefusedError("invalid_scope", "scope must have openid")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise RefusedError("invalid_request", "PKCE with S256 is required")
        if not asked.get("state") or not asked.get("nonce"):
            raise RefusedError("invalid_request", "state and nonce are required")

    def grant(self, asked: Mapping[str, str], *, client: Client, person: Person) -> str:
        """A code for this person, good once."""
        code = secrets.token_urlsafe(32)
        self._grants[code] = Grant(
            client=client,
            person=person,
            back=asked["redirect_uri"],
            nonce=asked["nonce"],
            challenge=asked["code_challenge"],
            until=time.monotonic() + CODE_LIVES,
        )
        return code

    def exchange(self, asked: Mapping[str, str], *, client_id: str, client_secret: str) -> dict[str, Any]:
        """Tokens for a code.

        Raises:
            RefusedError: client, code, address or proof is not right.
        """
        client = self.clients.get(client_id)
        if client is None or not hmac.compare_digest(client.secret, client_secret):
            raise RefusedError("invalid_client", "unknown client or wrong secret")
        if asked.get("grant_type") != "authorization_code":
            raise RefusedError("unsupported_grant_type", "only authorization_code")
        grant = self._grants.pop(asked.get("code", ""), None)
        if grant is None or grant.client != client or time.monotonic() > grant.until:
            raise RefusedError("invalid_grant", "this code is unknown, used or too old")
        if asked.get("redirect_uri") != grant.back or _challenge_of(asked) != grant.challenge:
            raise RefusedError("invalid_grant", "another redirect_uri or code_verifier than at the start")
        return self._tokens(grant)

    def person_behind(self, token: str) -> Person:
        """Who an access token is about.

        Raises:
            RefusedError: the token is not ours, or too old.
        """
        try:
            found = jwt.decode(token, self.key, algorithms=["RS256"])
            jwt.JWTClaimsRegistry(aud={"essential": True, "value": self.issuer}).validate(found.claims)
        except (JoseError, ValueError) as error:
            raise RefusedError("invalid_token", "unknown or expired token") from error
        return _person(str(found.claims["sub"]))

    def _tokens(self, grant: Grant) -> dict[str, Any]:
        now = int(time.time())
        common = {"iss": self.issuer, "sub": grant.person.sub, "iat": now, "exp": now + TOKEN_LIVES}
        identity = {**common, **grant.person.claims(), "aud": grant.client.id, "auth_time": now, "nonce": grant.nonce}
        return {
            "access_token": self._sign({**common, "aud": self.issuer}),
            "id_token": self._sign(identity),
            "token_type": "Bearer",
            "expires_in": TOKEN_LIVES,
            "scope": "openid profile email groups",
        }

    def _sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.thumbprint()}, claims, self.key)


def make_provider(settings: SigninSettings) -> Provider:
    """The provider for the three services, with the key it keeps."""
    addresses = {name: str(getattr(settings, f"{name}_url")) for name in SERVICES}
    clients = {
        name: Client(
            id=name,
            secret=client_secret(name, folder=settings.secrets),
            redirect_uris=(address + CALLBACK, address + STAFF_CALLBACK),
            home=f"{address}/",
        )
        for name, address in addresses.items()
    }
    issuer = settings.signin_url or f"http://{settings.bind}"
    return Provider(issuer=issuer, key=_kept_key(settings.secrets / "signin.pem"), clients=clients)


def make_signin(provider: Provider, *, environment: str) -> Flask:
    """The endpoints of the provider; their addresses are in the discovery document."""
    pages = make_pages("signin", environment=environment)
    pages.add_url_rule("/", "home", lambda: _note("Inloggen", "Open een dienst van Balie en kies daar Inloggen."))
    _add_facts(pages, provider=provider)
    _add_choice(pages, provider=provider)
    _add_exchange(pages, provider=provider)
    return pages


def main() -> None:
    """Serve until ended."""
    settings = read(SigninSettings)
    try:
        pages = make_signin(make_provider(settings), environment=settings.environment)
    except ProductionError as error:
        sys.exit(str(error))
    serve_pages(pages, bind=settings.bind)


def _add_facts(pages: Flask, *, provider: Provider) -> None:
    @pages.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        at, behind = provider.issuer, request.url_root.rstrip("/")
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{behind}/token",
            "userinfo_endpoint": f"{behind}/userinfo",
            "jwks_uri": f"{behind}/jwks",
            "end_session_endpoint": f"{at}/logout",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": ["openid", "profile", "email", "groups"],
            "acr_values_supported": sorted({person.acr for person in PEOPLE if person.acr}),
            "claims_supported": ["sub", "name", "email", "email_verified", "groups", "acr", "bsn", "kvk", "branch"],
        }

    @pages.get("/jwks")
    def keys() -> dict[str, Any]:
        public = provider.key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": "RS256", "kid": provider.key.thumbprint()}]}


def _add_choice(pages: Flask, *, provider: Provider) -> None:
    @pages.route("/authorize", methods=["GET", "POST"])
    def authorize() -> str | Response | tuple[str, int]:
        asked = request.args
        try:
            client = provider.client_of(asked)
        except RefusedError as error:
            return _note("U kunt niet inloggen", str(error)), 400
        try:
            provider.check(asked)
        except RefusedError as error:
            return _back(asked, error=error.code, error_description=str(error))
        if request.method == "GET":
            kind = kind_asked(asked.get("acr_values", ""))
            people = [person for person in PEOPLE if person.kind == kind]
            return render_template("signin.html", people=people, stands_for=STANDS_FOR[kind])
        person = _person(request.form.get("person", ""))
        return _back(asked, code=provider.grant(asked, client=client, person=person), iss=provider.issuer)

    @pages.get("/logout")
    def logout() -> str | Response:
        after = request.args.get("post_logout_redirect_uri", "")
        if after in {client.home for client in provider.clients.values()}:
            return redirect(after, 303)
        return _note("U bent uitgelogd", "U kunt deze pagina sluiten.")


def _add_exchange(pages: Flask, *, provider: Provider) -> None:
    @pages.post("/token")
    def token() -> dict[str, Any]:
        identity, proof = _credentials(request.form)
        return provider.exchange(request.form, client_id=identity, client_secret=proof)

    @pages.get("/userinfo")
    def userinfo() -> dict[str, Any]:
        return provider.person_behind(request.headers.get("Authorization", "").removeprefix("Bearer ")).claims()

    @pages.errorhandler(RefusedError)
    def refused(error: RefusedError) -> tuple[dict[str, str], int]:
        status = 401 if error.code in ("invalid_client", "invalid_token") else 400
        return {"error": error.code, "error_description": str(error)}, status


def _back(asked: Mapping[str, str], **answer: str) -> Response:
    """Lead back to the address that was asked, which is one of the service's own."""
    state = {"state": asked["state"]} if asked.get("state") else {}
    return redirect(f"{asked['redirect_uri']}?{urlencode({**answer, **state})}", 303)


def _credentials(form: MultiDict[str, str]) -> tuple[str, str]:
    """Id and secret of the service, from the header (form-encoded first, RFC 6749 2.3.1) or from the form."""
    basic = request.authorization
    if basic and basic.type == "basic":
        return unquote(basic.username or ""), unquote(basic.password or "")
    return form.get("client_id", ""), form.get("client_secret", "")


def _challenge_of(asked: Mapping[str, str]) -> str:
    digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _person(sub: str) -> Person:
    for person in PEOPLE:
        if person.sub == sub:
            return person
    raise RefusedError("access_denied", "this person does not exist")


def _kept_key(path: Path) -> RSAKey:
    if not path.exists():
        made = RSAKey.generate_key(2048, private=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 - mode at birth
            file.write(made.as_pem(private=True))
    return RSAKey.import_key(path.read_bytes())


def _note(title: str, text: str) -> str:
    return render_template("signin-note.html", title=title, text=text)


if __name__ == "__main__":
    main()

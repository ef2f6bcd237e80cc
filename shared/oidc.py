"""Signing in by OpenID Connect: code flow with PKCE and nonce. Balie keeps no passwords."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlencode, urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, current_app, redirect, request

from shared.log import logger

CALLBACK: Final = "/inloggen/terug"
"""Where the provider leads people back to, in each service."""

STAFF_CALLBACK: Final = "/beheer/inloggen/terug"
"""Where it leads staff back to, in a service whose own sign-in is for residents."""

PROVIDER_WAITS_S: Final = 5

PROVIDER: Final = "provider"
"""The name of a service's own provider; a service may know another one besides."""

_THIS_MACHINE: Final = {"localhost", "127.0.0.1"}
_KEY: Final = "authlib.integrations.flask_client"
_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


class SignInFailedError(Exception):
    """The provider answered something that signs nobody in, or (`unreachable`) did not answer."""

    def __init__(self, error: Exception, *, unreachable: bool) -> None:
        super().__init__(type(error).__name__)
        self.unreachable = unreachable


def add_provider(app: Flask, *, discovery: str, client_id: str, client_secret: str, name: str = PROVIDER) -> None:
    """Sign in with this OpenID Connect provider; its discovery document is read at the first sign-in."""
    providers = app.extensions.get(_KEY) or OAuth(app)
    providers.register(
        name,
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=discovery,
        client_kwargs={
            "scope": "openid profile email groups",
            "code_challenge_method": "S256",
            "default_timeout": PROVIDER_WAITS_S,
        },
    )


def lead_to_provider(site: str, *, name: str = PROVIDER, to: str = CALLBACK, **asked: str) -> Response:
    """Lead to the provider, which leads back to this path of the site; `asked` are further parameters of the request.

    Who came to this machine by its other name goes to the site first: the provider leads back to there, where a browser
    would not send the cookie of now.

    Raises:
        SignInFailedError: the provider does not answer.
    """
    if {urlsplit(request.host_url).hostname, urlsplit(site).hostname} == _THIS_MACHINE:
        return cast(Response, redirect(site + request.full_path, code=303))
    try:
        return cast(Response, _provider(name).authorize_redirect(site + to, **asked))
    except (requests.RequestException, OAuthError) as error:
        raise _failed(error, unreachable=True) from error


def read_claims(*, name: str = PROVIDER) -> Mapping[str, Any]:
    """What the provider says of whoever it led back, checked.

    Raises:
        SignInFailedError: it was not asked for, came too late, or is not the provider's.
    """
    try:
        return cast(Mapping[str, Any], _provider(name).authorize_access_token()["userinfo"])
    except requests.RequestException as error:
        raise _failed(error, unreachable=True) from error
    except (OAuthError, KeyError, TypeError) as error:
        raise _failed(error, unreachable=False) from error


def unfit_claims(error: Exception) -> SignInFailedError:
    """The failure to tell when the claims lack what a service needs."""
    return _failed(error, unreachable=False)


def sign_out_of_provider(site: str, *, name: str = PROVIDER) -> str | None:
    """Give where one also ends the session with the provider (OpenID Connect RP-Initiated Logout), if it tells."""
    try:
        provider = _provider(name)
        at = provider.load_server_metadata().get("end_session_endpoint")
    except requests.RequestException:
        return None
    parameters = {"client_id": provider.client_id, "post_logout_redirect_uri": f"{site}/"}
    return f"{at}?{urlencode(parameters)}" if at else None


def own_path(text: str) -> str:
    """Give a path within this site, or the front page."""
    return text if _OWN_PATH.fullmatch(text) else "/"


def _provider(name: str) -> Any:
    return current_app.extensions[_KEY].create_client(name)


def _failed(error: Exception, *, unreachable: bool) -> SignInFailedError:
    logger.warning("sign_in_failed", error=type(error).__name__)
    return SignInFailedError(error, unreachable=unreachable)

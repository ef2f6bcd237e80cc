"""Signing in by OpenID Connect: code flow with PKCE and nonce. Balie keeps no passwords."""

from __future__ import annotations

import re
from typing import Any, Final, cast
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.workflow.people import keep_form, remember_person
from services.workflow.web.office import expired_subject, find_person, now, office, page_of, reading, start_session
from shared.access import Permission, Person, allows
from shared.log import logger
from shared.web import SAFE_METHODS

pages = Blueprint("sign_in", __name__)

PROVIDER_WAITS_S: Final = 5
MOST_KEPT: Final = 200_000
"""Characters of an unhandled form that are kept."""

_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


def add_provider(app: Flask, *, discovery: str, client_id: str, client_secret: str) -> None:
    """Sign in with this OpenID Connect provider; its discovery document is read at the first sign-in."""
    OAuth(app).register(
        "provider",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=discovery,
        client_kwargs={
            "scope": "openid profile email groups",
            "code_challenge_method": "S256",
            "default_timeout": PROVIDER_WAITS_S,
        },
    )


@pages.get("/inloggen")
@allows(Permission.PUBLIC)
def begin() -> ResponseReturnValue:
    back = own_path(request.args.get("terug", ""))
    if find_person():
        return redirect(back, 303)
    session["back"] = back
    try:
        return cast(Response, _provider().authorize_redirect(office().address + url_for("sign_in.finish")))
    except (requests.RequestException, OAuthError) as error:
        return _failed(error, status=503)


@pages.get("/inloggen/terug")
@allows(Permission.PUBLIC)
def finish() -> ResponseReturnValue:
    try:
        claims = _provider().authorize_access_token()["userinfo"]
        person = _person(claims)
    except requests.RequestException as error:
        return _failed(error, status=503)
    except (OAuthError, KeyError, TypeError) as error:
        return _failed(error, status=400)
    back = own_path(session.get("back", ""))
    with reading() as connection:
        choices = remember_person(connection, person=person, now=now())
    start_session(person, choices=choices)
    return redirect(back, 303)


@pages.post("/uitloggen")
@allows(Permission.PUBLIC)
def leave() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for("sign_in.left"), 303)


@pages.get("/uitgelogd")
@allows(Permission.PUBLIC)
def left() -> ResponseReturnValue:
    return render_template("left.html", elsewhere=_sign_out_of_provider())


def ask_to_sign_in(_error: Exception) -> ResponseReturnValue:
    """Lead to the sign-in and back to the same page; what was sent after the session ended is kept meanwhile."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("sign_in.begin", terug=request.full_path.rstrip("?")), 303)
    page = _page_of_form()
    return render_template("expired.html", back=page, kept=_keep_form(page)), 401


def own_path(text: str) -> str:
    """Give a path within this site, or the front page."""
    return text if _OWN_PATH.fullmatch(text) else "/"


def _keep_form(page: str) -> bool:
    subject = expired_subject()
    fields = {name: values for name, values in request.form.lists() if name != "action"}
    if subject is None or not fields or sum(len(text) for values in fields.values() for text in values) > MOST_KEPT:
        return False
    clean = {name: [text.replace("\x00", "") for text in values] for name, values in fields.items()}
    with reading() as connection:
        keep_form(connection, subject=subject, path=page, fields=clean, now=now())
    return True


def _page_of_form() -> str:
    """Give the page that shows the form again: its own address, or the one that this door belongs to."""
    page = page_of(current_app.view_functions.get(request.endpoint or ""))
    return url_for(page, **(request.view_args or {})) if page else "/"


def _person(claims: dict[str, Any]) -> Person:
    groups = claims.get("groups") or []
    if not isinstance(groups, list):
        raise TypeError("groups must be a list")
    return Person(
        subject=str(claims["sub"]),
        name=str(claims.get("name") or claims["sub"]),
        email=str(claims.get("email") or ""),
        groups=frozenset(str(group) for group in groups),
    )


def _provider() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client("provider")


def _sign_out_of_provider() -> str | None:
    """Give where one also ends the session with the provider (OpenID Connect RP-Initiated Logout), if it tells."""
    try:
        provider = _provider()
        at = provider.load_server_metadata().get("end_session_endpoint")
    except requests.RequestException:
        return None
    parameters = {"client_id": provider.client_id, "post_logout_redirect_uri": f"{office().address}/"}
    return f"{at}?{urlencode(parameters)}" if at else None


def _failed(error: Exception, *, status: int) -> ResponseReturnValue:
    logger.warning("sign_in_failed", error=type(error).__name__)
    return render_template("sign-in-failed.html", unreachable=status >= 500), status

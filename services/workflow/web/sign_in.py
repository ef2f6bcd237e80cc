"""Signing in of staff, and what happens to a page when the session has ended."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.workflow.people import keep_form, remember_person
from services.workflow.web.office import expired_subject, find_person, now, office, page_of, reading, start_session
from shared.access import Permission, allows
from shared.oidc import (
    CALLBACK,
    SignInFailedError,
    lead_to_provider,
    own_path,
    read_claims,
    sign_out_of_provider,
)
from shared.staff import person_of
from shared.web import SAFE_METHODS

pages = Blueprint("sign_in", __name__)

MOST_KEPT: Final = 200_000
"""Characters of an unhandled form that are kept."""


@pages.get("/inloggen")
@allows(Permission.PUBLIC)
def begin() -> ResponseReturnValue:
    back = own_path(request.args.get("terug", ""))
    if find_person():
        return redirect(back, 303)
    session["back"] = back
    return lead_to_provider(office().address)


@pages.get(CALLBACK)
@allows(Permission.PUBLIC)
def finish() -> ResponseReturnValue:
    person = person_of(read_claims())
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
    return render_template("left.html", elsewhere=sign_out_of_provider(office().address))


def ask_to_sign_in(_error: Exception) -> ResponseReturnValue:
    """Lead to the sign-in and back to the same page; what was sent after the session ended is kept meanwhile."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("sign_in.begin", terug=request.full_path.rstrip("?")), 303)
    page = _page_of_form()
    return render_template("expired.html", back=page, kept=_keep_form(page)), 401


def tell_failure(error: SignInFailedError) -> ResponseReturnValue:
    """Say that the sign-in did not succeed."""
    page = render_template("sign-in-failed.html", unreachable=error.unreachable)
    return page, 503 if error.unreachable else 400


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

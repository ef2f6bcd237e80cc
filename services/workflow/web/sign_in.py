"""Signing in of staff, and what happens to a page when the session has ended."""

from __future__ import annotations

from typing import Final

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.workflow.people import keep_form, remember_person
from services.workflow.web.office import expired_subject, find_person, now, office, page_of, reading, start_session
from shared import entrance
from shared.access import Person
from shared.entrance import Entrance, open_entrance
from shared.web import SAFE_METHODS

MOST_KEPT: Final = 200_000
"""Characters of an unhandled form that are kept."""


def _let_in(person: Person) -> None:
    with reading() as connection:
        choices = remember_person(connection, person=person, now=now())
    start_session(person, choices=choices)


def _let_out() -> None:
    session.clear()


ENTRANCE: Final = Entrance(
    site=lambda: office().address,
    layout="layout.html",
    find=find_person,
    let_in=_let_in,
    let_out=_let_out,
)
pages = open_entrance(ENTRANCE)
tell_failure = entrance.tell_failure(ENTRANCE)


def ask_to_sign_in(_error: Exception) -> ResponseReturnValue:
    """Lead to the sign-in and back to the same page; what was sent after the session ended is kept meanwhile."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("sign_in.begin", terug=request.full_path.rstrip("?")), 303)
    page = _page_of_form()
    return render_template("expired.html", back=page, kept=_keep_form(page)), 401


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

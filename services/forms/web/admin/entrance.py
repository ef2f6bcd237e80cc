"""Signing in of staff, and what happens to a page when their session has ended."""

from __future__ import annotations

from flask import Flask, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.forms.web.admin.room import STAFF, find_me
from services.forms.web.counter import counter, now, public
from shared.oidc import STAFF_CALLBACK, lead_to_provider, own_path, read_claims, sign_out_of_provider
from shared.staff import begin_staff_session, end_staff_session, person_of
from shared.web import SAFE_METHODS, SignInNeededError

_HOME = "/beheer"


def open_entrance(app: Flask) -> None:
    """Add these pages, and lead there whoever must sign in first."""
    app.add_url_rule("/beheer/inloggen", "admin_sign_in", begin)
    app.add_url_rule(STAFF_CALLBACK, "admin_finish", finish)
    app.add_url_rule("/beheer/uitloggen", "admin_leave", leave, methods=["POST"])
    app.add_url_rule("/beheer/uitgelogd", "admin_left", left)
    app.register_error_handler(SignInNeededError, _ask_to_sign_in)
    app.context_processor(lambda: {"reader": find_me()} if request.path.startswith(_HOME) else {})


@public
def begin() -> ResponseReturnValue:
    """Go to the provider of staff."""
    back = own_path(request.args.get("terug", _HOME))
    if find_me():
        return redirect(back, code=303)
    session["staff_back"] = back
    return lead_to_provider(counter().address, name=STAFF, to=STAFF_CALLBACK)


@public
def finish() -> ResponseReturnValue:
    """Come back from the provider, and go on where one was."""
    person = person_of(read_claims(name=STAFF))
    begin_staff_session(person, now=now(), seconds=current_app.config["STAFF_SESSION_SECONDS"])
    return redirect(own_path(session.pop("staff_back", _HOME)), code=303)


@public
def leave() -> ResponseReturnValue:
    """Sign out here."""
    end_staff_session()
    return redirect(url_for("admin_left"), code=303)


@public
def left() -> ResponseReturnValue:
    """Signed out; on a shared computer one also signs out of the provider."""
    return render_template("admin/left.html", elsewhere=sign_out_of_provider(counter().address, name=STAFF))


def _ask_to_sign_in(_error: SignInNeededError) -> ResponseReturnValue:
    """Lead to the sign-in and back; what was sent after the session ended can be sent again from the same page."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("admin_sign_in", terug=request.full_path.rstrip("?")), code=303)
    return render_template("admin/expired.html", fields=list(request.form.items(multi=True))), 401

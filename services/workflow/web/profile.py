"""One's own choices: language, shortcuts, and tokens for other systems."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.domain.fault import Fault
from services.workflow.people import Choices, choose, list_tokens, make_token, revoke_token
from services.workflow.web.office import choices, me, now, reading, remember_choices
from services.workflow.web.reading import read_text
from shared.access import Permission, allows
from shared.events import Words
from shared.problems import problem_of

pages = Blueprint("profile", __name__)

LONGEST_LABEL = 80


@pages.get("/profiel")
@allows(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    return _page()


@pages.post("/profiel")
@allows(Permission.SIGNED_IN)
def save() -> ResponseReturnValue:
    chosen = Choices(
        language="en" if request.form.get("language") == "en" else "nl", shortcuts=request.form.get("shortcuts") == "on"
    )
    with reading() as connection:
        choose(connection, person=me(), choices=chosen)
    remember_choices(chosen)
    flash("saved")
    return redirect(url_for("profile.show"), 303)


@pages.post("/profiel/sleutels")
@allows(Permission.SIGNED_IN)
def add_token() -> ResponseReturnValue:
    """Make a token and show it this once."""
    label = read_text(request.form, name="label").strip()
    if not label or len(label) > LONGEST_LABEL:
        words = Words(
            nl=f"Schrijf op waarvoor de sleutel is, in hooguit {LONGEST_LABEL} tekens.",
            en=f"Write what the token is for, in at most {LONGEST_LABEL} characters.",
        )
        return _page(faults=(Fault("label", words),), label=label), 422
    with reading() as connection:
        token = make_token(connection, person=me(), label=label, now=now())
    return _page(token=token)


@pages.post("/profiel/sleutels/<uuid:token_id>/intrekken")
@allows(Permission.SIGNED_IN)
def revoke(token_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        if not revoke_token(connection, person=me(), token_id=token_id):
            raise problem_of(404)
    flash("revoked")
    return redirect(url_for("profile.show"), 303)


def _page(*, token: str | None = None, faults: tuple[Fault, ...] = (), label: str = "") -> str:
    with reading() as connection:
        tokens = list_tokens(connection, person=me())
    return render_template(
        "profile.html", person=me(), choices=choices(), tokens=tokens, token=token, faults=faults, label=label
    )

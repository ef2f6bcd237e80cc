"""My cases: what whoever is signed in began, handed in, and is expected to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import Flask, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.forms.domain.cases import State
from services.forms.domain.identity import Identity
from services.forms.queries import find_all_known, find_own_cases, find_own_drafts
from services.forms.web.counter import let_in, means, public, reading, today
from services.forms.web.viewing import view_known
from shared.events import Words

STATES: Final[Mapping[State, Words]] = {
    "received": Words(nl="Ontvangen", en="Received"),
    "working": Words(nl="Wij bekijken het", en="We are looking at it"),
    "waiting": Words(nl="Wij wachten op u", en="We are waiting for you"),
    "decided": Words(nl="Besloten", en="Decided"),
    "withdrawn": Words(nl="Ingetrokken", en="Withdrawn"),
}


def open_mine(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/mijn", "mine", show_mine)
    app.add_url_rule("/mijn/<reference>", "my_case", open_case)
    app.add_url_rule("/mijn/verder/<uuid:draft_id>", "my_draft", open_draft)


@public
def show_mine() -> ResponseReturnValue:
    """All of it on one page, with what is expected first."""
    who = means().who
    if who is None:
        return redirect(url_for("sign_in", terug="/mijn"), code=303)
    with reading() as connection:
        drafts = find_own_drafts(connection, owner=who.mark, today=today())
        cases = find_own_cases(connection, owner=who.mark)
        known = find_all_known(connection, references=[case.reference for case in cases])
    views = [(case, view_known(case.received_at, known=known[case.reference])) for case in cases]
    titles = [(draft, means().products.version(draft.product, version=draft.version).title) for draft in drafts]
    asked = [(case, request) for case, view in views for request in view.open_requests]
    return render_template("forms/mine.html", drafts=titles, cases=views, asked=asked, states=STATES, today=today())


@public
def open_case(reference: str) -> ResponseReturnValue:
    """To the status page of an own case."""
    with reading() as connection:
        own = find_own_cases(connection, owner=_who().mark)
    if reference not in {case.reference for case in own}:
        abort(404)
    token = means().links.status_token(reference)
    let_in(token)
    return redirect(f"/status/{token}", code=303)


@public
def open_draft(draft_id: UUID) -> ResponseReturnValue:
    """Go on with an own draft."""
    with reading() as connection:
        own = find_own_drafts(connection, owner=_who().mark, today=today())
    if draft_id not in {draft.id for draft in own}:
        abort(404)
    return redirect(f"/verder/{means().links.draft_token(draft_id)}", code=303)


def _who() -> Identity:
    return means().who or abort(404)

"""Begins a trial: a form as a resident sees it, on a day and with a sign-in of one's choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import start_draft
from services.forms.domain.identity import ASSURANCE, Identity, SignInFirstError, ways_of
from services.forms.rehearsal import Rehearsal
from services.forms.web.admin.choosing import File, choose, open_file
from services.forms.web.admin.moments import posted_morning
from services.forms.web.admin.room import administered
from services.forms.web.admin.stage import rehearsals
from services.forms.web.counter import counter, language, said, today
from services.forms.web.visitor import identity_of
from shared.events import Words

_MORE_SURELY: Final = Words(
    nl="Voor dit product moet een inwoner hoger inloggen. Kies een andere manier.",
    en="For this product a resident must sign in more surely. Choose another way.",
)
_NUMBERS: Final = {"person": "999970100", "company": "68750110"}
_NAMES: Final = {"person": "Noor de Vries", "company": "Bouwbedrijf De Steiger"}
_NOBODY: Final = "none"


def open_rehearsing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/product/<product_id>/voorbeeld", "admin_preview", show)
    app.add_url_rule("/beheer/product/<product_id>/voorbeeld", "admin_rehearse", begin, methods=["POST"])


@administered
def show(product_id: str) -> ResponseReturnValue:
    """Choose which text, on which day, signed in how."""
    return _page(open_file(product_id))


@administered
def begin(product_id: str) -> ResponseReturnValue:
    """Begin at the first step."""
    file = open_file(product_id)
    product = choose(file, key=request.form.get("versie") or file.usual).product
    morning = posted_morning()
    if product is None or morning.at is None:
        return _page(file, errors=morning.errors), 422
    who = _identity(request.form.get("level", _NOBODY))
    rehearsal = Rehearsal(token=rehearsals().new_token(), product=product, now=morning.at, who=who)
    try:
        start_draft(product, language=language(), means=rehearsal.means(counter().means), now=rehearsal.now)
    except SignInFirstError:
        return _page(file, errors=[("level", _MORE_SURELY)]), 422
    rehearsals().keep(rehearsal)
    return redirect(f"/aanvraag/{rehearsal.token}/{product.steps[0].id}", code=303)


def _identity(level: str) -> Identity | None:
    kind = {known: kind for kind, known in ASSURANCE.values()}.get(level)
    return identity_of(kind, number=_NUMBERS[kind], level=level, name=_NAMES[kind]) if kind else None


def _page(file: File, *, errors: Sequence[tuple[str, Words]] = ()) -> str:
    day = today()
    key = request.values.get("versie") or file.usual
    product = choose(file, key=key).product
    asked = next((way.level for way in ways_of(product.sign_in)), _NOBODY) if product else _NOBODY
    usual = {"day.day": str(day.day), "day.month": str(day.month), "day.year": str(day.year), "level": asked}
    return render_template(
        "admin/preview.html",
        file=file,
        key=key,
        ready=product is not None,
        levels=[level for _, level in ASSURANCE.values()],
        typed={name: request.form.get(name, text) for name, text in usual.items()},
        errors=[(name, said(words)) for name, words in errors],
    )

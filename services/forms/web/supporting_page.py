"""The page on which anyone signs along with an initiative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import render_template, request

from services.forms.domain.supporting import FIELDS, fingerprint, needed_of, written
from services.forms.ports.cosigns import Put
from services.forms.support_store import find_put
from services.forms.web.controls import Sheet, control_of
from services.forms.web.counter import means, or_gone, reading, today
from services.forms.web.fields import summary_of
from shared.crypto import token_hash

EMPTY: Final = Sheet(typed={}, faults=(), calculated={}, form=None, hidden=frozenset())


def open_support(token: str) -> Put:
    """Give what can be signed behind this link; a guess is not there (404)."""
    with reading() as connection:
        return or_gone(find_put(connection, token_hash=token_hash(token)), page="support-gone")


def render_support(put: Put, *, token: str, sheet: Sheet, known: Mapping[str, Any]) -> str:
    """Give the page, with what was typed before; `known` are the answers in that, as far as they could be read."""
    gathering, product = put.gathering, means().products.version(put.product, version=put.version)
    controls = (control_of(one, name=one.id, known=known.get(one.id), sheet=sheet, scope={}) for one in FIELDS)
    return render_template(
        "forms/support.html",
        token=token,
        gathering=gathering,
        fingerprint=fingerprint(gathering.text),
        product=product,
        text=written(gathering.text, product=product),
        needed=needed_of(product),
        controls=[control for control in controls if control],
        errors=summary_of(sheet.faults),
        over=today() > gathering.last_day,
        told=request.args.get("gedaan", ""),
    )

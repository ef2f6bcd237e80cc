"""The desk: staff fills in a form for somebody who comes by, calls or writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, cast

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import start_for_somebody
from services.forms.domain.asides import received_from
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.web.counter import language, means, now, said, today
from services.forms.web.fields import summary_of
from services.forms.web.visitor import clerk_here
from shared.access import Permission, allows
from shared.events import Intake, Words

Channel = Literal["desk", "phone", "post", "other"]

CHANNELS: Final[Mapping[Channel, Words]] = {
    "desk": Words(nl="Aan de balie", en="At the desk"),
    "phone": Words(nl="Per telefoon", en="By telephone"),
    "post": Words(nl="Per post", en="By post"),
    "other": Words(nl="Op een andere manier, zoals e-mail", en="In another way, such as e-mail"),
}
served = allows(Permission.SERVE_DESK)
"""A door for staff at the desk only."""

_CHOOSE = Words(nl="Kies een formulier", en="Choose a form")
_HOW = Words(nl="Kies hoe dit binnenkwam", en="Choose how this came in")


def open_desk(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/balie", "desk", show_desk)
    app.add_url_rule("/balie", "desk_begin", begin, methods=["POST"])
    app.context_processor(lambda: {"clerk": clerk_here(now()), "channels": CHANNELS})


@served
def show_desk() -> ResponseReturnValue:
    """Which form, and how it came in."""
    return _page({}, faults=())


@served
def begin() -> ResponseReturnValue:
    """Begin the form."""
    typed = {name: request.form.get(name, "")[:100] for name in ("product", "channel", *_DAY)}
    product = means().products.current.get(typed["product"])
    faults = [] if product else [Fault(name="product", text=_CHOOSE)]
    if typed["channel"] not in CHANNELS:
        faults.append(Fault(name="channel", text=_HOW))
    received, wrong = _received(typed)
    if product is None or faults or wrong:
        return _page(typed, faults=(*faults, *wrong)), 422
    intake = Intake(channel=cast(Channel, typed["channel"]), clerk=means().clerk or "")
    token = start_for_somebody(product, intake=intake, received=received, language=language(), means=means(), now=now())
    return redirect(f"/aanvraag/{token}/{product.steps[0].id}", code=303)


_DAY = ("received.day", "received.month", "received.year")


def _received(typed: Mapping[str, str]) -> tuple[date, tuple[Fault, ...]]:
    """The day that a letter or e-mail came in; anything else comes in today."""
    try:
        return received_from({name: [typed[name]] for name in _DAY}, channel=typed["channel"], today=today()), ()
    except WrongAnswerError as wrong:
        return today(), wrong.faults


def _page(typed: Mapping[str, str], *, faults: tuple[Fault, ...]) -> str:
    products = sorted(means().products.current.values(), key=lambda each: said(each.title).casefold())
    return render_template(
        "forms/desk.html",
        typed=typed,
        products=[{"value": each.id, "label": said(each.title)} for each in products],
        ways=[{"value": code, "label": said(words)} for code, words in CHANNELS.items()],
        received={part: typed.get(f"received.{part}", "") for part in ("day", "month", "year")},
        errors=summary_of(faults),
    )

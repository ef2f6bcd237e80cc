"""What is begun from a status page: an objection, a change, a renewal, the end, or what was withdrawn once more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.following import TooLateError, give_up
from services.forms.actions.linking import Former, NoFormError, begin_again, begin_anew, begin_objection
from services.forms.queries import Submitted, find_link
from services.forms.web.counter import at_most, language, means, now, public, reading
from services.forms.web.finding import find_own_case
from services.forms.web.viewing import follow_ups, view_of
from shared.events import Link
from shared.values import LinkKind

LONGEST_WORDS = 1000


def open_linking(app: Flask) -> None:
    """Add these doors."""
    app.add_url_rule("/status/<token>/bezwaar", "object", begin_object, methods=["POST"])
    app.add_url_rule("/status/<token>/veranderen", "amend", begin_amend, methods=["POST"])
    app.add_url_rule("/status/<token>/niet-meer-nodig", "ask_give_up", ask_give_up)
    app.add_url_rule("/status/<token>/niet-meer-nodig", "give_up", end_it, methods=["POST"])
    app.add_url_rule("/status/<token>/verlengen", "renew", begin_renew, methods=["POST"])
    app.add_url_rule("/status/<token>/opnieuw", "begin_anew", begin_withdrawn, methods=["POST"])


@public
@at_most("20/minute")
def begin_object(token: str) -> ResponseReturnValue:
    """Open the form of an objection to the decision that stands on this page."""
    submitted = find_own_case(token)
    if view_of(submitted).objection_until is None:
        return redirect(f"/status/{token}", code=303)
    return _open(
        token, begin=lambda: begin_objection(_former(submitted), language=language(), means=means(), now=now())
    )


@public
def ask_give_up(token: str) -> ResponseReturnValue:
    """Ask whether this is what the holder wants, before it happens."""
    submitted = find_own_case(token)
    if not follow_ups(submitted, view=view_of(submitted)).amendment:
        return redirect(f"/status/{token}", code=303)
    return render_template("forms/give-up.html", token=token, submitted=submitted)


@public
@at_most("20/minute")
def end_it(token: str) -> ResponseReturnValue:
    """End what was granted; a second click changes nothing."""
    submitted = find_own_case(token)
    if not follow_ups(submitted, view=view_of(submitted)).amendment:
        return redirect(f"/status/{token}", code=303)
    because = request.form.get("because", "").replace("\x00", "\ufffd").strip()[:LONGEST_WORDS]
    with suppress(TooLateError):
        give_up(submitted.reference, because=because, means=means(), now=now())
    return redirect(f"/status/{token}", code=303)


@public
@at_most("20/minute")
def begin_amend(token: str) -> ResponseReturnValue:
    """Open the form of the product again, to change what was given."""
    return _open_again(token, kind="amendment")


@public
@at_most("20/minute")
def begin_renew(token: str) -> ResponseReturnValue:
    """Open the form of the product again, to prolong what was given."""
    return _open_again(token, kind="renewal")


@public
@at_most("20/minute")
def begin_withdrawn(token: str) -> ResponseReturnValue:
    """Open the form of what was withdrawn with its answers."""
    submitted = find_own_case(token)
    view = view_of(submitted)
    if not follow_ups(submitted, view=view).anew:
        return redirect(f"/status/{token}", code=303)
    with reading() as connection:
        link = find_link(connection, reference=submitted.reference)
    former = _former(submitted)
    former = replace(former, answers={**former.answers, **view.answers})
    return _open(token, begin=lambda: begin_anew(former, link=link, language=language(), means=means(), now=now()))


def _open_again(token: str, *, kind: LinkKind) -> ResponseReturnValue:
    submitted = find_own_case(token)
    follows = follow_ups(submitted, view=view_of(submitted))
    if not (follows.renewal if kind == "renewal" else follows.amendment):
        return redirect(f"/status/{token}", code=303)
    link = Link(kind=kind, reference=submitted.reference)
    former = _former(submitted)
    return _open(token, begin=lambda: begin_again(former, link=link, language=language(), means=means(), now=now()))


def _open(token: str, *, begin: Callable[[], str]) -> ResponseReturnValue:
    """To the form that was begun; back where there is none."""
    try:
        return redirect(f"/aanvraag/{begin()}", code=303)
    except NoFormError:
        return redirect(f"/status/{token}?gedaan=geen-formulier", code=303)


def _former(submitted: Submitted) -> Former:
    product = means().products.version(submitted.product, version=submitted.version)
    number = view_of(submitted).number
    return Former(
        reference=submitted.reference,
        product=product,
        answers=submitted.answers,
        number=number.text.nl if number else None,
    )

"""Where the initiator puts the text up to be signed, finds the address to share, and sees how many signed."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.confirming import UnconfirmedError, ask_to_confirm
from services.forms.actions.filling import keep_for_later, open_form
from services.forms.actions.gathering import begin_gathering
from services.forms.domain.confirming import address_to_confirm
from services.forms.domain.drafts import TooManyMailsError
from services.forms.domain.pages import Form
from services.forms.domain.supporting import GATHER_DAYS, NotReadyError, may_begin, needed_of, text_of, written
from services.forms.web.counter import at_most, language, means, now, public, today

_WAY = "/aanvraag/<token>/medestanders"


def open_gathering(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule(_WAY, "gathering", show_gathering)
    app.add_url_rule(_WAY, "begin_gathering", begin, methods=["POST"])


@public
def show_gathering(token: str) -> ResponseReturnValue:
    """What people will sign, or the address to share and how many signed; who gathers nothing goes on with the form."""
    form = open_form(token, means=means(), now=now())
    if not form.gathers:
        return redirect(f"/aanvraag/{token}", code=303)
    gathering, text = form.draft.gathering, text_of(form)
    return render_template(
        "forms/gathering.html",
        token=token,
        form=form,
        gathering=gathering,
        changed=gathering is not None and gathering.text != text,
        ready=may_begin(form),
        text=written(text, product=form.product),
        needed=needed_of(form.product),
        page=means().links.support(means().links.support_token(form.draft.id)) if gathering else "",
        email=address_to_confirm(form),
        weeks=GATHER_DAYS // 7,
        over=gathering is not None and today() > gathering.last_day,
        told=request.args.get("gedaan", ""),
    )


@public
@at_most("10/minute")
def begin(token: str) -> ResponseReturnValue:
    """Put the text up, and mail the way back to the form; an address must be confirmed first, as before sending."""
    way = f"/aanvraag/{token}/medestanders"
    try:
        told = _begin(token)
    except NotReadyError:
        return redirect(way, code=303)
    except TooManyMailsError:
        told = "vaak"
    return redirect(f"{way}?gedaan={told}", code=303)


def _begin(token: str) -> str:
    """What came of it, as the page tells it."""
    try:
        is_new = begin_gathering(token, means=means(), now=now())
    except UnconfirmedError:
        ask_to_confirm(token, again="again" in request.form, language=language(), means=means(), now=now())
        return "bevestig"
    if is_new:
        _mail_way_back(token, form=open_form(token, means=means(), now=now()))
    return "geopend"


def _mail_way_back(token: str, *, form: Form) -> None:
    """It takes weeks: the initiator needs the link, and a warning before the form is erased."""
    email = address_to_confirm(form)
    if email:
        keep_for_later(token, email=email, language=language(), means=means(), now=now())

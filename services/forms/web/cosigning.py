"""The pages of the second signatory, who agrees or not; and how the applicant has them asked again."""

from __future__ import annotations

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.cosigning import (
    NoCosignError,
    NotThisPersonError,
    answer_cosign,
    ask_again,
    let_cosigner_in,
)
from services.forms.actions.following import TooLateError, TooManyTriesError
from services.forms.domain.asides import cosigner_from
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.web.cosign_entrance import show_sign_in, standing_of
from services.forms.web.cosign_finding import Asked, find_asked, sections_of
from services.forms.web.counter import at_most, let_in, means, now, public
from services.forms.web.fields import summary_of
from services.forms.web.finding import find_own_case
from services.forms.web.viewing import view_of
from shared.events import Words

LONGEST_REASON = 1000


def open_cosigning(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/akkoord/<token>", "cosign", show_cosign)
    app.add_url_rule("/akkoord/<token>", "answer_cosign", give_cosign, methods=["POST"])
    app.add_url_rule("/akkoord/<token>/wie", "name_cosigner", name_cosigner, methods=["POST"])
    app.add_url_rule("/status/<token>/akkoord", "ask_cosigner", ask_cosigner)
    app.add_url_rule("/status/<token>/akkoord", "mail_cosigner", mail_cosigner, methods=["POST"])


@public
def show_cosign(token: str) -> ResponseReturnValue:
    """What is asked; who opens this for the first time is asked for a name before anything is shown."""
    asked = find_asked(token)
    if asked is None:
        return render_template("forms/cosign-gone.html"), 404
    return _page(token, asked=asked)


@public
@at_most("20/minute")
def name_cosigner(token: str) -> ResponseReturnValue:
    """Let in whoever knows for whom the link was meant."""
    asked = find_asked(token) or abort(404)
    if standing_of(asked, token=token) not in ("name", "in"):
        abort(404)
    typed = request.form.get("name", "")[:200]
    try:
        let_cosigner_in(token, name=asked.cosigning.name, typed=typed, means=means(), now=now())
    except NoCosignError:
        abort(404)
    except NotThisPersonError:
        return _ask_name(token, asked=asked, typed=typed, told=_OTHER_NAME), 422
    except TooManyTriesError:
        return _ask_name(token, asked=asked, typed=typed, told=_TOO_OFTEN), 429, {"Retry-After": "3600"}
    let_in(token)
    return redirect(f"/akkoord/{token}", code=303)


@public
@at_most("20/minute")
def give_cosign(token: str) -> ResponseReturnValue:
    """Keep the answer; a second click, another browser or a late answer change nothing."""
    asked = find_asked(token) or abort(404)
    standing = standing_of(asked, token=token)
    if standing == "name":
        abort(404)
    if standing != "in":
        return _page(token, asked=asked)
    chosen, because = request.form.get("answer", ""), _reason()
    if chosen not in ("yes", "no"):
        return _page(token, asked=asked, because=because, fault=Fault(name="answer", text=_CHOOSE)), 422
    if chosen == "no" and not because:
        return _page(token, asked=asked, chosen=chosen, fault=Fault(name="because", text=_SAY_WHY)), 422
    try:
        answer_cosign(
            token, agreed=chosen == "yes", because=because if chosen == "no" else "", means=means(), now=now()
        )
    except TooLateError:
        return redirect(f"/akkoord/{token}?antwoord=al", code=303)
    return redirect(f"/akkoord/{token}?antwoord=ja", code=303)


@public
def ask_cosigner(token: str) -> ResponseReturnValue:
    """Whom to mail the link, for an applicant who looks after it."""
    submitted = find_own_case(token)
    view = view_of(submitted)
    if not view.may_ask_cosigner or view.cosign is None:
        return redirect(f"/status/{token}", code=303)
    typed = {"name": view.cosign.name, "email": view.cosign.email}
    return render_template(
        "forms/cosign-ask.html", token=token, submitted=submitted, cosign=view.cosign, typed=typed, errors=[]
    )


@public
@at_most("10/minute")
def mail_cosigner(token: str) -> ResponseReturnValue:
    """Mail a new link, perhaps to another address; the former one works no more."""
    submitted = find_own_case(token)
    typed = {name: request.form.get(name, "").replace("\x00", "\ufffd").strip()[:300] for name in ("name", "email")}
    try:
        whom = cosigner_from(typed)
        ask_again(submitted.reference, name=whom["name"], email=whom["email"], means=means(), now=now())
    except WrongAnswerError as wrong:
        page = render_template(
            "forms/cosign-ask.html",
            token=token,
            submitted=submitted,
            cosign=view_of(submitted).cosign,
            typed=typed,
            errors=summary_of(wrong.faults),
        )
        return page, 422
    except TooLateError:
        return redirect(f"/status/{token}?gedaan=akkoord-te-laat", code=303)
    return redirect(f"/status/{token}?gedaan=gevraagd", code=303)


def _page(token: str, *, asked: Asked, chosen: str = "", because: str = "", fault: Fault | None = None) -> str:
    if asked.state != "open":
        return render_template("forms/cosign-done.html", asked=asked, answered=request.args.get("antwoord", ""))
    standing = standing_of(asked, token=token)
    if standing == "name":
        return _ask_name(token, asked=asked)
    if standing != "in":
        return show_sign_in(token, asked=asked, standing=standing)
    return render_template(
        "forms/cosign.html",
        token=token,
        asked=asked,
        sections=sections_of(asked),
        chosen=chosen,
        because=because,
        errors=summary_of([fault] if fault else []),
    )


def _ask_name(token: str, *, asked: Asked, typed: str = "", told: Words | None = None) -> str:
    errors = summary_of([Fault(name="name", text=told)] if told else [])
    return render_template("forms/cosign-name.html", token=token, asked=asked, typed=typed, errors=errors)


def _reason() -> str:
    return request.form.get("because", "").replace("\x00", "\ufffd").strip()[:LONGEST_REASON]


_CHOOSE = Words(nl="Kies of u akkoord gaat", en="Choose whether you agree")
_SAY_WHY = Words(nl="Vul in waarom u niet akkoord gaat", en="Fill in why you do not agree")
_OTHER_NAME = Words(
    nl="Deze link is voor iemand met een andere naam. Vul uw achternaam in, of bel ons",
    en="This link is for somebody with another name. Fill in your surname, or call us",
)
_TOO_OFTEN = Words(
    nl="U hebt het te vaak geprobeerd. Probeer het over een uur opnieuw",
    en="You have tried too often. Try again in an hour",
)

"""Signing in of residents and companies: at the level that a product asks, and back where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from services.forms.actions.filling import keep_page
from services.forms.domain.drafts import HandedInError, UnknownDraftError
from services.forms.domain.identity import (
    ANY_WAY,
    Identity,
    SignInFirstError,
    UnfitIdentityError,
    Way,
    level_of,
    ways_of,
)
from services.forms.domain.progress import UnknownStepError
from services.forms.web.cosign_entrance import AS_COSIGNER
from services.forms.web.counter import at_most, counter, means, now, public
from services.forms.web.steps import posted_page
from services.forms.web.visitor import begin_session, end_session, identity_of, was_signed_in
from shared.oidc import (
    CALLBACK,
    SignInFailedError,
    lead_to_provider,
    own_path,
    read_claims,
    sign_out_of_provider,
    unfit_claims,
)
from shared.web import SAFE_METHODS

_NAMES = {"digid": "person", "eherkenning": "company"}
_KVK_DIGITS = 8


def open_sign_in(app: Flask) -> None:
    """Add these pages, and lead there whoever must sign in first."""
    app.add_url_rule("/inloggen", "sign_in", choose_way)
    app.add_url_rule("/inloggen/<any(digid,eherkenning):name>", "begin", begin)
    app.add_url_rule(CALLBACK, "finish", finish)
    app.add_url_rule("/uitloggen", "leave", leave, methods=["POST"])
    app.add_url_rule("/uitgelogd", "left", left)
    app.register_error_handler(SignInFirstError, _ask_to_sign_in)
    app.register_error_handler(SignInFailedError, _tell_failure)


@public
def choose_way() -> ResponseReturnValue:
    """How to sign in, and what for."""
    back, product = own_path(request.args.get("terug", "")), request.args.get("voor", "")
    return render_template("forms/sign-in.html", ways=_ways(product), back=back, product_id=product)


@public
@at_most("60/minute")
def begin(name: str) -> ResponseReturnValue:
    """Go to the provider."""
    way = next((way for way in _ways(request.args.get("voor", "")) if way.kind == _NAMES[name]), None) or abort(404)
    session["back"] = own_path(request.args.get("terug", ""))
    return lead_to_provider(counter().address, acr_values=way.acr)


@public
def finish() -> ResponseReturnValue:
    """Come back from the provider, and go on where one was."""
    try:
        identity = _identity(read_claims())
    except (UnfitIdentityError, ValidationError, KeyError) as error:
        raise unfit_claims(error) from error
    begin_session(identity, now=now())
    return redirect(own_path(session.pop("back", "")), code=303)


@public
def leave() -> ResponseReturnValue:
    """Sign out here."""
    end_session()
    return redirect(url_for("left"), code=303)


@public
def left() -> ResponseReturnValue:
    """Signed out; on a shared computer one also signs out of the provider."""
    return render_template("forms/left.html", elsewhere=sign_out_of_provider(counter().address))


def _ways(whom: str) -> tuple[Way, ...]:
    """The ways of a product; with `AS_COSIGNER` behind its name those of its second signatory."""
    product = means().products.current.get(whom.removesuffix(AS_COSIGNER))
    if product is None:
        return ANY_WAY
    asked = product.cosign.sign_in if product.cosign and whom.endswith(AS_COSIGNER) else product.sign_in
    return ways_of(asked) or ANY_WAY


def _identity(claims: Mapping[str, Any]) -> Identity:
    kind, level = level_of(claims)
    number = bsn.validate(str(claims["bsn"])) if kind == "person" else _kvk(str(claims["kvk"]))
    known = {"name": str(claims["name"]), "level": level}
    more = {name: str(claims[claim]) if claims.get(claim) else None for name, claim in _MORE.items()}
    return identity_of(kind, number=number, **known, **more)


_MORE = {"branch": "branch", "email": "email", "phone": "phone_number"}


def _kvk(text: str) -> str:
    if len(text) != _KVK_DIGITS or not text.isdecimal():
        raise UnfitIdentityError
    return text


def _ask_to_sign_in(error: SignInFirstError) -> ResponseReturnValue:
    """Lead to the sign-in and back to the same page; what its owner sent after time ran out is kept meanwhile."""
    if request.method not in SAFE_METHODS:
        _keep_sent()
    if request.endpoint == "autosave":
        return "", 401
    return redirect(url_for("sign_in", terug=request.full_path.rstrip("?"), voor=error.product), code=303)


def _keep_sent() -> None:
    owner, step = was_signed_in(), (request.view_args or {}).get("step_id")
    if owner is None or step is None or request.endpoint not in ("keep_step", "autosave"):
        return
    token = (request.view_args or {})["token"]
    try:
        keep_page(token, page=posted_page(step), means=replace(means(), who=owner), now=now(), way="later")
    except (SignInFirstError, UnknownDraftError, HandedInError, UnknownStepError):
        return


def _tell_failure(error: SignInFailedError) -> ResponseReturnValue:
    page = render_template("forms/sign-in-failed.html", unreachable=error.unreachable)
    return page, 503 if error.unreachable else 400

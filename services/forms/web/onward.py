"""The page behind the link of a form that lies ready after a talk."""

from __future__ import annotations

from flask import Flask, redirect, render_template
from flask.typing import ResponseReturnValue

from services.forms.actions.onward import begin_onward
from services.forms.ports.cosigns import Invite
from services.forms.queries import Submitted, find_submitted
from services.forms.web.counter import LinkGoneError, at_most, language, means, now, or_gone, public, reading
from shared.catalogue.definitions import Product
from shared.crypto import token_hash


def open_onward(app: Flask) -> None:
    """Add this page."""
    app.add_url_rule("/beginnen/<token>", "onward", show_ready)
    app.add_url_rule("/beginnen/<token>", "begin_onward", begin, methods=["POST"])


@public
@at_most("60/minute")
def show_ready(token: str) -> ResponseReturnValue:
    """Which form lies ready; nothing that was told stands here."""
    _, product, _ = _find(token)
    return render_template("forms/onward.html", token=token, product=product)


@public
@at_most("20/minute")
def begin(token: str) -> ResponseReturnValue:
    """Go to the form, at the end where all is checked if it was begun before."""
    invite, product, talk = _find(token)
    way = begin_onward(invite, product=product, talk=talk, language=language(), means=means(), now=now())
    return redirect(f"/aanvraag/{way}/{product.steps[0].id}", code=303)


def _find(token: str) -> tuple[Invite, Product, Submitted]:
    """What the link leads to; a guess, and a product that is not open now, lead nowhere (404)."""
    with means().open_work(now()) as work:
        invite = work.invites.find(token_hash(token))
    product = means().products.current.get(invite.product) if invite else None
    if invite is None or product is None:
        raise LinkGoneError("onward-gone")
    status = token_hash(means().links.status_token(invite.reference))
    with reading() as connection:
        talk = find_submitted(connection, status_hash=status, keyring=means().keyring)
    return invite, product, or_gone(talk, page="onward-gone")

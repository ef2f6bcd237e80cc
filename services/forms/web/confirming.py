"""The pages on which whoever does not sign in confirms an e-mail address, from this device or from another."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.confirming import UnconfirmedError, ask_to_confirm, confirm_address
from services.forms.actions.filling import open_form
from services.forms.confirm_store import find_confirming
from services.forms.domain.confirming import address_to_confirm
from services.forms.domain.drafts import TooManyMailsError
from services.forms.ports.cosigns import Confirming
from services.forms.web.counter import at_most, language, let_in, may_see, means, now, public, reading, today, words_for
from shared.crypto import token_hash

STILL = "nog"
"""What the form says that comes from the page on which one confirms: still not, then."""


def open_confirming(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/aanvraag/<token>/bevestigen", "await_confirm", show_waiting)
    app.add_url_rule("/aanvraag/<token>/bevestigen", "mail_confirm", mail_again, methods=["POST"])
    app.add_url_rule("/bevestigen/<token>", "confirm", show_confirm)
    app.add_url_rule("/bevestigen/<token>", "give_confirm", give_confirm, methods=["POST"])
    app.register_error_handler(UnconfirmedError, _confirm_first)


@public
def show_waiting(token: str) -> ResponseReturnValue:
    """Say that a link was mailed, and send the form once it was followed."""
    form = open_form(token, means=means(), now=now())
    email = address_to_confirm(form)
    if email is None:
        return redirect(f"/aanvraag/{token}/controleren", code=303)
    revision = request.args.get("versie", "")
    product = form.product
    return render_template(
        "forms/confirm.html",
        token=token,
        form=form,
        email=email,
        step=next(step for step in product.steps if product.roles.email in {one.id for one in step.questions}),
        revision=revision if revision.isdecimal() else form.draft.revision,
        told=request.args.get("gedaan", ""),
        words=words_for(product),
    )


@public
@at_most("10/minute")
def mail_again(token: str) -> ResponseReturnValue:
    """Mail the same link once more."""
    return redirect(_waiting(token, told="weer" if _mail(token, again=True) else "vaak"), code=303)


@public
def show_confirm(token: str) -> ResponseReturnValue:
    """Ask whether this is one's own address: a program that only looks at links in mails confirms nothing."""
    found = _find(token)
    if found is None:
        return render_template("forms/confirm-gone.html"), 404
    draft = means().links.draft_token(found.draft_id)
    title = means().products.version(found.product, version=found.version).title
    back = f"/aanvraag/{draft}/bevestigen" if may_see(draft) else ""
    return render_template("forms/confirm-address.html", token=token, found=found, title=title, back=back)


@public
@at_most("20/minute")
def give_confirm(token: str) -> ResponseReturnValue:
    """Keep that the address is right."""
    if _find(token) is None:
        abort(404)
    confirm_address(token, means=means(), now=now())
    return redirect(f"/bevestigen/{token}", code=303)


def _find(token: str) -> Confirming | None:
    with reading() as connection:
        return find_confirming(connection, token_hash=token_hash(token), today=today())


def _confirm_first(_error: UnconfirmedError) -> ResponseReturnValue:
    """Whoever sends too early gets the mail, and finds the same form after confirming in this browser."""
    token = (request.view_args or {})["token"]
    let_in(means().links.draft_token(open_form(token, means=means(), now=now()).draft.id))
    mailed = _mail(token, again=False)
    told = "vaak" if not mailed else STILL if STILL in request.form else ""
    return redirect(_waiting(token, told=told), code=303)


def _mail(token: str, *, again: bool) -> bool:
    """Whether the link could be mailed."""
    with suppress(TooManyMailsError):
        ask_to_confirm(token, again=again, language=language(), means=means(), now=now())
        return True
    return False


def _waiting(token: str, *, told: str) -> str:
    known = {"versie": request.form.get("revision", ""), "gedaan": told}
    return f"/aanvraag/{token}/bevestigen?{urlencode({name: text for name, text in known.items() if text})}"

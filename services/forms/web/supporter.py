"""The page behind the link that somebody was mailed who signs along: it lets the signature count, or takes it back."""

from __future__ import annotations

from flask import Flask, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.supporting import confirm_signature, open_supporter, withdraw_signature
from services.forms.domain.supporting import written
from services.forms.ports.cosigns import Put, Signed
from services.forms.support_store import find_put_of, find_signed
from services.forms.web.counter import at_most, let_in, may_see, means, now, public, reading, today
from shared.crypto import token_hash


def open_supporter_pages(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/handtekening/<token>", "supporter", show_signature)
    app.add_url_rule("/handtekening/<token>", "answer_supporter", answer_signature, methods=["POST"])


@public
def show_signature(token: str) -> ResponseReturnValue:
    """What was signed by whom; a program that only looks at links in mails confirms nothing."""
    signed, put = _find(token)
    if signed is None or put is None:
        taken_back = may_see(token)
        return render_template("forms/supporter-gone.html", taken_back=taken_back), 200 if taken_back else 404
    product = means().products.version(put.product, version=put.version)
    return render_template(
        "forms/supporter.html",
        token=token,
        signed=signed,
        supporter=open_supporter(signed, means=means()),
        subject=written(put.gathering.text, product=product)[0][1],
        page=means().links.support(means().links.support_token(signed.draft_id)),
    )


@public
@at_most("20/minute")
def answer_signature(token: str) -> ResponseReturnValue:
    """Confirm or take back; a second click changes nothing."""
    signed, _ = _find(token)
    if signed is None and not may_see(token):
        abort(404)
    if request.form.get("act") == "withdraw":
        withdraw_signature(token, means=means(), now=now())
        let_in(token)
    else:
        confirm_signature(token, means=means(), now=now())
    return redirect(f"/handtekening/{token}", code=303)


def _find(token: str) -> tuple[Signed | None, Put | None]:
    with reading() as connection:
        signed = find_signed(connection, token_hash=token_hash(token), today=today())
        return signed, find_put_of(connection, draft_id=signed.draft_id) if signed else None

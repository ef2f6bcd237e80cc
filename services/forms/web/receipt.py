"""What whoever sent a form keeps: the receipt, and copies of the answers."""

from __future__ import annotations

from flask import Flask, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from services.forms.copies import plain_answers, press_answers
from services.forms.domain.submissions import decide_by
from services.forms.web.counter import counter, may_see, means, public, words_for
from services.forms.web.finding import find_case, find_cosign, find_own_bill, find_own_case
from services.forms.web.viewing import steps_said
from shared.api import answer
from shared.law.calendar import local_date


def open_receipt(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/status/<token>/ontvangen", "receipt", show_receipt)
    app.add_url_rule("/status/<token>/antwoorden.pdf", "copy_pdf", copy_pdf)
    app.add_url_rule("/status/<token>/antwoorden.json", "copy_json", copy_json)


@public
def show_receipt(token: str) -> ResponseReturnValue:
    """The receipt: what we got, what happens next and when. It stays; nothing is sent again."""
    submitted = find_case(token)
    if not may_see(token):
        return redirect(f"/status/{token}", code=303)
    product = means().products.version(submitted.product, version=submitted.version)
    return render_template(
        "forms/receipt.html",
        token=token,
        words=words_for(product),
        submitted=submitted,
        steps=steps_said(decide_by(product, received=local_date(submitted.received_at)).steps),
        at_once=any(rule.effect == "at_once" and rule.outcome == "fired" for rule in submitted.rules),
        cosign=find_cosign(submitted),
        email=submitted.answers.get(product.roles.email, ""),
        owed=find_own_bill(submitted),
    )


@public
def copy_pdf(token: str) -> ResponseReturnValue:
    """The answers as a PDF (Awb 2:17 lid 2)."""
    submitted = find_own_case(token)
    cosign = find_cosign(submitted)
    pdf = press_answers(
        submitted,
        cosign=cosign,
        municipality=counter().municipality,
        language=submitted.language,
        status_link=means().links.status(submitted.reference),
    )
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{submitted.reference}.pdf"'
    return response


@public
def copy_json(token: str) -> ResponseReturnValue:
    """The answers as data."""
    submitted = find_own_case(token)
    product = means().products.version(submitted.product, version=submitted.version)
    disposition = f'attachment; filename="{submitted.reference}.json"'
    plain = plain_answers(submitted, product=product, cosign=find_cosign(submitted))
    return answer(plain, headers={"Content-Disposition": disposition})

"""Leaving a form before the end: because no permit is needed, or to go on later."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.choosing import go_elsewhere, go_on_anyway, stop
from services.forms.actions.filling import keep_for_later, open_form
from services.forms.copies import press_statement
from services.forms.domain.asides import email_from
from services.forms.domain.drafts import NowhereElseError, TooManyMailsError
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.domain.pages import Form
from services.forms.web.counter import at_most, counter, language, means, now, public, words_for
from services.forms.web.fields import summary_of
from services.forms.web.steps import AFTER, NOT_NEEDED, OTHER_PRODUCT, address_after, next_address
from shared.events import Words

LONGEST_EMAIL = 300


def open_pausing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule(f"/aanvraag/<token>/{NOT_NEEDED}", "not_needed", show_not_needed)
    app.add_url_rule(f"/aanvraag/<token>/{NOT_NEEDED}", "choose", choose, methods=["POST"])
    app.add_url_rule("/aanvraag/<token>/niet-nodig/verklaring.pdf", "statement", statement)
    app.add_url_rule(f"/aanvraag/<token>/{OTHER_PRODUCT}", "other_product", show_other_product)
    app.add_url_rule(f"/aanvraag/<token>/{OTHER_PRODUCT}", "choose_product", choose_product, methods=["POST"])
    app.add_url_rule("/aanvraag/<token>/later", "later", show_later)
    app.add_url_rule("/aanvraag/<token>/later", "mail_link", mail_link, methods=["POST"])
    app.add_url_rule("/gestopt", "stopped", stopped)


@public
def show_not_needed(token: str) -> ResponseReturnValue:
    """Tell that no permit is needed; the resident chooses."""
    form = open_form(token, means=means(), now=now())
    outcome = form.progress.evaluation.not_needed
    if outcome is None:
        return redirect(next_address(token, form=form), code=303)
    return render_template(
        "forms/not-needed.html",
        token=token,
        form=form,
        outcome=outcome,
        words=words_for(form.product),
        after=request.args.get(AFTER, ""),
    )


@public
@at_most("20/minute")
def statement(token: str) -> ResponseReturnValue:
    """The statement that nothing needs to be asked for, as a PDF to keep."""
    form = open_form(token, means=means(), now=now())
    outcome = form.progress.evaluation.not_needed
    if outcome is None:
        return redirect(next_address(token, form=form), code=303)
    pdf = press_statement(form, outcome=outcome, municipality=counter().municipality, language=language(), at=now())
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="verklaring-{form.product.id}.pdf"'
    return response


@public
def show_other_product(token: str) -> ResponseReturnValue:
    """Tell which form fits better; the resident chooses."""
    form = open_form(token, means=means(), now=now())
    elsewhere = form.progress.evaluation.other_product
    other = means().products.current.get(elsewhere.product) if elsewhere else None
    if elsewhere is None or other is None:
        return redirect(next_address(token, form=form), code=303)
    return render_template(
        "forms/other-product.html",
        token=token,
        form=form,
        outcomes=elsewhere.outcomes,
        other=other,
        after=request.args.get(AFTER, ""),
    )


@public
def choose_product(token: str) -> ResponseReturnValue:
    """Go on with the other form and all answers that fit there, or stay with this one."""
    if request.form.get("action") == "stay":
        return _go_on(token)
    try:
        fresh = go_elsewhere(token, means=means(), now=now())
    except NowhereElseError:
        return redirect(next_address(token, form=open_form(token, means=means(), now=now())), code=303)
    return redirect(f"/verder/{fresh}", code=303)


@public
def choose(token: str) -> ResponseReturnValue:
    """Stop, or go on anyway."""
    if request.form.get("action") == "stop":
        stop(token, means=means(), now=now())
        return redirect("/gestopt", code=303)
    return _go_on(token)


@public
def stopped() -> ResponseReturnValue:
    """The draft is gone, nothing was sent."""
    return render_template("forms/stopped.html")


@public
def show_later(token: str) -> ResponseReturnValue:
    """Ask where to mail the link to."""
    form = open_form(token, means=means(), now=now())
    return _later(token, form=form, typed=form.draft.answers.get(form.product.roles.email, ""))


@public
@at_most("10/minute")
def mail_link(token: str) -> ResponseReturnValue:
    """Have the link mailed."""
    typed = request.form.get("email", "").replace("\x00", "\ufffd").strip()[:LONGEST_EMAIL]
    form = open_form(token, means=means(), now=now())
    try:
        email = email_from(typed)
        keep_for_later(token, email=email, language=language(), means=means(), now=now())
    except WrongAnswerError as wrong:
        return _later(token, form=form, typed=typed, faults=wrong.faults[:1]), 422
    except TooManyMailsError:
        told = Words(
            nl="Wij hebben deze link al 5 keer gemaild. Kijk ook in uw map met ongewenste mail",
            en="We have mailed this link 5 times already. Look in your spam folder too",
        )
        return _later(token, form=form, typed=typed, faults=(Fault(name="email", text=told),)), 422
    return _later(token, form=form, sent=email)


def _go_on(token: str) -> ResponseReturnValue:
    form = go_on_anyway(token, means=means(), now=now())
    return redirect(address_after(token, form=form, step_id=request.form.get(AFTER, "")), code=303)


def _later(token: str, *, form: Form, typed: str = "", faults: Sequence[Fault] = (), sent: str = "") -> str:
    return render_template(
        "forms/later.html",
        token=token,
        form=form,
        typed=typed,
        errors=summary_of(faults),
        sent=sent,
    )

"""Following a case: where it stands, what is asked, and the decision."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.following import (
    TooManyTriesError,
    UnknownCaseError,
    WrongReferenceError,
    recognise,
)
from services.forms.domain.faults import Fault
from services.forms.domain.submissions import decide_by
from services.forms.queries import Submitted
from services.forms.web.asked import first_open
from services.forms.web.counter import (
    LinkGoneError,
    at_most,
    let_in,
    may_see,
    means,
    now,
    public,
    said,
    today,
    words_for,
)
from services.forms.web.fields import summary_of
from services.forms.web.finding import (
    find_case,
    find_own_bill,
    later_field,
    list_sent_files,
)
from services.forms.web.viewing import follow_ups, may_change, steps_said, view_of
from shared.events import Words
from shared.law.calendar import local_date


def open_status(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/status/<token>", "status", show_status)
    app.add_url_rule("/status/<token>", "recognise", give_reference, methods=["POST"])


@public
def show_status(token: str) -> ResponseReturnValue:
    """Where the case stands; a browser that we do not know is asked for the reference first."""
    submitted = find_case(token)
    if not may_see(token):
        return _ask(token)
    return status_page(token, submitted=submitted)


@public
@at_most("20/minute")
def give_reference(token: str) -> ResponseReturnValue:
    """Let in whoever knows the reference."""
    typed = request.form.get("reference", "")[:40]
    try:
        recognise(token, typed=typed, means=means(), now=now())
    except UnknownCaseError:
        raise LinkGoneError("status-gone") from None
    except WrongReferenceError:
        wrong = Words(
            nl="Dit zaaknummer hoort niet bij deze link. Kijk in de e-mail met de bevestiging",
            en="This case number does not belong to this link. Look in the confirmation e-mail",
        )
        return _ask(token, typed=typed, fault=Fault(name="reference", text=wrong)), 422
    except TooManyTriesError:
        wait = Words(
            nl="U hebt het te vaak geprobeerd. Probeer het over een uur opnieuw",
            en="You have tried too often. Try again in an hour",
        )
        return _ask(token, typed=typed, fault=Fault(name="reference", text=wait)), 429, {"Retry-After": "3600"}
    let_in(token)
    return redirect(f"/status/{token}", code=303)


def _ask(token: str, *, typed: str = "", fault: Fault | None = None) -> str:
    errors = summary_of([fault] if fault else [])
    return render_template("forms/reference.html", token=token, typed=typed, errors=errors)


def status_page(token: str, *, submitted: Submitted, typed: str = "", fault: Fault | None = None) -> str:
    """The page of a case, with a fault in one of its small forms."""
    product = means().products.version(submitted.product, version=submitted.version)
    own = decide_by(product, received=local_date(submitted.received_at))
    view, owed = view_of(submitted), find_own_bill(submitted)
    return render_template(
        "forms/status.html",
        token=token,
        submitted=submitted,
        view=view,
        open=first_open(view, product=product, token=token),
        dates={state: local_date(at) for state, at in view.dates.items()},
        due=view.decide_by or submitted.decide_by,
        steps=steps_said(view.steps or own.steps),
        timeline=[
            {
                "when": one.at.replace(microsecond=0),
                "title": said(one.title),
                "text": said(one.why) if one.why else one.text,
                "kind": one.icon,
            }
            for one in view.timeline
        ],
        files=list_sent_files(submitted, token=token),
        later=later_field(),
        may_change=may_change(submitted, view=view, owed=owed),
        typed=typed,
        errors=summary_of([fault] if fault else []),
        answered=request.args.get("beantwoord", ""),
        done=request.args.get("gedaan", ""),
        today=today(),
        words=words_for(product),
        owed=owed,
        follows=follow_ups(submitted, view=view),
    )

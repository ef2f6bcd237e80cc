"""Changing an application from its status page, until somebody begins with it."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

from services.forms.actions.correcting import correct, send_correction
from services.forms.domain.correcting import Correctable, TakenError, price_differs, takes_corrections
from services.forms.domain.pages import Form
from services.forms.domain.showing import show
from services.forms.queries import Submitted
from services.forms.web.counter import at_most, language, means, now, public, said
from services.forms.web.finding import find_case, find_own_bill, find_own_case
from services.forms.web.viewing import view_of
from shared.differences import differences


def open_correcting(app: Flask) -> None:
    """Add this door."""
    app.add_url_rule("/status/<token>/wijzigen", "correct", begin, methods=["POST"])


@public
@at_most("20/minute")
def begin(token: str) -> ResponseReturnValue:
    """Open the form with the answers that were sent, on the page that lists them."""
    submitted = find_own_case(token)
    of = Correctable(
        reference=submitted.reference,
        product=submitted.product,
        version=submitted.version,
        language=submitted.language,
        received_at=submitted.received_at,
        answers=submitted.answers,
        owner=submitted.owner,
    )
    if not takes_corrections(owner=submitted.owner, who=means().who):
        return redirect(f"/status/{token}?gedaan=begonnen", code=303)
    try:
        form = correct(of, means=means(), now=now())
    except TakenError:
        return redirect(f"/status/{token}?gedaan=begonnen", code=303)
    return redirect(f"/aanvraag/{form}/controleren", code=303)


def send_changes(token: str, *, revision: int) -> ResponseReturnValue | None:
    """Send what changed and lead back to the case; None when somebody began with it meanwhile.

    Raises:
        ChangedMeanwhileError, IncompleteError: as for a form that is sent first.
    """
    try:
        reference = send_correction(token, revision=revision, language=language(), means=means(), now=now())
    except TakenError:
        return None
    return redirect(f"/status/{means().links.status_token(reference)}?gedaan=gewijzigd", code=303)


def correction_of(form: Form, *, taken: bool = False) -> dict[str, Any] | None:
    """What the check page says of a form that corrects another: what changes, and what keeps that from being sent."""
    if form.draft.corrects is None:
        return None
    token = means().links.status_token(form.draft.corrects)
    submitted = find_case(token)
    changes = differences(submitted.shown, after=show(form.product, evaluation=form.progress.evaluation))
    taken = taken or not view_of(submitted).may_correct
    return {
        "status": f"/status/{token}",
        "barred": _barred(form, submitted=submitted) or ("taken" if taken else ""),
        "changes": [{"label": said(one.label), "was": said(one.was), "now": said(one.now)} for one in changes],
    }


def _barred(form: Form, *, submitted: Submitted) -> str:
    """What of these answers keeps them from being sent: another price than was paid, or who must agree."""
    evaluation, bill = form.progress.evaluation, find_own_bill(submitted)
    cents = evaluation.fee.cents if evaluation.fee else None
    if price_differs(bill, cents=cents, product=form.product, online=means().provider is not None):
        return "price" if bill else "fee"
    return "cosign" if evaluation.cosign else ""

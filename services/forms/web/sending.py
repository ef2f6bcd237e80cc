"""The end of a form: check everything, and send it once."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import open_form
from services.forms.actions.sending import ChangedMeanwhileError, CorrectionError, may_choose_box, submit
from services.forms.domain.files import Scan
from services.forms.domain.pages import Form
from services.forms.domain.showing import show
from services.forms.domain.submissions import IncompleteError, decide_by
from services.forms.web.correcting import correction_of, send_changes
from services.forms.web.counter import counter, language, let_in, means, now, public, said, words_for
from services.forms.web.steps import CHECK, titles_of
from services.forms.web.viewing import steps_said


def open_sending(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule(f"/aanvraag/<token>/{CHECK}", "check", show_check)
    app.add_url_rule(f"/aanvraag/<token>/{CHECK}", "send", send, methods=["POST"])


@public
def show_check(token: str) -> ResponseReturnValue:
    """All answers, what is still missing, what the rules say, and the button that sends."""
    return _check_page(token, form=open_form(token, means=means(), now=now()))


@public
def send(token: str) -> ResponseReturnValue:
    """Send the form; a second click, a second tab and a reload all end at the same receipt."""
    revision = request.form.get("revision", "")
    known = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
    try:
        return _send(token, revision=known)
    except (ChangedMeanwhileError, IncompleteError):
        return _check_page(token, form=open_form(token, means=means(), now=now()), changed=True), 409


def _send(token: str, *, revision: int) -> ResponseReturnValue:
    try:
        box = "box" in request.form
        receipt = submit(token, revision=revision, language=language(), means=means(), now=now(), box=box)
    except CorrectionError:
        done = send_changes(token, revision=revision)
        return done or (_check_page(token, form=open_form(token, means=means(), now=now()), taken=True), 409)
    return to_receipt(receipt.reference)


def to_receipt(reference: str) -> ResponseReturnValue:
    """Lead to the receipt of this case, and let this browser see it from now on."""
    status_token = means().links.status_token(reference)
    let_in(status_token)
    return redirect(f"/status/{status_token}/ontvangen", code=303)


def _check_page(token: str, *, form: Form, changed: bool = False, taken: bool = False) -> str:
    evaluation = form.progress.evaluation
    due = decide_by(form.product, received=form.today)
    return render_template(
        "forms/check.html",
        token=token,
        form=form,
        sections=_sections(token, form=form),
        changed=changed,
        correction=correction_of(form, taken=taken),
        due=due.safe,
        pace=counter().paces.of(form.product.id, pool=counter().pool),
        steps=steps_said(due.steps),
        fee=evaluation.fee,
        online=means().provider is not None,
        fired=[outcome for outcome in evaluation.outcomes if outcome.outcome == "fired"],
        titles=titles_of(form),
        boxes=may_choose_box(form.draft.owner, means=means()),
        boxed="box" in request.form,
        **_missing(token, form=form),
        words=words_for(form.product),
        waiting=sum(file.scan is Scan.WAITING for file in form.files),
        unjudged=sum(file.scan is Scan.UNJUDGED for file in form.files),
    )


def _missing(token: str, *, form: Form) -> dict[str, list[tuple[str, str]]]:
    """What keeps the form from being sent and what may be left open, each question with the way there and back."""
    barred = dict.fromkeys(one.name.partition(".")[0] for one in form.progress.barred)
    ways = {
        question.id: (said(question.label), f"/aanvraag/{token}/{step.id}?terug={CHECK}#{question.id}")
        for step in form.progress.steps
        for question in step.questions
    }
    return {
        "barred": [ways[name] for name in barred],
        "lacking": [ways[question.id] for question in form.progress.lacking if question.id not in barred],
    }


def _sections(token: str, *, form: Form) -> list[dict[str, object]]:
    """The answers as the check page lists them, each with the way to change it."""
    steps = {question.id: step for step in form.product.steps for question in step.questions if question.asks}
    return [
        {
            "title": said(section.title),
            "rows": [
                {
                    "label": said(row.label),
                    "value": _lines(said(row.text)),
                    "href": f"/aanvraag/{token}/{steps[row.question].id}?terug={CHECK}#{row.question}"
                    if row.question in steps
                    else "",
                    "what": said(row.label),
                }
                for row in section.rows
            ],
        }
        for section in show(form.product, evaluation=form.progress.evaluation)
    ]


def _lines(text: str) -> str | list[str]:
    return text.split("\n") if "\n" in text else text

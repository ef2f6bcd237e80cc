"""The questionnaire that somebody of the residents' panel answers once, by a link of their own; or asks to stop."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.forms.domain.faults import Fault, untold
from services.forms.domain.progress import Progress
from services.forms.domain.reading import Typed, read_fields
from services.forms.panel_store import Panel, find_asked, find_panel, keep_answers, stop_asking
from services.forms.web.controls import Control, Sheet, control_of
from services.forms.web.counter import at_most, counter, means, or_gone, public, reading, today
from services.forms.web.fields import summary_of, typed_fields
from shared.catalogue.definitions import Product, Step
from shared.crypto import token_hash


def open_panel(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/panel/<token>", "panel", show)
    app.add_url_rule("/panel/<token>", "panel_answer", answer, methods=["POST"])


@public
@at_most("60/minute")
def show(token: str) -> ResponseReturnValue:
    """The questions, that they were answered, or that it is too late; in each case the way to ask for no more."""
    if request.args.get("gedaan") == "gestopt":
        return render_template("forms/panel-done.html", done="stopped", title=None)
    opened = _open(token)
    if opened is None:
        return render_template("forms/panel-done.html", done="over", title=None, token=token)
    panel, product, answered = opened
    if answered or "gedaan" in request.args:
        return render_template("forms/panel-done.html", done="answered", title=product.title, token=token)
    return _page(panel, token=token, product=product, typed={})


@public
@at_most("20/minute")
def answer(token: str) -> ResponseReturnValue:
    """Keep the answers apart from who gave them; or never ask this person again."""
    opened = _open(token)
    if request.form.get("act") == "stop":
        with counter().pool.connection() as connection:
            asked = find_asked(connection, token_hash=token_hash(token))
            if asked:
                stop_asking(connection, seal=asked.address_seal, today=today())
        return redirect(f"/panel/{token}?gedaan=gestopt", code=303)
    if opened is None:
        return redirect(f"/panel/{token}", code=303)
    panel, product, answered = opened
    typed = typed_fields(request.form.lists())
    read = read_fields(product.questions, typed=typed)
    checked = means().check(product, answers=read.answers)
    progress = Progress(product, checked.answers, today())
    told = [*read.faults, *checked.faults]
    faults = [*told, *untold(progress.faults, besides=told)]
    if faults and not answered:
        return _page(panel, token=token, product=product, typed=typed, faults=faults), 422
    with counter().pool.connection() as connection:
        keep_answers(connection, token_hash=token_hash(token), answers=progress.evaluation.answers)
    return redirect(f"/panel/{token}?gedaan=ja", code=303)


def _open(token: str) -> tuple[Panel, Product, bool] | None:
    """Give the questionnaire of this link, and whether it was answered; None once it is over. A guess gets 404."""
    with reading() as connection:
        asked = or_gone(find_asked(connection, token_hash=token_hash(token)), page="link-gone")
        panel = find_panel(connection, panel_id=asked.panel) if asked.panel else None
    if panel is None or panel.version is None or panel.closes_on is None or panel.closes_on < today():
        return None
    return panel, means().products.version(panel.id, version=panel.version), asked.answered


def _page(panel: Panel, *, token: str, product: Product, typed: Typed, faults: Sequence[Fault] = ()) -> str:
    sheet = Sheet(typed=typed, faults=faults, calculated={}, form=None, hidden=frozenset())
    answers = read_fields(product.questions, typed=typed).answers
    visible = Progress(product, answers, today()).evaluation.visible
    steps = [(step, _controls(step, sheet=sheet, visible=visible)) for step in product.steps]
    return render_template(
        "forms/panel.html",
        token=token,
        title=product.title,
        steps=steps,
        closes_on=panel.closes_on,
        errors=summary_of(faults),
    )


def _controls(step: Step, *, sheet: Sheet, visible: frozenset[str]) -> list[Control]:
    scope = {each.id: (each, each.id) for each in step.questions}
    found = (
        control_of(each, name=each.id, known=None, sheet=sheet, scope=scope, shown=each.id in visible)
        for each in step.questions
    )
    return [control for control in found if control]

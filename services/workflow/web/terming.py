"""The term of a case: five clocks side by side, what can be done to them, and the ledger from which all follows."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.workflow.actions.terming import LedgerMovedError, take_act
from services.workflow.domain.probing import REFUSED
from services.workflow.people import drop_kept_form, find_kept_form
from services.workflow.web.act_form import ACTS, ActForm
from services.workflow.web.act_page import act_page, effect_page, read_form, start_form
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.term_page import term_page
from shared.access import Permission, allows
from shared.problems import problem_of

pages = Blueprint("terming", __name__)


@pages.get("/zaken/<reference>/termijn")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        return term_page(connection, file=file, by=me().subject, at=now())


@pages.get("/zaken/<reference>/termijn/<word>")
@allows(Permission.WORK_CASES)
def begin(reference: str, word: str) -> ResponseReturnValue:
    """The questions of one act."""
    file = _file(reference, word=word)
    with reading() as connection:
        kept = find_kept_form(connection, person=me(), path=request.path)
    form = start_form(file, word=word, asked=request.args, at=now(), typed=kept.fields if kept else None)
    return act_page(file, word=word, form=form)


@pages.post("/zaken/<reference>/termijn/<word>")
@allows(Permission.WORK_CASES)
@shown_by("terming.begin")
def take(reference: str, word: str) -> ResponseReturnValue:
    """Show what an act would do to the dates, and do it once that was seen."""
    file = _file(reference, word=word)
    form = read_form(file, word=word, typed=request.form)
    step = request.form.get("step", "show")
    if step == "edit":
        return act_page(file, word=word, form=replace(form, faults=()))
    if form.faults:
        return act_page(file, word=word, form=form), 422
    if step != "do":
        return effect_page(file, word=word, form=form, by=me().subject, at=now())
    return _do(reference, word=word, form=form)


def _file(reference: str, *, word: str) -> CaseFile:
    if word not in ACTS:
        raise problem_of(404)
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())


def _do(reference: str, *, word: str, form: ActForm) -> ResponseReturnValue:
    try:
        with acting() as desk:
            take_act(reference, act=form.act, lines=form.lines, person=me(), now=now(), desk=desk)
    except LedgerMovedError as error:
        file = _file(reference, word=word)
        typed = MultiDict({**request.form.to_dict(), "lines": str(len(file.case.ledger))})
        again = read_form(file, word=word, typed=typed)
        return effect_page(file, word=word, form=again, by=me().subject, at=now(), moved=error)
    except REFUSED as error:
        return act_page(_file(reference, word=word), word=word, form=form, refused=error), 409
    with reading() as connection:
        drop_kept_form(connection, person=me(), path=request.path)
    flash("term_changed")
    return redirect(url_for("terming.show", reference=reference), 303)

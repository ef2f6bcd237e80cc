"""Asking the applicant something, with the day by which it is answered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions import handling
from services.workflow.domain.case import (
    AlreadyDecidedError,
    NotYourCaseError,
    WaitingForApplicantError,
    check_at_work,
)
from services.workflow.people import drop_kept_form, find_kept_form
from services.workflow.web.ask_page import begin_form, read_form, render_form
from services.workflow.web.casefile import open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.reading import to_multi
from services.workflow.web.refusals import words_for
from shared.access import Permission, allows

pages = Blueprint("asking", __name__)


@pages.get("/zaken/<reference>/vraag")
@allows(Permission.WORK_CASES)
def write(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        kept = find_kept_form(connection, person=me(), path=request.path)
    check_at_work(file.case, by=me().subject)
    form = read_form(to_multi(kept.fields)) if kept else begin_form(file)
    return render_form(file, form=form, kept=kept is not None)


@pages.post("/zaken/<reference>/vraag")
@allows(Permission.WORK_CASES)
@shown_by("asking.write")
def ask(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
    form = read_form(request.form)
    question = form.question
    if question is None:
        return render_form(file, form=form, faults=form.faults), 422
    try:
        with acting() as desk:
            handling.ask_applicant(reference, question=question, person=me(), now=now(), desk=desk)
    except handling.NoFlawError as wrong:
        return render_form(file, form=form, faults=wrong.faults), 422
    except (AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError) as error:
        return render_form(file, form=form, refused=words_for(error)), 409
    with reading() as connection:
        drop_kept_form(connection, person=me(), path=request.path)
    flash("asked")
    return redirect(url_for("case.show", reference=reference), 303)

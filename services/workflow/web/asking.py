"""Asking the applicant something, with the day by which it is answered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions import handling
from services.workflow.domain.case import (
    AlreadyDecidedError,
    NotYourCaseError,
    WaitingForApplicantError,
    check_at_work,
)
from services.workflow.domain.fault import Fault
from services.workflow.domain.question import Question, faults_of, usual_answer_by
from services.workflow.people import drop_kept_form, find_kept_form
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.reading import TypedDate, read_date, read_text, to_multi, typed_from
from services.workflow.web.refusals import words_for
from shared.access import Permission, allows
from shared.events import Words

pages = Blueprint("asking", __name__)


@pages.get("/zaken/<reference>/vraag")
@allows(Permission.WORK_CASES)
def write(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        kept = find_kept_form(connection, person=me(), path=request.path)
    check_at_work(file.case, by=me().subject)
    if kept:
        form = to_multi(kept.fields)
        return _page(file, text=read_text(form, name="question"), typed=read_date(form, name="answer_by"), kept=True)
    usual = usual_answer_by(today(), repair_days=file.product.process.repair_days)
    return _page(file, text="", typed=TypedDate(typed=typed_from(usual), day=usual, fault=None, bad=()))


@pages.post("/zaken/<reference>/vraag")
@allows(Permission.WORK_CASES)
@shown_by("asking.write")
def ask(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
    text, typed = read_text(request.form, name="question"), read_date(request.form, name="answer_by")
    faults = (*faults_of(text, answer_by=typed.day, today=today()), *([typed.fault] if typed.fault else []))
    if faults or typed.day is None:
        return _page(file, text=text, typed=typed, faults=faults), 422
    question = Question(text=text.strip(), answer_by=typed.day)
    try:
        with acting() as desk:
            handling.ask_applicant(reference, question=question, person=me(), now=now(), desk=desk)
    except (AlreadyDecidedError, NotYourCaseError, WaitingForApplicantError) as error:
        return _page(file, text=text, typed=typed, refused=words_for(error)), 409
    with reading() as connection:
        drop_kept_form(connection, person=me(), path=request.path)
    flash("asked")
    return redirect(url_for("case.show", reference=reference), 303)


def _page(
    file: CaseFile,
    *,
    text: str,
    typed: TypedDate,
    faults: tuple[Fault, ...] = (),
    kept: bool = False,
    refused: Words | None = None,
) -> str:
    return render_template(
        "ask.html",
        file=file,
        text=text,
        typed=typed,
        faults=faults,
        kept=kept,
        refused=refused,
        in_time=today() < file.clock.term.rolled,
    )

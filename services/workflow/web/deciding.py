"""Taking a decision: see what goes to the applicant, then say so."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.deciding import decide_draft
from services.workflow.domain.decision import faults_of
from services.workflow.domain.fault import FaultyInputError
from services.workflow.draft_store import draft_of
from services.workflow.web.casefile import open_file
from services.workflow.web.editor import render_check
from services.workflow.web.office import acting, letters, me, now, reading, shown_by, today
from services.workflow.web.refusals import CANNOT_DECIDE, words_for
from shared.access import Permission, allows

pages = Blueprint("deciding", __name__)


@pages.get("/zaken/<reference>/besluit/controle")
@allows(Permission.WORK_CASES)
def check(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        saved = draft_of(connection, case_id=file.case.id)
    if saved is None or not file.case.is_open or faults_of(saved.draft, product=file.product, on=today()):
        return redirect(url_for("drafting.write", reference=reference), 303)
    return render_check(file, saved=saved)


@pages.post("/zaken/<reference>/besluit/controle")
@allows(Permission.DECIDE_CASES)
@shown_by("deciding.check")
def decide(reference: str) -> ResponseReturnValue:
    version = request.form.get("version", 0, type=int)
    try:
        with acting() as desk:
            decide_draft(reference, version=version, person=me(), now=now(), desk=desk, letters=letters())
    except CANNOT_DECIDE as error:
        with reading() as connection:
            file = open_file(connection, person=me(), reference=reference, today=today())
            saved = draft_of(connection, case_id=file.case.id)
        if saved is None:
            raise
        if faults_of(saved.draft, product=file.product, on=today()):
            return redirect(url_for("drafting.write", reference=reference), 303)
        return render_check(file, saved=saved, refused=words_for(error)), 409
    except FaultyInputError:
        return redirect(url_for("drafting.write", reference=reference), 303)
    flash("decided")
    return redirect(url_for("drafting.write", reference=reference), 303)

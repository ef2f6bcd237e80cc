"""One case on its first page, and who handles it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions import handling
from services.workflow.web.answers import render_answers
from services.workflow.web.casefile import open_file
from services.workflow.web.office import acting, me, now, reading, today
from shared.access import Permission, allows

pages = Blueprint("case", __name__)


@pages.get("/zaken/<reference>")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        return render_answers(connection, file=file)


@pages.post("/zaken/<reference>/pakken")
@allows(Permission.WORK_CASES)
def claim(reference: str) -> ResponseReturnValue:
    with acting() as desk:
        handling.claim(reference, person=me(), now=now(), desk=desk)
    flash("claimed")
    return redirect(url_for("case.show", reference=reference), 303)


@pages.post("/zaken/<reference>/overnemen")
@allows(Permission.ASSIGN_CASES)
def take_over(reference: str) -> ResponseReturnValue:
    with acting() as desk:
        handling.assign(reference, to=me(), person=me(), now=now(), desk=desk)
    flash("claimed")
    return redirect(url_for("case.show", reference=reference), 303)


@pages.post("/zaken/<reference>/terugleggen")
@allows(Permission.WORK_CASES)
def release(reference: str) -> ResponseReturnValue:
    with acting() as desk:
        handling.release(reference, person=me(), now=now(), desk=desk)
    flash("released")
    return redirect(url_for("case.show", reference=reference), 303)

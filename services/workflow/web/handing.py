"""Handing a case over to a colleague, with each one's load in sight and the reason kept; and following a case."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions import handling
from services.workflow.domain.case import NotYourCaseError, refuse_closed
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.handing import hand
from services.workflow.loads import Load, loads_of
from services.workflow.people import find_colleagues
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.reading import read_text
from shared.access import Permission, allows, scope_of

pages = Blueprint("handing", __name__)


@pages.get("/zaken/<reference>/overdragen")
@allows(Permission.WORK_CASES)
def choose(reference: str) -> ResponseReturnValue:
    file, loads = _see(reference)
    return _page(file, loads=loads)


@pages.post("/zaken/<reference>/overdragen")
@allows(Permission.WORK_CASES)
@shown_by("handing.choose")
def hand_over(reference: str) -> ResponseReturnValue:
    file, loads = _see(reference)
    because = read_text(request.form, name="because")
    to = next((load.person for load in loads if load.person.subject == request.form.get("to")), None)
    try:
        handing = hand(to, because=because)
    except FaultyInputError as wrong:
        return _page(file, loads=loads, because=because, faults=wrong.faults), 422
    with acting() as desk:
        handling.hand_over(reference, to=handing.to, because=handing.because, person=me(), now=now(), desk=desk)
    flash("handed_over")
    return redirect(url_for("case.show", reference=reference), 303)


def _see(reference: str) -> tuple[CaseFile, Sequence[Load]]:
    """Give the case and the load of everybody else who may handle it.

    Raises:
        AlreadyDecidedError, NotYourCaseError: it is not the reader's to give.
    """
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        refuse_closed(file.case)
        if not (file.mine or file.assigns):
            raise NotYourCaseError
        team, product = file.case.team, file.case.submission.product
        able = [
            person
            for person in find_colleagues(connection)
            if person.subject != file.case.handler
            and scope_of(person, permission=Permission.WORK_CASES).holds(team=team, product=product)
        ]
        return file, loads_of(connection, people=able, today=today())


def _page(file: CaseFile, *, loads: Sequence[Load], because: str = "", faults: Sequence[Fault] = ()) -> str:
    return render_template(
        "hand-over.html", file=file, loads=loads, chosen=request.form.get("to", ""), because=because, faults=faults
    )

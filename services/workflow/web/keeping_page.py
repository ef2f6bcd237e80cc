"""One case in the archive: how long it is kept with the steps, and what keeps it longer."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import archive_queries
from services.workflow.actions.records import hold_case, lift_hold
from services.workflow.domain.destruction import Hold, faults_of_hold
from services.workflow.domain.fault import Fault
from services.workflow.web.archive_desk import archiving
from services.workflow.web.casefile import open_file
from services.workflow.web.keeping import keeping_for
from services.workflow.web.office import me, now, reading, today
from services.workflow.web.reading import NO_DAY, TypedDate, read_open_date, read_text
from shared.access import Permission, allows

pages = Blueprint("keeping", __name__)


@pages.get("/archief/zaken/<reference>")
@allows(Permission.MANAGE_RECORDS)
def show(reference: str) -> ResponseReturnValue:
    return _page(reference)


@pages.post("/archief/zaken/<reference>/vasthouden")
@allows(Permission.MANAGE_RECORDS)
def hold(reference: str) -> ResponseReturnValue:
    """Keep the case from being destroyed, until a day or until somebody lifts it."""
    because, until = read_text(request.form, name="because"), read_open_date(request.form, name="until")
    faults = faults_of_hold(because, until=until.day, today=today())
    if until.fault:
        faults = (*faults, until.fault)
    if faults:
        return _page(reference, faults=faults, because=because, until=until), 422
    with archiving() as (desk, archive):
        placed = Hold(because=because, until=until.day)
        hold_case(reference, hold=placed, person=me(), now=now(), desk=desk, archive=archive)
    flash("held")
    return redirect(url_for("keeping.show", reference=reference), 303)


@pages.post("/archief/zaken/<reference>/loslaten/<uuid:hold_id>")
@allows(Permission.MANAGE_RECORDS)
def lift(reference: str, hold_id: UUID) -> ResponseReturnValue:
    with archiving() as (desk, archive):
        lift_hold(reference, hold_id=hold_id, person=me(), now=now(), desk=desk, archive=archive)
    flash("lifted")
    return redirect(url_for("keeping.show", reference=reference), 303)


def _page(reference: str, *, faults: tuple[Fault, ...] = (), because: str = "", until: TypedDate = NO_DAY) -> str:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        keeping = keeping_for(connection, file=file)
        holds = archive_queries.holds_of(connection, case_id=file.case.id)
    return render_template(
        "archive-case.html",
        file=file,
        keeping=keeping,
        holds=holds,
        faults=faults,
        because=because,
        until=until,
        today=today(),
    )

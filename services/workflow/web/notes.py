"""The notes that colleagues leave on a case for each other."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.noting import add_note
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.note import write_note
from services.workflow.mentions import mark_read, readers_of
from services.workflow.people import drop_kept_form
from services.workflow.web.casefile import open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.timeline import OF_NOTES, read_typed, render_timeline
from shared.access import Permission, allows

pages = Blueprint("notes", __name__)


@pages.post("/zaken/<reference>/notities")
@allows(Permission.WORK_CASES)
@shown_by("timeline.show")
def add(reference: str) -> ResponseReturnValue:
    typed = read_typed(request.form)
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        readers = readers_of(connection, case=file.case)
        try:
            note = write_note(typed.text, chosen=typed.to, readers=readers, follows=typed.follows)
        except FaultyInputError as wrong:
            return render_timeline(connection, file=file, typed=replace(typed, faults=wrong.faults)), 422
    with acting() as desk:
        add_note(reference, note=note, person=me(), now=now(), desk=desk)
    with reading() as connection:
        drop_kept_form(connection, person=me(), path=url_for("timeline.show", reference=reference))
    flash("noted")
    return redirect(url_for("timeline.show", reference=reference, toon=OF_NOTES), 303)


@pages.post("/zaken/<reference>/notities/gelezen")
@allows(Permission.SEE_CASES)
@shown_by("timeline.show")
def read(reference: str) -> ResponseReturnValue:
    """Take the case off the reader's list of where they were named."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        mark_read(connection, person=me(), case_id=file.case.id, now=now())
    return redirect(url_for("timeline.show", reference=reference, toon=OF_NOTES), 303)

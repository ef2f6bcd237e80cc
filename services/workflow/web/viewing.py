"""The views on a case: read, opened and weighed by who handles it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.viewing import weigh_view
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.view import UnknownViewError, Weighed
from services.workflow.view_store import views_of
from services.workflow.web.casefile import open_file
from services.workflow.web.noticing import Weighing, render_neighbours
from services.workflow.web.office import acting, me, now, office, reading, shown_by, today
from services.workflow.web.reading import read_text
from shared.access import Permission, allows

pages = Blueprint("viewing", __name__)

LINK_LIVES = timedelta(minutes=5)
_NONE = UUID(int=0)


@pages.post("/zaken/<reference>/zienswijzen")
@allows(Permission.WORK_CASES)
@shown_by("noticing.show")
def weigh(reference: str) -> ResponseReturnValue:
    """Keep how a view was weighed."""
    view_id = _id()
    weighed = Weighed(
        summary=read_text(request.form, name=f"weeg.{view_id}.summary"),
        answer=read_text(request.form, name=f"weeg.{view_id}.answer"),
        changes={"true": True, "false": False}.get(request.form.get(f"weeg.{view_id}.changes", "")),
        by=me().subject,
        at=now(),
    )
    try:
        with acting() as desk:
            weigh_view(reference, view_id=view_id, weighed=weighed, person=me(), now=now(), desk=desk)
    except UnknownViewError:
        return _gone(reference)
    except FaultyInputError as error:
        with reading() as connection:
            file = open_file(connection, person=me(), reference=reference, today=today())
        return render_neighbours(file, weighing=Weighing(view_id=view_id, weighed=weighed, faults=error.faults)), 422
    flash("view_weighed")
    return redirect(url_for("noticing.show", reference=reference) + f"#zienswijze-{view_id}", 303)


@pages.get("/zaken/<reference>/zienswijzen/bestand")
@allows(Permission.WORK_CASES)
def find(reference: str) -> ResponseReturnValue:
    """Lead who works on the case to the file that came with a view."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        view = next((each for each in views_of(connection, case_id=file.case.id) if each.id == _id()), None)
    if view is None or view.file is None:
        return _gone(reference)
    return redirect(office().vault.link(view.file.place, until=now() + LINK_LIVES, way="save"), 303)


def _id() -> UUID:
    """The view that is asked for; what is no number is none that is there."""
    try:
        return UUID(request.values.get("view", ""))
    except ValueError:
        return _NONE


def _gone(reference: str) -> ResponseReturnValue:
    flash("view_gone")
    return redirect(url_for("noticing.show", reference=reference), 303)

"""Giving the filter of the work list a name, and forgetting one; lists are of one person alone."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.lists import read_wanted
from services.workflow.saved_lists import LONGEST_NAME, drop_list, save_list
from services.workflow.web.office import me, now, reading, shown_by
from services.workflow.web.reading import read_text
from services.workflow.web.worklist import address_of
from shared.access import Permission, allows
from shared.problems import problem_of

pages = Blueprint("naming", __name__)


@pages.post("/lijsten")
@allows(Permission.SEE_CASES)
@shown_by("worklist.show")
def save() -> ResponseReturnValue:
    """Keep the list of this address under the name that was typed."""
    wanted = read_wanted(request.args)
    name = read_text(request.form, name="name").strip()[:LONGEST_NAME]
    told = "list_unnamed"
    if name:
        with reading() as connection:
            kept = save_list(connection, person=me(), name=name, query=wanted.query(), now=now())
        told = "list_saved" if kept else "list_too_many"
    flash(told)
    return redirect(address_of(wanted), 303)


@pages.post("/lijsten/<uuid:list_id>/weg")
@allows(Permission.SEE_CASES)
@shown_by("worklist.show")
def drop(list_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        if not drop_list(connection, person=me(), list_id=list_id):
            raise problem_of(404)
    flash("list_dropped")
    return redirect(url_for("worklist.show"), 303)

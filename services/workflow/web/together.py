"""Many cases at once: choose them in the list, and see what came of each."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.workflow import bulk_store, lists
from services.workflow.domain.bulk import MOST_AT_ONCE
from services.workflow.lists import read_wanted
from services.workflow.web.bulk import Outcome
from services.workflow.web.office import me, now, reading, shown_by, today
from services.workflow.web.order_choice import own_run
from services.workflow.web.worklist import address_of
from shared.access import Permission, allows

pages = Blueprint("together", __name__)


@pages.post("/samen")
@allows(Permission.WORK_CASES)
@shown_by("worklist.show")
def choose() -> ResponseReturnValue:
    """Keep the chosen cases, or all of the list, as they are now."""
    wanted = read_wanted(request.args)
    with reading() as connection:
        if request.form.get("all"):
            found = lists.each_case(connection, person=me(), wanted=wanted, today=today(), most=MOST_AT_ONCE)
            references = [row["reference"] for row in found]
        else:
            references = request.form.getlist("case")[:MOST_AT_ONCE]
        if not references:
            session["outcome"] = Outcome(nothing_chosen=True).to_session()
            return redirect(address_of(wanted), 303)
        run_id = bulk_store.choose_cases(connection, references=references, person=me(), now=now())
    return redirect(url_for("together.show", run_id=run_id), 303)


@pages.get("/samen")
@allows(Permission.WORK_CASES)
def recent() -> ResponseReturnValue:
    """List what the reader did to many cases lately."""
    with reading() as connection:
        runs = bulk_store.runs_of(connection, person=me())
    return render_template("together-recent.html", runs=runs)


@pages.get("/samen/<uuid:run_id>")
@allows(Permission.WORK_CASES)
def show(run_id: UUID) -> ResponseReturnValue:
    """Tell how far it is and what came of each case; before it begins, ask first what is done."""
    with reading() as connection:
        run = own_run(connection, run_id=run_id)
        if run.act is None:
            return redirect(url_for("ordering.write", run_id=run_id), 303)
        rows = bulk_store.results_of(connection, run_id=run_id, person=me())
    return render_template("together-progress.html", run=run, rows=rows, updated=now())

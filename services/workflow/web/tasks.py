"""The tasks of a case: what is next, what waits for something else, and the check-list of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.tasking import finish_task, reopen_task
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.todo import Check, Done, TaskWaitsError, UnknownTaskError
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, office, reading, shown_by, today
from services.workflow.web.reading import read_text
from services.workflow.web.todo import todo_for
from shared.access import Permission, allows

pages = Blueprint("tasks", __name__)


@pages.get("/zaken/<reference>/taken")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    """Show the tasks, with the one that is asked for or is next opened."""
    return _page(_file(reference), task=request.args.get("open", ""))


@pages.post("/zaken/<reference>/taken")
@allows(Permission.WORK_CASES)
@shown_by("tasks.show")
def finish(reference: str) -> ResponseReturnValue:
    """Keep what was found, or take the task up again."""
    act, task = request.form.get("action", ""), request.form.get("task", "")
    done = Done(task=task, state="skipped" if act == "skip" else "done", who=me().subject, at=now(), checks=_checks())
    try:
        with acting() as desk:
            if act == "reopen":
                reopen_task(reference, task=task, person=me(), now=now(), desk=desk)
            else:
                finish_task(reference, done=done, desk=desk)
    except FaultyInputError as wrong:
        return _page(_file(reference), task=task, checks=done.checks, faults=wrong.faults), 422
    except (TaskWaitsError, UnknownTaskError):
        flash("task_gone")
        return redirect(url_for("tasks.show", reference=reference), 303)
    flash("task_reopened" if act == "reopen" else "task_kept")
    return redirect(url_for("tasks.show", reference=reference, open=task if act == "reopen" else None), 303)


def _file(reference: str) -> CaseFile:
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())


def _checks() -> dict[str, Check]:
    points = {name.partition(".")[0] for name in request.form} - {"action", "task"}
    return {
        point: Check(
            answer=request.form.get(point, ""), because=read_text(request.form, name=f"{point}.because").strip()
        )
        for point in points
    }


def _page(file: CaseFile, *, task: str, checks: Mapping[str, Check] | None = None, faults: Sequence[Fault] = ()) -> str:
    todo = todo_for(file)
    known = {item.task.id for item in todo.items}
    opened = task if task in known else todo.next.task.id if todo.next else ""
    return render_template(
        "case-tasks.html",
        file=file,
        todo=todo,
        opened=opened,
        checks=checks or {},
        faults=faults,
        teams={team.id: team.name for team in office().municipality.teams},
        today=today(),
    )

"""Doing the tasks of a case: finished with its check-list, left out, or taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from services.workflow.actions.keeping import product_of
from services.workflow.domain.case import Case
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.todo import Done, Item, TaskWaitsError, UnknownTaskError, faults_of, todo_of
from services.workflow.ports import Desk
from shared.access import Person


def finish_task(reference: str, *, done: Done, desk: Desk) -> None:
    """Keep that a task is done, or left out if it is optional; a second time replaces what was found.

    Raises:
        UnknownCaseError, UnknownTaskError, TaskWaitsError.
        FaultyInputError: a point of its check-list has no answer, or "no" without a reason.
    """
    case = desk.cases.lock(reference)
    item = _item(case, task=done.task, desk=desk)
    if item.waits_for or item.for_decision:
        raise TaskWaitsError
    if done.state == "skipped" and not item.task.optional:
        raise UnknownTaskError
    faults = faults_of(item.task, checks=done.checks) if done.state == "done" else ()
    if faults:
        raise FaultyInputError(faults)
    desk.cases.keep_task(case, done=done)
    text = "\n".join([item.task.title.nl, *_not_in_order(item, done=done)])
    kind = "task_done" if done.state == "done" else "task_skipped"
    desk.cases.note(case, kind=kind, at=done.at, who=done.who, details={"text": text})


def reopen_task(reference: str, *, task: str, person: Person, now: datetime, desk: Desk) -> None:
    """Take up a task again; what was found stays on the timeline.

    Raises:
        UnknownCaseError, UnknownTaskError.
    """
    case = desk.cases.lock(reference)
    item = _item(case, task=task, desk=desk)
    if item.done is None:
        return
    desk.cases.reopen_task(case, task=task)
    desk.cases.note(case, kind="task_reopened", at=now, who=person.subject, details={"text": item.task.title.nl})


def _item(case: Case, *, task: str, desk: Desk) -> Item:
    said = desk.whole(case.submission)
    todo = todo_of(case, said=said, product=product_of(case, desk=desk), done=desk.cases.tasks_done(case))
    return todo.item(task)


def _not_in_order(item: Item, *, done: Done) -> Iterator[str]:
    for point in item.task.checklist:
        found = done.checks.get(point.id)
        if found and found.answer == "no":
            yield f"{point.text.nl} Nee: {found.because}"

"""The tasks of a case as its pages show them."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import cast

from flask import g

from services.workflow.domain.todo import Check, Done, Todo, todo_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import office
from services.workflow.web.sensitive import may_look
from shared.catalogue.definitions import Sensitive


def todo_for(file: CaseFile) -> Todo:
    """Give the tasks that this reader may know of: some follow from answers about health."""
    if "todo" not in g:
        said = file.case.submission
        whole = office().whole(said) if may_look(Sensitive.HEALTH, file=file) else said
        g.todo = todo_of(file.case, said=whole, product=file.product, done=_done(file))
    return cast(Todo, g.todo)


def _done(file: CaseFile) -> dict[str, Done]:
    names = {each.name for each in fields(Done)}
    return {
        task: Done(
            **{
                **{name: value for name, value in kept.items() if name in names},
                "at": datetime.fromisoformat(kept["at"]),
                "checks": {point: Check(**found) for point, found in kept["checks"].items()},
            }
        )
        for task, kept in file.tasks.items()
    }

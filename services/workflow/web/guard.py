"""Keeps every door to a case shut for who may not do there what the door asks, whatever stands behind it."""

from __future__ import annotations

from flask import current_app, request

from services.workflow.queries import is_in_scope
from services.workflow.web.office import find_person, reading, scope_here
from shared.access import Permission, permission_of
from shared.problems import problem_of


def keep_to_own_cases() -> None:
    """Let a request for a case go on only where the case is one of the reader's for this door.

    Raises:
        ProblemError: 404, the case is not there, for this reader.
    """
    reference = (request.view_args or {}).get("reference")
    view = current_app.view_functions.get(request.endpoint or "")
    if reference is None or view is None or permission_of(view) is Permission.PUBLIC or find_person() is None:
        return
    with reading() as connection:
        if not is_in_scope(connection, scope=scope_here(), reference=reference):
            raise problem_of(404)

"""The views on a case as each of its pages needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from flask import g

from services.workflow.domain.view import View, unweighed
from services.workflow.view_store import views_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import reading


def views_for(file: CaseFile) -> Sequence[View]:
    """Give the views on a case that the reader was found to see."""
    if "views" not in g:
        with reading() as connection:
            g.views = views_of(connection, case_id=file.case.id)
    return cast(Sequence[View], g.views)


def views_to_weigh(file: CaseFile) -> Sequence[View]:
    """Give those that still keep the case from a decision."""
    return unweighed(views_for(file)) if file.case.is_open else ()


FOR_PAGES: Final[Mapping[str, Any]] = {"views_for": views_for, "views_to_weigh": views_to_weigh}
"""What the templates know of views."""

"""The views on a case as each of its pages needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from flask import g

from services.workflow.domain.view import View, unweighed
from services.workflow.domain.weighing import Heard, with_views
from services.workflow.notice_store import notices_of
from services.workflow.view_store import views_of
from services.workflow.web.advised import advice_for
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import reading
from shared.events import Decision


def views_for(file: CaseFile) -> Sequence[View]:
    """Give the views on a case that the reader was found to see."""
    if "views" not in g:
        with reading() as connection:
            g.views = views_of(connection, case_id=file.case.id)
    return cast(Sequence[View], g.views)


def views_to_weigh(file: CaseFile) -> Sequence[View]:
    """Give those that still keep the case from a decision."""
    return unweighed(views_for(file)) if file.case.is_open else ()


def heard_for(file: CaseFile) -> Heard:
    """Give what others said of a case that the reader was found to see."""
    with reading() as connection:
        notices = notices_of(connection, case_id=file.case.id)
    return Heard(notices=notices, views=views_for(file), advice=advice_for(file))


def answer_views(decision: Decision, *, file: CaseFile) -> Decision:
    """Let a decision, as it would go now, answer the views that were weighed."""
    return with_views(decision, views=views_for(file))


FOR_PAGES: Final[Mapping[str, Any]] = {"views_for": views_for, "views_to_weigh": views_to_weigh}
"""What the templates know of views."""

"""The advice on a case as each of its pages needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import g

from services.workflow.advice_store import advice_of
from services.workflow.domain.advice import Advice
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import reading, today


def advice_for(file: CaseFile) -> Sequence[Advice]:
    """Give the advice on a case that the reader was found to see, for each of its pages."""
    if "advice" not in g:
        with reading() as connection:
            g.advice = advice_of(connection, case_id=file.case.id)
    return cast(Sequence[Advice], g.advice)


def late_advisers(file: CaseFile) -> Sequence[str]:
    """Name who should have advised by now, while it can still be of use."""
    late = (each.name for each in advice_for(file) if each.is_late(today=today()))
    return list(late) if file.case.is_open else []

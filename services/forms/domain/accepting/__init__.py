"""Whether an answer fits its question, whichever door it came through; a good answer comes back in its stored form."""

from __future__ import annotations

from typing import Any

from services.forms.domain.accepting import places, tables
from services.forms.domain.accepting.kinds import CHECKS
from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Area, Kind, Question
from shared.catalogue.facts import is_answered


def accept(question: Question, *, value: Any, area: Area | None = None) -> Any:
    """The answer as it is stored, tidied up; `area` is where points must lie if the question bounds them.

    Raises:
        WrongAnswerError: the type, form or size is not what the question asks.
    """
    if question.kind is Kind.TABLE:
        return tables.table(question, value, accept=lambda column, cell: accept(column, value=cell, area=area))
    if question.kind is Kind.LOCATION:
        return places.location(question, value, area=area)
    check = CHECKS.get(question.kind)
    if check is None:
        raise WrongAnswerError(fault(question, code="malformed"))
    return check(question, value)


def empty(value: Any) -> bool:
    """Whether this is no answer at all; false and nought are answers."""
    return not is_answered(value)

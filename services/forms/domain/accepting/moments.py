"""Days."""

from __future__ import annotations

import datetime
import re
from typing import Any

from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question

FIRST_YEAR, LAST_YEAR = 1900, 2200


def date(question: Question, value: Any, /) -> str:
    """A calendar day as an ISO date."""
    if not is_day(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    return str(value)


def is_day(value: Any) -> bool:
    """Whether this is the ISO date of a day that exists, in years that a form may speak of."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return FIRST_YEAR <= datetime.date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False

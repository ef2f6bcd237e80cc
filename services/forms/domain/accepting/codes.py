"""Numbers that somebody issued: of companies, people, accounts and cars."""

from __future__ import annotations

import re
from typing import Any

from services.forms.domain.accepting.texts import plain
from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question


def kvk(question: Question, value: Any, /) -> str:
    """Eight digits."""
    digits = re.sub(r"[ .-]", "", plain(question, value))
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise WrongAnswerError(fault(question, code="malformed"))
    return digits

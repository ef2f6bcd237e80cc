"""Days, times of the day, and periods from one day to another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from services.forms.domain.faults import Fault, WrongAnswerError, fault
from shared.catalogue.definitions import Question
from shared.catalogue.facts import is_answered
from shared.events import Words

PERIOD_PARTS = ("first", "last")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def date(question: Question, value: Any, /) -> str:
    """A calendar day as an ISO date."""
    if not is_day(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    return str(value)


def time(question: Question, value: Any, /) -> str:
    """A time of the day in hours and minutes, from 00:00 to 23:59."""
    if not isinstance(value, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def period(question: Question, value: Any, /) -> dict[str, str]:
    """The first and the last day, which may be the same."""
    if not isinstance(value, Mapping) or not set(value) <= set(PERIOD_PARTS):
        raise WrongAnswerError(fault(question, code="malformed"))
    faults = [one for part in PERIOD_PARTS for one in _end_faults(question, part, value=value.get(part))]
    if not faults and value["last"] < value["first"]:
        faults = [fault(question, code="malformed", default=_TURNED, part="last")]
    if faults:
        raise WrongAnswerError(*faults)
    return {part: str(value[part]) for part in PERIOD_PARTS}


def is_day(value: Any) -> bool:
    """Whether this is the ISO date of a day that exists, in years that a form may speak of."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return FIRST_YEAR <= datetime.date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False


def _end_faults(question: Question, part: str, *, value: Any) -> list[Fault]:
    if not is_answered(value):
        return [fault(question, code="missing", default=_MISSING[part], part=part)]
    return [] if is_day(value) else [fault(question, code="malformed", default=_NO_DAY[part], part=part)]


_MISSING = {
    "first": Words(nl="Vul de eerste dag in", en="Fill in the first day"),
    "last": Words(nl="Vul de laatste dag in", en="Fill in the last day"),
}
_NO_DAY = {
    "first": Words(
        nl="De eerste dag bestaat niet. Controleer de dag, de maand en het jaar",
        en="The first day does not exist. Check the day, month and year",
    ),
    "last": Words(
        nl="De laatste dag bestaat niet. Controleer de dag, de maand en het jaar",
        en="The last day does not exist. Check the day, month and year",
    ),
}
_TURNED = Words(
    nl="De laatste dag ligt voor de eerste dag. Vul een latere laatste dag in",
    en="The last day is before the first day. Fill in a later last day",
)

"""Answers that are chosen: yes or no, one of a list, several of a list, files by their numbers, a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question


def yes_no(question: Question, value: Any, /) -> bool:
    """True or false, and nothing that looks like it."""
    if not isinstance(value, bool):
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def choice(question: Question, value: Any, /) -> str:
    """The code of one of the choices."""
    if not isinstance(value, str) or value not in {choice.value for choice in question.choices}:
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def choices(question: Question, value: Any, /) -> list[str]:
    """Codes of the choices in the order of the question, each once."""
    known = [choice.value for choice in question.choices]
    if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    if not value:
        raise WrongAnswerError(fault(question, code="missing"))
    chosen = [one for one in known if one in value]
    if question.minimum is not None and len(chosen) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if question.maximum is not None and len(chosen) > question.maximum:
        raise WrongAnswerError(fault(question, code="too_high"))
    return chosen


def declaration(question: Question, value: Any, /) -> bool:
    """True: only who agrees declares."""
    if value is not True:
        raise WrongAnswerError(fault(question, code="missing" if value is False else "malformed"))
    return True


def files(question: Question, value: Any, /) -> list[dict[str, str]]:
    """The numbers of the files, each once; what else is said of them is looked up, never believed."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    numbers = list(dict.fromkeys(_number(question, one.get("id")) for one in value))
    if not numbers:
        raise WrongAnswerError(fault(question, code="missing"))
    if question.minimum is not None and len(numbers) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if question.maximum is not None and len(numbers) > question.maximum:
        raise WrongAnswerError(fault(question, code="too_high"))
    return [{"id": number} for number in numbers]


def _number(question: Question, value: Any) -> str:
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise WrongAnswerError(fault(question, code="malformed")) from None

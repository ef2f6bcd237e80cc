"""Answers as they may leave the form: a number that names a person only by its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.forms.domain.showing import show_answer
from shared.catalogue.definitions import Kind, Question
from shared.events import Language


def mask_answers(questions: Iterable[Question], *, answers: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The answers with each citizen service number as pages show it; everything else as it is stored."""
    kinds = {question.id: question for question in questions}
    return {
        name: _masked(kinds[name], value, language=language) if name in kinds else value
        for name, value in answers.items()
    }


def _masked(question: Question, value: Any, *, language: Language) -> Any:
    if question.kind is Kind.BSN:
        return getattr(show_answer(question, value=value), language)
    if question.kind is Kind.TABLE:
        return [mask_answers(question.columns, answers=row, language=language) for row in value]
    return value

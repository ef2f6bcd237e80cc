"""Rows of answers to the same questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.forms.domain.accepting.texts import LINE_LENGTH
from services.forms.domain.faults import Fault, WrongAnswerError, fault, in_row, nothing_else
from shared.catalogue.definitions import Question
from shared.catalogue.facts import is_answered

MOST_ROWS = 50

Accept = Callable[[Question, Any], Any]


def table(question: Question, value: Any, /, *, accept: Accept) -> list[dict[str, Any]]:
    """The rows, each column tidied up by `accept`; what a column has no answer to is absent."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    if not value:
        raise WrongAnswerError(fault(question, code="missing"))
    if question.minimum is not None and len(value) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if len(value) > (question.maximum or MOST_ROWS):
        raise WrongAnswerError(fault(question, code="too_high"))
    rows, faults = [], []
    for index, row in enumerate(value):
        try:
            rows.append(_row(question, row, accept=accept))
        except WrongAnswerError as wrong:
            faults += [in_row(one, table=question, index=index) for one in wrong.faults]
    if faults:
        raise WrongAnswerError(*faults)
    return rows


def _row(question: Question, row: Mapping[str, Any], *, accept: Accept) -> dict[str, Any]:
    known = {column.id for column in question.columns}
    faults = [Fault(name=str(name)[:LINE_LENGTH], text=nothing_else()) for name in row if name not in known]
    kept = {}
    for column in question.columns:
        value = row.get(column.id)
        if not is_answered(value):
            faults += [] if column.optional else [fault(column, code="missing")]
            continue
        try:
            kept[column.id] = accept(column, value)
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise WrongAnswerError(*faults)
    return kept

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
    """The rows, each column tidied up by `accept`; what a column has no answer to is absent.

    When an answer in it is wrong, the rows without it are the part that fits.
    """
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    value = _without_blank_end(value)
    if not value:
        raise WrongAnswerError(fault(question, code="missing"))
    if question.minimum is not None and len(value) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if len(value) > (question.maximum or MOST_ROWS):
        raise WrongAnswerError(fault(question, code="too_high"))
    columns = {column.id: column for column in question.columns if column.asks}
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for index, row in enumerate(value):
        kept, found = _row(columns, row, accept=accept)
        rows.append(kept)
        faults += [in_row(one, table=question, index=index) for one in found]
    if faults:
        raise WrongAnswerError(*faults, partial=rows)
    return rows


def _without_blank_end(rows: list[Any]) -> list[Any]:
    """The rows up to the last one with an answer in it."""
    filled = [index for index, row in enumerate(rows) if not _blank(row)]
    return rows[: filled[-1] + 1] if filled else []


def _blank(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_blank(one) for one in value.values())
    return all(_blank(one) for one in value) if isinstance(value, list) else not is_answered(value)


def _row(
    columns: Mapping[str, Question], row: Mapping[str, Any], *, accept: Accept
) -> tuple[dict[str, Any], list[Fault]]:
    faults = [Fault(name=str(name)[:LINE_LENGTH], text=nothing_else()) for name in row if name not in columns]
    kept = {}
    for name, column in columns.items():
        value = row.get(name)
        if _blank(value):
            continue
        try:
            kept[name] = accept(column, value)
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
            kept |= {name: wrong.partial} if wrong.partial else {}
    return kept, faults

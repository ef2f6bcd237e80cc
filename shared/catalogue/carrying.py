"""Answers given to one form, fitted into another: the next version of a product, or another product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.facts import is_answered, known_value


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Answers that fit, and the names of those that do not: question ids, and cells by path ("objects.0.length")."""

    answers: Mapping[str, Any]
    lost: tuple[str, ...]


def carry_over(answers: Mapping[str, Any], *, into: Product) -> Carried:
    """Keep each answer whose question is there and could have it; an answer is never turned into another."""
    asked = {question.id: question for question in into.questions if question.asks}
    kept: dict[str, Any] = {}
    lost: list[str] = []
    for name, value in answers.items():
        if not is_answered(value):
            continue
        question = asked.get(name)
        fitted = None if question is None else _fitted(question, value, path=name, lost=lost)
        if fitted is None:
            lost.append(name)
        else:
            kept[name] = fitted
    return Carried(answers=kept, lost=tuple(lost))


def _fitted(question: Question, value: Any, *, path: str, lost: list[str]) -> Any:
    if question.kind is Kind.TABLE:
        return _rows(question, value, path=path, lost=lost)
    return value if known_value(value, question=question) is not None else None


def _rows(table: Question, value: Any, *, path: str, lost: list[str]) -> list[dict[str, Any]] | None:
    if known_value(value, question=table) is None:
        return None
    rows: Sequence[Mapping[str, Any]] = value
    return [_row(table, row, path=f"{path}.{number}", lost=lost) for number, row in enumerate(rows)]


def _row(table: Question, row: Mapping[str, Any], *, path: str, lost: list[str]) -> dict[str, Any]:
    columns = {column.id: column for column in table.columns}
    kept: dict[str, Any] = {}
    for name, value in row.items():
        if not is_answered(value):
            continue
        column = columns.get(name)
        fitted = None if column is None else _fitted(column, value, path=f"{path}.{name}", lost=lost)
        if fitted is None:
            lost.append(f"{path}.{name}")
        else:
            kept[name] = fitted
    return kept

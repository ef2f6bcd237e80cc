"""How far a form is: which steps and questions this resident sees, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from services.forms.domain.accepting import empty
from services.forms.domain.faults import Fault, fault, in_row
from shared.catalogue.definitions import Kind, Product, Question, Step
from shared.catalogue.evaluate import Evaluation, evaluate


class UnknownStepError(Exception):
    """The form has no such step, or this resident does not get to see it."""


@dataclass(frozen=True)
class Progress:
    """A form with the answers so far, on a calendar day."""

    product: Product
    answers: Mapping[str, Any]
    on: date

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the rules say of these answers."""
        return evaluate(self.product, self.answers, on=self.on)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps with at least one question for this resident."""
        visible = self.evaluation.visible
        return tuple(step for step in self.product.steps if any(question.id in visible for question in step.questions))

    def step(self, step_id: str) -> Step:
        """The step with this id.

        Raises:
            UnknownStepError: there is none to see.
        """
        for step in self.steps:
            if step.id == step_id:
                return step
        raise UnknownStepError(step_id)

    def number(self, step: Step) -> int:
        """The place of a step among those that this resident sees, from 1."""
        return self.steps.index(step) + 1

    def before(self, step: Step) -> Step | None:
        """The step before this one."""
        place = self.number(step) - 1
        return self.steps[place - 1] if place else None

    def after(self, step: Step) -> Step | None:
        """The step after this one; None when the check page comes next."""
        return next(iter(self.steps[self.number(step) :]), None)

    def visible(self, step: Step) -> tuple[Question, ...]:
        """The questions of a step that count for this resident."""
        return tuple(question for question in step.questions if question.id in self.evaluation.visible)

    def open_faults(self, step: Step) -> tuple[Fault, ...]:
        """What a step still lacks, and the answers that do not go together."""
        return tuple(found for question in self.visible(step) for found in self._faults(question))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the whole form still lacks."""
        return tuple(found for step in self.steps for found in self.open_faults(step))

    @property
    def unfinished(self) -> Step | None:
        """The first step that is not complete."""
        return next((step for step in self.steps if self.open_faults(step)), None)

    def _faults(self, question: Question) -> tuple[Fault, ...]:
        value = self.evaluation.answers.get(question.id)
        if empty(value):
            return (fault(question, code="missing"),) if question.asks and not question.optional else ()
        if question.kind is Kind.TABLE and (found := tuple(_row_faults(question, value or ()))):
            return found
        return (fault(question, code="valid"),) if question.id in self.evaluation.invalid else ()


def _row_faults(table: Question, rows: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """What the rows of a table still lack."""
    for index, row in enumerate(rows):
        for column in table.columns:
            value = row.get(column.id)
            if column.kind is Kind.TABLE and not empty(value):
                found: Iterable[Fault] = _row_faults(column, row[column.id])
            else:
                lacks = empty(value) and column.asks and not column.optional
                found = [fault(column, code="missing")] if lacks else []
            yield from (in_row(one, table=table, index=index) for one in found)

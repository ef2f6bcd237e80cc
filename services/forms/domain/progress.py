"""How far a form is: which steps and questions this resident sees, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from services.forms.domain.faults import Fault, fault, in_row
from shared.catalogue.definitions import Kind, Product, Question, Step
from shared.catalogue.evaluate import Evaluation, evaluate


class UnknownStepError(Exception):
    """The form has no such step, or this resident does not get to see it."""


@dataclass(frozen=True)
class Progress:
    """A form with the answers so far, on a calendar day; `skipped` are questions that the resident leaves open.

    `by_letter`: an address will do in place of an e-mail address (Awb 2:8), as staff fills it in for somebody.
    """

    product: Product
    answers: Mapping[str, Any]
    on: date
    skipped: frozenset[str] = frozenset()
    by_letter: bool = False

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
        """The step with this id; one that asks everybody something is found without working out the rules.

        Raises:
            UnknownStepError: there is none to see.
        """
        for step in self.product.steps:
            if step.id == step_id and (_is_for_everybody(step) or step in self.steps):
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
        """The first step with something open that the resident did not choose to leave out."""
        return next((step for step in self.steps if any(map(self.holds_up, self.open_faults(step)))), None)

    @property
    def barred(self) -> tuple[Fault, ...]:
        """What keeps the form from being handed in, also incomplete."""
        return tuple(found for found in self.faults if not found.soft)

    @property
    def left_open(self) -> Progress:
        """The same form, of whoever leaves open on purpose what is missing and may be."""
        return self.leaving(frozenset(question.id for question in self.lacking))

    def leaving(self, skipped: frozenset[str]) -> Progress:
        """The same form with these questions left open, which is nothing to the rules: they are not asked again."""
        other = replace(self, skipped=skipped)
        other.__dict__["evaluation"] = self.evaluation  # where `cached_property` keeps it
        return other

    @property
    def lacking(self) -> tuple[Question, ...]:
        """The visible questions without a whole answer that are handed in like that."""
        names = {name.partition(".")[0] for name in self.evaluation.missing} - {self._needless}
        return tuple(question for question in self.product.questions if question.id in names)

    def holds_up(self, found: Fault) -> bool:
        """Whether this keeps the form from going on: all but an answer that was left out on purpose."""
        return not (found.soft and found.name.partition(".")[0] in self.skipped)

    @property
    def _needless(self) -> str | None:
        """The question after the e-mail address, where letters are sent instead."""
        return self.product.roles.email if self.by_letter and self.product.roles.address else None

    @property
    def _writes_to(self) -> str | None:
        """The question after the address, where there is no other way to reach the applicant."""
        return self.product.roles.address if self._needless in self.evaluation.missing else None

    def _faults(self, question: Question) -> tuple[Fault, ...]:
        told = self.evaluation
        if question.id in told.missing and question.id == self._needless:
            return ()
        if question.id in told.missing:
            found = _missing(question)
            return (replace(found, soft=found.soft and question.id != self._writes_to),)
        if question.id in told.invalid:
            return (fault(question, code="valid"),)
        if question.kind is Kind.FILE and 0 < len(told.answers.get(question.id) or ()) < (question.minimum or 1):
            return (fault(question, code="too_low"),)
        if question.kind is not Kind.TABLE:
            return ()
        cells = [*((path, "missing") for path in told.missing), *((path, "valid") for path in told.invalid)]
        return tuple(
            _cell_fault(question, path.split(".")[1:], code=code)
            for path, code in cells
            if path.startswith(f"{question.id}.")
        )


def _is_for_everybody(step: Step) -> bool:
    """Whether something on the step counts whatever was answered."""
    return any(question.when is None and not question.by_rule for question in step.questions)


def _cell_fault(table: Question, path: Sequence[str], *, code: str) -> Fault:
    """The fault of a cell that is so many rows and columns away from its table."""
    index, name, *deeper = path
    column = next(column for column in table.columns if column.id == name)
    if deeper:
        found = _cell_fault(column, deeper, code=code)
    else:
        found = _missing(column) if code == "missing" else fault(column, code=code)
    return in_row(found, table=table, index=int(index))


def _missing(question: Question) -> Fault:
    return replace(fault(question, code="missing"), soft=question.must is None)

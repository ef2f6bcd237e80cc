"""Fills the pages of a form: into each control goes what was typed or answered before, beside it what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.forms.domain.faults import Fault
from services.forms.domain.pages import Form
from services.forms.domain.prefilling import SOURCES, source_of
from services.forms.domain.reading import Typed
from services.forms.domain.rows import hidden_cells
from services.forms.domain.showing import show_computed
from services.forms.web.controls import Control, Sheet, control_of
from services.forms.web.counter import said
from shared.catalogue.definitions import Step

LONGEST_FIELD = 5000
LONGEST_NAME = 200
MOST_TEXTS = 100


def typed_fields(fields: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """The fields as they were sent, with what no page can hold made visible."""
    return {
        name: [text.replace("\x00", "\ufffd")[:LONGEST_FIELD] for text in texts[:MOST_TEXTS]]
        for name, texts in fields
        if len(name) <= LONGEST_NAME and "\x00" not in name
    }


def controls_of(form: Form, *, step: Step, typed: Typed, faults: Sequence[Fault] = ()) -> list[Control]:
    """The controls of the questions that count, and of those that may come up by an answer on the same page."""
    evaluation = form.progress.evaluation
    values = ((one.id, show_computed(one, evaluation=evaluation)) for one in form.product.computed)
    calculated = {name: text for name, text in values if text}
    hidden = hidden_cells(form, step=step, typed=typed)
    sheet = Sheet(typed=typed, faults=faults, calculated=calculated, hidden=hidden, form=form)
    scope = {question.id: (question, question.id) for question in step.questions}
    controls = (
        control_of(
            question,
            name=question.id,
            known=form.draft.answers.get(question.id),
            sheet=sheet,
            scope=scope,
            shown=question.id in evaluation.visible,
        )
        for question in step.questions
    )
    reasons = {name: said(outcome.because) for name, outcome in evaluation.ask_also.items()}
    known = {name: _known(name, form=form) for name in form.draft.prefilled}
    return [
        replace(control, because=reasons.get(control.name, ""), known=known.get(control.name, ""))
        for control in controls
        if control
    ]


def _known(name: str, *, form: Form) -> str:
    """What to say beside a question whose answer was known already, as long as it was not changed."""
    source = source_of(name, origins=form.draft.prefilled, answers=form.draft.answers)
    return said(SOURCES[source]) if source and source in SOURCES else ""


def summary_of(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """The faults as the summary above a page lists them."""
    return [(fault.name, said(fault.text)) for fault in faults]

"""The application once its applicant answered a question of the form anew: what it says, and what the rules say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import evaluate
from shared.catalogue.facts import period_of
from shared.events import AnswerRow, AnswerSection, InformationGiven, SubmissionReceived
from shared.law.calendar import local_date


def complete(said: SubmissionReceived, *, given: InformationGiven, product: Product) -> SubmissionReceived:
    """Give the application with the new answers and files in the place of those that it had.

    Where answers are sealed, the rules and the fee stay what they were: not all that they rest on is known here.
    """
    answers = {**said.answers, **given.answers}
    starts, ends = period_of(product.roles, answers=answers)
    rows = {row.question: row for row in given.shown}
    place = rows.get(product.roles.place or "")
    found = evaluate(product, answers, on=local_date(said.received_at)) if not said.sealed else None
    fee = found.fee if found else None
    return replace(
        said,
        answers=answers,
        starts=starts,
        ends=ends,
        place=place.text.nl if place else said.place,
        shown=_shown(said.shown, rows=rows, product=product),
        files=(*(file for file in said.files if file.question not in given.answers), *given.files),
        missing=tuple(row for row in said.missing if row.question not in given.answers),
        rules=found.outcomes if found else said.rules,
        fee_cents=(fee.cents if fee else None) if found else said.fee_cents,
    )


def _shown(
    shown: Sequence[AnswerSection], *, rows: Mapping[str, AnswerRow], product: Product
) -> tuple[AnswerSection, ...]:
    """A row that was not there before stands last in the section of its step."""
    known = {row.question for section in shown for row in section.rows}
    titles = {question.id: step.title for step in product.steps for question in step.questions}
    return tuple(
        replace(
            section,
            rows=(
                *(rows.get(row.question, row) for row in section.rows),
                *(row for name, row in rows.items() if name not in known and titles.get(name) == section.title),
            ),
        )
        for section in shown
    )

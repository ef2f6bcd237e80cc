"""What an applicant is asked after sending: the question as the form had it, and what a new answer changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.forms.domain.accepting import accept, empty
from services.forms.domain.asides import ANSWER
from services.forms.domain.faults import WrongAnswerError, fault
from services.forms.domain.later import LATER
from services.forms.domain.reading import Typed, read_fields
from services.forms.domain.showing import show, show_answer
from shared.catalogue.definitions import Product, Question
from shared.catalogue.evaluate import evaluate
from shared.catalogue.plan import sensitive_names
from shared.events import AnswerRow
from shared.values import A_FILE, OWN_WORDS


@dataclass(frozen=True, kw_only=True)
class NewAnswer:
    """A new answer: `text` as people read it, `answers` to questions of the form, `shown` what reads differently."""

    text: str
    answers: Mapping[str, Any]
    shown: tuple[AnswerRow, ...] = ()


def question_for(asked: str, *, product: Product) -> Question:
    """The question behind what was asked; it needs an answer, also where the form could do without.

    Raises:
        UnknownNameError: the form has no such question.
    """
    besides = {OWN_WORDS: ANSWER, A_FILE: LATER}
    return besides.get(asked) or replace(product.question(asked), optional=False)


def read_again(question: Question, *, typed: Typed) -> Any:
    """What was typed, as far as it can be read.

    Raises:
        WrongAnswerError: nothing was typed, or it cannot be read.
    """
    read = read_fields((question,), typed=typed)
    if read.faults:
        raise WrongAnswerError(*read.faults)
    value = read.answers.get(question.id)
    if empty(value):
        raise WrongAnswerError(fault(question, code="missing"))
    return value


def words_from(value: Any) -> str:
    """The answer in own words.

    Raises:
        WrongAnswerError: it is too long, or not readable.
    """
    return str(accept(ANSWER, value=value))


def answer_anew(question: Question, *, value: Any, product: Product, known: Mapping[str, Any], on: date) -> NewAnswer:
    """What an answer to a question of the form changes, beside the answers that are known; `on` is the day of receipt.

    Raises:
        WrongAnswerError: it does not go together with the other answers.
    """
    before = evaluate(product, known, on=on)
    after = evaluate(product, {**known, question.id: value}, on=on)
    if question.id in after.invalid:
        raise WrongAnswerError(fault(question, code="valid"))
    sensitive = sensitive_names(product)
    former = {row for section in show(product, evaluation=before) for row in section.rows}
    rows = (row for section in show(product, evaluation=after) for row in section.rows)
    return NewAnswer(
        text=show_answer(question, value=value).nl,
        answers={question.id: value},
        shown=tuple(row for row in rows if row.question not in sensitive and row not in former),
    )

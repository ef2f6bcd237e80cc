"""Answers what the municipality asked after sending: own words, a question of the form again, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.forms.actions.uploading import Asked, take_in
from services.forms.domain.asked_again import NewAnswer, answer_anew, words_from
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.files import sent_file
from services.forms.ports import GivenAnswer, Means, Work
from services.forms.ports.files import Upload
from shared.catalogue.definitions import Product, Question
from shared.events import InformationGiven, SentFile
from shared.law.calendar import local_date
from shared.values import A_FILE, OWN_WORDS


class NoOpenRequestError(Exception):
    """This is not asked any more: it was answered, or the case was decided."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is answered: one thing (`asked`) of a request about this form, with all answers that are known of it."""

    reference: str
    request_id: UUID
    asked: str
    product: Product
    received_at: datetime
    known: Mapping[str, Any] = field(default_factory=dict)


def give_words(request: Request, *, text: str, means: Means, now: datetime) -> None:
    """Keep an answer in own words and tell it; a second answer changes nothing.

    Raises:
        NoOpenRequestError: this is not asked, or was answered.
    """
    with means.open_work(now) as work:
        _give(request, answer=NewAnswer(text=text, answers={}), work=work, now=now)


def give_answer(request: Request, *, question: Question, value: Any, means: Means, now: datetime) -> None:
    """Keep the answer, to a question of the form with what it changes, and tell it.

    Raises:
        NoOpenRequestError: as `give_words`.
        WrongAnswerError: it is not what the question asks, or does not go together with the other answers.
    """
    if request.asked == OWN_WORDS:
        give_words(request, text=words_from(value), means=means, now=now)
        return
    checked = means.check(request.product, answers={question.id: value})
    if checked.faults:
        raise WrongAnswerError(*checked.faults)
    on, value = local_date(request.received_at), checked.answers[question.id]
    answer = answer_anew(question, value=value, product=request.product, known=request.known, on=on)
    with means.open_work(now) as work:
        _give(request, answer=answer, work=work, now=now)


def give_file(request: Request, *, question: Question, upload: Upload, means: Means, now: datetime) -> None:
    """Take in the file that was asked as those of the form, let it go with the case, and tell it.

    Raises:
        NoOpenRequestError: as `give_words`; nothing of the file is kept then.
        WrongAnswerError: the file is refused, with the reason in words.
    """
    file = take_in(Asked(product=request.product.id, question=question), upload=upload, means=means, now=now)
    with means.open_work(now) as work:
        (stored,) = work.files.send([file.id], reference=request.reference)
        sent = sent_file(stored, question=question.id)
        answer = NewAnswer(text=stored.name, answers={})
        if request.asked != A_FILE:
            on = local_date(request.received_at)
            answer = answer_anew(question, value=[stored.answer], product=request.product, known=request.known, on=on)
        _give(request, answer=answer, files=(sent,), work=work, now=now)


def _give(request: Request, *, answer: NewAnswer, work: Work, now: datetime, files: tuple[SentFile, ...] = ()) -> None:
    given = GivenAnswer(
        request_id=request.request_id, asked=request.asked, text=answer.text, answers=answer.answers, at=now
    )
    if not work.keep_given(request.reference, given=given):
        raise NoOpenRequestError
    work.tell(
        InformationGiven(
            reference=request.reference,
            request_id=request.request_id,
            given_at=now,
            asked=request.asked,
            text=answer.text,
            answers=dict(answer.answers),
            shown=answer.shown,
            files=files,
        )
    )

"""Understands a posted page: reads its fields, looks its addresses up, and checks the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.forms.domain.accepting.places import address_key
from services.forms.domain.faults import Fault, WrongAnswerError, by_hand, elsewhere
from services.forms.domain.lookups import look_ups
from services.forms.domain.pages import Form, Page
from services.forms.domain.reading import Reading, Typed, read_fields
from services.forms.domain.rows import answer_named
from services.forms.ports import AddressBook, AddressBookAwayError, Means
from shared.catalogue.definitions import Question, Step


def understand(form: Form, *, step: Step, page: Page, means: Means) -> tuple[dict[str, Any], list[Fault]]:
    """The answers on this page that fit their questions, and what is wrong with the others."""
    questions = [question for question in step.questions if question.id in page.asked]
    read = read_and_look_up(questions, typed=page.typed, known=form.draft.answers, book=means.addresses)
    checked = means.check(form.product, answers=read.answers)
    return checked.answers, [*read.faults, *checked.faults]


def read_and_look_up(
    questions: Sequence[Question], *, typed: Typed, known: Mapping[str, Any], book: AddressBook
) -> Reading:
    """Read the fields of these questions, and look up each address of which the page did not ask the street.

    `known` are the answers so far.
    """
    reading = read_fields(questions, typed=typed)
    answers, faults = dict(reading.answers), list(reading.faults)
    for asked in look_ups(questions, answers=answers, typed=typed):
        before = answer_named(asked.name, among=known)
        try:
            asked.fill(_look_up(asked.question, asked.given, known=before, book=book))
        except WrongAnswerError as wrong:
            asked.fill(None)
            faults += [asked.told(fault) for fault in wrong.faults]
    return Reading(answers=answers, faults=tuple(faults))


def _look_up(question: Question, asked: dict[str, str], *, known: Any, book: AddressBook) -> dict[str, str]:
    """The whole address of this postcode and number; one that was known already, also by hand, stays as it was."""
    postcode, number = address_key(question, value=asked)
    if known and (known["postcode"], known["number"]) == (postcode, number):
        return dict(known)
    try:
        found = book.find(postcode, number=number)
    except AddressBookAwayError:
        raise WrongAnswerError(by_hand(question, away=True)) from None
    if found is None:
        raise WrongAnswerError(by_hand(question, away=False))
    if question.bounds and not book.is_here(found):
        raise WrongAnswerError(elsewhere(question))
    return {"postcode": found.postcode, "number": found.number, "street": found.street, "town": found.town}

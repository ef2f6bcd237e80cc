"""Whether an answer fits its question, whichever door it came through; a good answer comes back in its stored form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.forms.domain.accepting import choices, codes, contacts, moments, numbers, places, tables, texts
from shared.catalogue.definitions import Kind, Question
from shared.catalogue.facts import is_answered


def accept(question: Question, *, value: Any) -> Any:
    """The answer as it is stored, tidied up.

    Raises:
        WrongAnswerError: the type, form or size is not what the question asks.
    """
    return _accept(question, value)


def empty(value: Any) -> bool:
    """Whether this is no answer at all; false and nought are answers."""
    return not is_answered(value)


def _accept(question: Question, value: Any) -> Any:
    if question.kind is Kind.TABLE:
        return tables.table(question, value, accept=_accept)
    return _BY_KIND[question.kind](question, value)


_BY_KIND: Mapping[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: texts.text,
    Kind.LONG_TEXT: texts.long_text,
    Kind.INTEGER: numbers.integer,
    Kind.DECIMAL: numbers.decimal,
    Kind.AMOUNT: numbers.decimal,
    Kind.YES_NO: choices.yes_no,
    Kind.CHOICE: choices.choice,
    Kind.CHOICES: choices.choices,
    Kind.DATE: moments.date,
    Kind.ADDRESS: places.address,
    Kind.EMAIL: contacts.email,
    Kind.PHONE: contacts.phone,
    Kind.KVK: codes.kvk,
    **dict.fromkeys((Kind.BRANCH, Kind.IBAN, Kind.BSN, Kind.PLATE, Kind.TIME), texts.text),
    **dict.fromkeys((Kind.PERIOD, Kind.LOCATION, Kind.FILE, Kind.CALCULATED, Kind.TEXT_BLOCK), texts.text),
    Kind.DECLARATION: choices.declaration,
}

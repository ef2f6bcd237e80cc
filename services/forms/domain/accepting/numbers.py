"""Whole numbers, decimals and amounts of money, within the bounds of their question."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question
from shared.events import Words

MOST_DECIMALS = 6

_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
_DECIMAL = re.compile(rf"-?[0-9]{{1,12}}(\.[0-9]{{1,{MOST_DECIMALS}}})?")


def integer(question: Question, value: Any, /) -> int:
    """A whole number of at most twelve digits."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**12:
        raise WrongAnswerError(fault(question, code="malformed"))
    _bounded(question, Decimal(value))
    return value


def decimal(question: Question, value: Any, /) -> str:
    """A decimal number as a text, with a point and the decimals that say something: 4.00 is 4."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    number = Decimal(value)
    _bounded(question, number)
    return shortened(format(number, "f"))


def shortened(number: str) -> str:
    """The same number without noughts behind the point: a page that shows 4 sends 4, which is no other answer."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def amount(question: Question, value: Any, /) -> str:
    """Euros as a text with two decimals; never less than nothing unless the question says so."""
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    number = Decimal(value).quantize(Decimal("0.01"))
    if number < 0 and question.minimum is None:
        raise WrongAnswerError(fault(question, code="too_low", default=_NOT_NEGATIVE))
    _bounded(question, number)
    return format(number + 0, "f")


def _bounded(question: Question, number: Decimal) -> None:
    if question.minimum is not None and number < Decimal(str(question.minimum)):
        raise WrongAnswerError(fault(question, code="too_low"))
    if question.maximum is not None and number > Decimal(str(question.maximum)):
        raise WrongAnswerError(fault(question, code="too_high"))


_NOT_NEGATIVE = Words(nl="Vul een bedrag in van € 0 of meer", en="Fill in an amount of €0 or more")

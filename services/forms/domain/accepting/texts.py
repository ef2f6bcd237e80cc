"""Texts of one line and of several."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question
from shared.events import Words

LINE_LENGTH = 200
TEXT_LENGTH = 4000

_UNSEEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Comes along when somebody copies a text; some of it turns the order of writing of what follows."""


def text(question: Question, value: Any, /) -> str:
    """One line, without the spaces that nobody sees."""
    clean = " ".join(plain(question, value).split())
    return _sized(question, clean, most=LINE_LENGTH)


def long_text(question: Question, value: Any, /) -> str:
    """Lines with one kind of line end."""
    lines = plain(question, value).replace("\r\n", "\n").replace("\r", "\n")
    return _sized(question, lines.strip(), most=TEXT_LENGTH)


def plain(question: Question, value: Any, /) -> str:
    """A text that every page, letter and database can hold, in the one form of Unicode.

    Raises:
        WrongAnswerError: it is no text, or holds a character that is none.
    """
    if not readable(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    return seen(value)


def seen(text: str) -> str:
    """A text without the characters that nobody sees, in the one form of Unicode."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def readable(value: Any) -> bool:
    """Whether this is a text without control characters (NUL among them), lone surrogates or the sign for bad bytes."""
    return isinstance(value, str) and not any(
        character == "\ufffd" or (character not in "\n\r\t" and unicodedata.category(character) in ("Cc", "Cs"))
        for character in value
    )


def _sized(question: Question, text: str, *, most: int) -> str:
    if not text:
        raise WrongAnswerError(fault(question, code="missing"))
    if question.minimum is not None and len(text) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if len(text) > (question.maximum or most):
        raise WrongAnswerError(fault(question, code="too_high", default=None if question.maximum else _shorter(most)))
    return text


def _shorter(most: int) -> Words:
    return Words(
        nl=f"Maak uw antwoord korter: hooguit {most} tekens", en=f"Shorten your answer: at most {most} characters"
    )

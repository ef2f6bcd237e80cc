"""Describes the answers of a form as JSON Schema, so that another program can build and check them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.forms.domain.accepting.numbers import MOST_DECIMALS
from services.forms.domain.accepting.places import WORDS_LENGTH
from services.forms.domain.accepting.tables import MOST_ROWS
from services.forms.domain.accepting.texts import LINE_LENGTH, TEXT_LENGTH
from services.forms.domain.files import most_files
from shared.catalogue.definitions import Kind, Product, Question

Described = dict[str, Any]


def describe_answers(product: Product) -> Described:
    """The schema (draft 2020-12) of all answers by question id, each in its stored form.

    What it cannot say (check digits, conditions, what belongs together) is told in the answer to a submission.
    """
    counted = product.roles.supporters  # no program says how many signed
    return _object(question for question in product.questions if question.id != counted)


def describe_answer(question: Question) -> Described:
    """The schema of one answer, with its label as the title."""
    hint = {"description": question.hint.en} if question.hint else {}
    return {"title": question.label.en, **hint, **_BY_KIND[question.kind](question)}


def _object(questions: Iterable[Question]) -> Described:
    asked = [question for question in questions if question.kind in _BY_KIND]
    always = [question.id for question in asked if question.must and not question.when and not question.by_rule]
    return {
        "type": "object",
        "properties": {question.id: describe_answer(question) for question in asked},
        "additionalProperties": False,
        **({"required": always} if always else {}),
    }


def _text(question: Question) -> Described:
    most = LINE_LENGTH if question.kind is Kind.TEXT else TEXT_LENGTH
    size = {"minLength": int(question.minimum or 1), "maxLength": int(question.maximum or most)}
    return {"type": "string", "pattern": _SEEN, **size}


def _integer(question: Question) -> Described:
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}


def _choice(question: Question) -> Described:
    return {"enum": [choice.value for choice in question.choices]}


def _choices(question: Question) -> Described:
    most = {"maxItems": int(question.maximum)} if question.maximum is not None else {}
    return {
        "type": "array",
        "items": _choice(question),
        "uniqueItems": True,
        "minItems": int(question.minimum or 1),
        **most,
    }


def _table(question: Question) -> Described:
    return {
        "type": "array",
        "items": _object(question.columns),
        "minItems": int(question.minimum or 1),
        "maxItems": min(int(question.maximum or MOST_ROWS), MOST_ROWS),
    }


def _files(question: Question) -> Described:
    return {
        "type": "array",
        "description": "Files that were sent before with the same key; only the id counts",
        "items": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
        "minItems": int(question.minimum or 1),
        "maxItems": most_files(question),
    }


def _always(described: Described) -> Callable[[Question], Described]:
    return lambda _question: described


def _matches(pattern: str) -> Callable[[Question], Described]:
    return _always({"type": "string", "pattern": f"^{pattern}$"})


_DAY: Described = {"type": "string", "format": "date"}
_SEEN = r"\S"
_LINE: Described = {"type": "string", "pattern": _SEEN, "maxLength": LINE_LENGTH}
_ADDRESS: Described = {
    "type": "object",
    "properties": {
        "postcode": {"type": "string", "pattern": "^[1-9][0-9]{3} ?[A-Za-z]{2}$"},
        "number": {"type": "string", "pattern": "^[1-9][0-9]{0,4}(-[0-9A-Za-z -]{1,8})?$"},
        "street": _LINE,
        "town": _LINE,
    },
    "required": ["postcode", "number", "street", "town"],
    "additionalProperties": False,
}
_PERIOD: Described = {
    "type": "object",
    "properties": {"first": _DAY, "last": _DAY},
    "required": ["first", "last"],
    "additionalProperties": False,
}
_LOCATION: Described = {
    "type": "object",
    "description": "A place in words, as a point in the Netherlands (WGS84), or both",
    "properties": {
        "words": {"type": "string", "pattern": _SEEN, "maxLength": WORDS_LENGTH},
        "lat": {"type": "string", "pattern": r"^5[0-3]\.[0-9]{1,15}$"},
        "lon": {"type": "string", "pattern": r"^[3-7]\.[0-9]{1,15}$"},
    },
    "minProperties": 1,
    "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
    "additionalProperties": False,
}
_BY_KIND: Mapping[Kind, Callable[[Question], Described]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _matches(rf"-?[0-9]{{1,12}}(\.[0-9]{{1,{MOST_DECIMALS}}})?"),
    Kind.AMOUNT: _matches(r"-?[0-9]{1,12}(\.[0-9]{1,2})?"),
    Kind.YES_NO: _always({"type": "boolean"}),
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _always(_DAY),
    Kind.TIME: _matches("([01][0-9]|2[0-3]):[0-5][0-9]"),
    Kind.PERIOD: _always(_PERIOD),
    Kind.ADDRESS: _always(_ADDRESS),
    Kind.LOCATION: _always(_LOCATION),
    Kind.EMAIL: _always({"type": "string", "format": "email", "maxLength": 254}),
    Kind.PHONE: _matches(r"\+[1-9][0-9]{1,14}"),
    Kind.KVK: _matches("[0-9]{8}"),
    Kind.BRANCH: _matches("[0-9]{12}"),
    Kind.IBAN: _matches("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}"),
    Kind.BSN: _matches("[0-9]{9}"),
    Kind.PLATE: _matches("[0-9A-ZÀ-ÖØ-Þ]{2,12}"),
    Kind.FILE: _files,
    Kind.TABLE: _table,
    Kind.DECLARATION: _always({"const": True}),
}

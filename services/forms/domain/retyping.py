"""Writes stored answers as the texts of the fields they came from, so that a page shows them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from services.forms.domain.accepting import empty
from services.forms.domain.accepting.places import split_number
from shared.catalogue.definitions import Kind, Question


def retype(questions: Iterable[Question], *, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields of these questions, filled with the answers; what has no answer is absent."""
    fields: dict[str, list[str]] = {}
    for question in questions:
        value = answers.get(question.id)
        if not empty(value):
            fields |= _fields(question, value, name=question.id)
    return fields


def national_phone(number: str) -> str:
    """A number in E.164 as people in the Netherlands write it: a Dutch one national, another international."""
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    dutch = parsed.country_code == 31
    style = phonenumbers.PhoneNumberFormat.NATIONAL if dutch else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style))


def _fields(question: Question, value: Any, *, name: str) -> dict[str, list[str]]:
    match question.kind:
        case Kind.DATE:
            year, month, day = str(value).split("-")
            return {f"{name}.day": [str(int(day))], f"{name}.month": [str(int(month))], f"{name}.year": [year]}
        case Kind.ADDRESS:
            return _address_fields(value, name=name)
        case Kind.TABLE:
            return _table_fields(question, value)
        case Kind.CHOICES:
            return {name: list(value)}
        case Kind.YES_NO | Kind.DECLARATION:
            return {name: ["true" if value else "false"]}
        case Kind.DECIMAL | Kind.AMOUNT:
            return {name: [str(value).replace(".", ",")]}
        case Kind.PHONE:
            return {name: [national_phone(value)]}
    return {name: [str(value)]}


def _address_fields(value: Mapping[str, str], *, name: str) -> dict[str, list[str]]:
    """Street and town stay out: they are shown as the address found, and are fields only when typed by hand."""
    figure, suffix = split_number(value.get("number", ""))
    return {f"{name}.postcode": [value.get("postcode", "")], f"{name}.number": [figure], f"{name}.suffix": [suffix]}


def _table_fields(table: Question, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for index, row in enumerate(rows):
        for column in table.columns:
            name = f"{table.id}.{index}.{column.id}"
            value = row.get(column.id)
            fields |= {name: [""]} if empty(value) else _fields(column, value, name=name)
    return fields

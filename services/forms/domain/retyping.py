"""Writes stored answers as the texts of the fields they came from, so that a page shows them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from services.forms.domain.accepting import empty
from services.forms.domain.accepting.moments import PERIOD_PARTS
from services.forms.domain.accepting.numbers import shortened
from services.forms.domain.accepting.places import split_number
from services.forms.domain.plates import dashed
from services.forms.domain.points import Point
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


def spaced_iban(number: str) -> str:
    """An account number in groups of four, as it stands on a bank card."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _fields(question: Question, value: Any, *, name: str) -> dict[str, list[str]]:
    match question.kind:
        case Kind.DATE:
            return _day_fields(value, name=name)
        case Kind.PERIOD:
            ends = [_day_fields(value[part], name=f"{name}.{part}") for part in PERIOD_PARTS]
            return ends[0] | ends[1]
        case Kind.ADDRESS:
            return _address_fields(value, name=name)
        case Kind.LOCATION:
            point = str(Point(value["lat"], value["lon"])) if "lat" in value else ""
            return {f"{name}.words": [value.get("words", "")], f"{name}.point": [point]}
        case Kind.TABLE:
            return _table_fields(question, value, name=name)
        case Kind.FILE:
            return {}
        case Kind.CHOICES:
            return {name: list(value)}
    return {name: [_line(question.kind, value)]}


def _line(kind: Kind, value: Any) -> str:
    match kind:
        case Kind.YES_NO | Kind.DECLARATION:
            return "true" if value else "false"
        case Kind.DECIMAL:
            return shortened(str(value)).replace(".", ",")
        case Kind.AMOUNT:
            return str(value).replace(".", ",")
        case Kind.PHONE:
            return national_phone(value)
        case Kind.IBAN:
            return spaced_iban(value)
        case Kind.PLATE:
            return dashed(value)
    return str(value)


def _day_fields(value: str, *, name: str) -> dict[str, list[str]]:
    year, month, day = value.split("-")
    return {f"{name}.day": [str(int(day))], f"{name}.month": [str(int(month))], f"{name}.year": [year]}


def _address_fields(value: Mapping[str, str], *, name: str) -> dict[str, list[str]]:
    """Street and town stay out: they are shown as the address found, and are fields only when typed by hand."""
    figure, suffix = split_number(value.get("number", ""))
    return {f"{name}.postcode": [value.get("postcode", "")], f"{name}.number": [figure], f"{name}.suffix": [suffix]}


def _table_fields(table: Question, rows: Iterable[Mapping[str, Any]], *, name: str) -> dict[str, list[str]]:
    """Every column of every row has a field, also an empty one: it says that the row is there."""
    fields: dict[str, list[str]] = {}
    for index, row in enumerate(rows):
        for column in table.columns:
            own, value = f"{name}.{index}.{column.id}", row.get(column.id)
            fields |= {own: [""]} if empty(value) else _fields(column, value, name=own)
    return fields

"""Reads the forms that staff send into what the domain knows; what was typed is never lost on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args
from uuid import UUID

from werkzeug.datastructures import MultiDict

from services.workflow.domain.decision import MOST_OWN_CONDITIONS, Draft, OwnCondition
from services.workflow.domain.fault import Fault
from services.workflow.domain.hearing import ALL_HEARINGS
from services.workflow.domain.outcomes import RENEWALS
from shared.events import Result, Words
from shared.ids import new_id

_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OTHER_MONTHS = {"maa": 3, "mar": 3, "may": 5, "oct": 10}
_ROW = re.compile(r"own_conditions\.(\d{1,2})\.(text|because|source)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_RESULTS: Mapping[str, Result] = {result: result for result in get_args(Result)}
BLOCK_FIELDS = ("grant_reasons", "refusal_grounds", "conditions")


@dataclass(frozen=True, kw_only=True)
class TypedDate:
    """A date in three fields: as typed, as a date if it is one, else what is wrong and in which fields."""

    typed: Mapping[str, str]
    day: date | None
    fault: Fault | None
    bad: Sequence[str]


NO_DAY: Final = TypedDate(typed={}, day=None, fault=None, bad=())
"""Nothing was filled in."""


def to_multi(fields: Mapping[str, Sequence[str]]) -> MultiDict[str, str]:
    """Read fields that were kept as a form again."""
    return MultiDict((name, value) for name, values in fields.items() for value in values)


def read_text(form: MultiDict[str, str], *, name: str) -> str:
    """Read one text without characters that cannot be kept or printed."""
    return _UNPRINTABLE.sub("", form.get(name, "")).replace("\r\n", "\n")


def given_id(form: MultiDict[str, str]) -> UUID:
    """Read the id that a page gave to what its form makes, so that a second click makes nothing; else give one."""
    return read_id(form, name="id") or new_id()


def read_id(form: MultiDict[str, str], *, name: str) -> UUID | None:
    """Read what the form names; None where it names nothing."""
    try:
        return UUID(form.get(name, ""))
    except ValueError:
        return None


def read_date(form: MultiDict[str, str], *, name: str) -> TypedDate:
    """Read day, month and year; the month also as a word."""
    typed = {part: read_text(form, name=f"{name}.{part}").strip() for part in ("day", "month", "year")}
    missing = [part for part, text in typed.items() if not text]
    if missing:
        words = Words(nl="Vul een datum in met dag, maand en jaar.", en="Fill in a date with day, month and year.")
        return TypedDate(typed=typed, day=None, fault=Fault(f"{name}.{missing[0]}", words), bad=missing)
    month, year = _month(typed["month"]), _whole(typed["year"])
    bad = [part for part, found in (("month", month), ("year", year if year >= 1000 else 0)) if not found]
    try:
        day = date(year, month, _whole(typed["day"])) if not bad else None
    except ValueError:
        day, bad = None, ["day"]
    if day is None:
        words = Words(nl="Deze datum bestaat niet. Controleer de datum.", en="This date does not exist. Check it.")
        return TypedDate(typed=typed, day=None, fault=Fault(f"{name}.{bad[0]}", words), bad=bad)
    return TypedDate(typed=typed, day=day, fault=None, bad=())


def read_open_date(form: MultiDict[str, str], *, name: str) -> TypedDate:
    """Read a date that may stay empty."""
    found = read_date(form, name=name)
    return found if any(found.typed.values()) else NO_DAY


def as_typed(day: date | None) -> TypedDate:
    """Give a date that is known as somebody would have typed it."""
    return TypedDate(typed=typed_from(day), day=day, fault=None, bad=()) if day else NO_DAY


def typed_from(day: date) -> Mapping[str, str]:
    """Write a date as the three fields hold it."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def read_draft(form: MultiDict[str, str]) -> Draft:
    """Read the decision editor."""
    result = form.get("result", "")
    return Draft(
        result=_RESULTS.get(result),
        blocks=tuple(block[:100] for field in BLOCK_FIELDS for block in form.getlist(field)),
        own_reason=read_text(form, name="own_reason"),
        own_source=read_text(form, name="own_source"),
        own_conditions=_own_conditions(form),
        given=read_text(form, name="given"),
        withheld=read_text(form, name="withheld"),
        hearing=next((each for each in ALL_HEARINGS if each == form.get("hearing")), None),
        hearing_note=read_text(form, name="hearing_note"),
        renewal=next((each for each in RENEWALS if each == form.get("renewal")), None),
        renewal_text=read_text(form, name="renewal_text"),
        until=_until(form),
        number=read_text(form, name="number"),
    )


def until_typed(draft: Draft) -> Mapping[str, str]:
    """Give the last day of a draft as its three fields hold it, also while it is none."""
    try:
        return typed_from(date.fromisoformat(draft.until))
    except ValueError:
        return dict(zip(("day", "month", "year"), draft.until.split("/"), strict=False))


def _until(form: MultiDict[str, str]) -> str:
    """Read the last day; what is none stays as it was typed, so that nothing is lost while somebody writes."""
    found = read_open_date(form, name="until")
    typed = "/".join(part.replace("/", " ")[:20] for part in found.typed.values())
    return found.day.isoformat() if found.day else typed


def _own_conditions(form: MultiDict[str, str]) -> tuple[OwnCondition, ...]:
    numbers = sorted({int(found.group(1)) for name in form if (found := _ROW.fullmatch(name))})
    return tuple(
        OwnCondition(
            text=read_text(form, name=f"own_conditions.{number}.text"),
            because=read_text(form, name=f"own_conditions.{number}.because"),
            source=read_text(form, name=f"own_conditions.{number}.source"),
        )
        for number in numbers[:MOST_OWN_CONDITIONS]
    )


def _month(text: str) -> int:
    if found := _whole(text):
        return found if found <= 12 else 0
    short = text.lower()[:3]
    return _OTHER_MONTHS.get(short) or (_MONTHS.index(short) + 1 if short in _MONTHS else 0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0

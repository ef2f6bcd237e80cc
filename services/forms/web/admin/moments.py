"""Reads a day or a moment that somebody chose, as the forms of residents read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from flask import request

from services.forms.domain.reading import read_fields
from shared.catalogue.definitions import Kind, Question
from shared.events import Words
from shared.law.calendar import AMSTERDAM

_DAY: Final = Question(id="day", kind=Kind.DATE, label=Words(nl="Datum", en="Date"))
_HOUR: Final = Question(id="hour", kind=Kind.TIME, label=Words(nl="Tijd", en="Time"))
_MISSING: Final = {
    "day": Words(nl="Vul de datum in", en="Fill in the date"),
    "hour": Words(nl="Vul de tijd in", en="Fill in the time"),
}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment as asked (None: at once, or not understood); `errors` are by the name of the field."""

    at: datetime | None
    errors: Sequence[tuple[str, Words]] = ()


def posted_morning() -> Moment:
    """Nine in the morning of the day in the fields `day.day`, `day.month` and `day.year`."""
    answers, errors = _read(_DAY)
    if errors:
        return Moment(at=None, errors=errors)
    return Moment(at=datetime.combine(date.fromisoformat(answers["day"]), time(9), tzinfo=AMSTERDAM))


def posted_moment() -> Moment:
    """The moment in those fields and `hour`."""
    answers, errors = _read(_DAY, _HOUR)
    if errors:
        return Moment(at=None, errors=errors)
    return Moment(at=datetime.fromisoformat(f"{answers['day']}T{answers['hour']}").replace(tzinfo=AMSTERDAM))


def _read(*questions: Question) -> tuple[dict[str, str], list[tuple[str, Words]]]:
    typed = {name: request.form.getlist(name) for name in request.form}
    reading = read_fields(questions, typed=typed)
    errors = [(fault.name, fault.text) for fault in reading.faults]
    known = {name for name, _ in errors} | set(reading.answers)
    errors += [(one.id, _MISSING[one.id]) for one in questions if one.id not in known]
    return dict(reading.answers), errors

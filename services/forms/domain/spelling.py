"""How people write dates, times, numbers and amounts, in Dutch and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from services.forms.domain.faults import Fault, WrongAnswerError
from shared.catalogue.definitions import Question
from shared.events import Words

DATE_PARTS = ("day", "month", "year")

_NUMBER = re.compile(r"[+-]?[0-9]{1,12}")
_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_NO_MARKS = str.maketrans("", "", ".,")
_DUTCH_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,([0-9]{1,6}))?")
_POINTED_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})\.([0-9]{1,6})")
_EURO = re.compile(r"(?:€|eur(?:o'?s?)?)?\s*(.*?)(?:[,.]\s?[-–—]{1,2})?\s*(?:€|eur(?:o'?s?)?)?", re.IGNORECASE)
_TIME = re.compile(r"([0-9]{1,2})(?:\s?[:.hu]\s?([0-9]{2}))?\s*(uur|u|h|am|pm)?\.?")
_JOINED_TIME = re.compile(r"([0-9]{1,2})([0-9]{2})\s*(uur|u|h|am|pm)?\.?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar maa",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_PART_WORDS = {"day": ("de dag", "the day"), "month": ("de maand", "the month"), "year": ("het jaar", "the year")}


def read_whole(text: str) -> int | None:
    """A whole number as written, or None if it is none; "1 000" and "1.000" are a thousand."""
    plain = text.replace(" ", "")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    return int(plain) if _NUMBER.fullmatch(plain) else None


def read_decimal(text: str) -> str | None:
    """A number with comma or point as a decimal string, or None; "2,5" and "2.5" are "2.5", "1.250" is "1250"."""
    plain = text.replace(" ", "")
    found = _DUTCH_NUMBER.fullmatch(plain) or _POINTED_NUMBER.fullmatch(plain)
    if found is None:
        return None
    sign, whole, part = found.groups()
    written = f"{sign}{whole.translate(_NO_MARKS)}" + (f".{part}" if part else "")
    return format(Decimal(written), "f")


def read_amount(text: str) -> str | None:
    """An amount in euros with two decimals, or None; "€ 1.250", "12,50 euro" and "12,-" are some."""
    found = _EURO.fullmatch(" ".join(text.split()))
    number = read_decimal(found[1]) if found else None
    if number is None or len(number.partition(".")[2]) > 2:
        return None
    return format(Decimal(number).quantize(Decimal("0.01")), "f")


def read_time(text: str) -> str | None:
    """A time of the day as "09:30", or None; "9.30", "9:30 uur", "0930", "9 uur" and "9.30 pm" are some."""
    plain = " ".join(text.lower().replace("a.m", "am").replace("p.m", "pm").split())
    found = _TIME.fullmatch(plain) or _JOINED_TIME.fullmatch(plain)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "pm")
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def read_date(question: Question, *, parts: Mapping[str, str]) -> str | None:
    """Three written parts as an ISO date; None if all are empty.

    Raises:
        WrongAnswerError: a part is missing or cannot be; with a fault for each, naming the wrong parts only.
    """
    written = {part: parts.get(part, "").strip() for part in DATE_PARTS}
    if not any(written.values()):
        return None
    if missing := tuple(part for part in DATE_PARTS if not written[part]):
        raise _wrong(question, parts=missing, text=_say_missing(question, missing))
    numbers: dict[str, int] = {}
    faults: list[Fault] = []
    for part, read in (("day", _day), ("month", _month), ("year", _year)):
        try:
            numbers[part] = read(question, written[part])
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise WrongAnswerError(*faults)
    return _whole_date(question, **numbers).isoformat()


def _day(question: Question, text: str) -> int:
    day = read_whole(text.rstrip("."))
    if day is None or not 1 <= day <= 31:
        said = Words(
            nl=f"Vul bij ‘{question.label.nl}’ een dag in van 1 tot en met 31",
            en=f"Fill in a day from 1 to 31 at ‘{question.label.en}’",
        )
        raise _wrong(question, parts=("day",), text=said)
    return day


def _month(question: Question, text: str) -> int:
    name = text.lower().rstrip(".")
    month = _MONTHS.get(name) or read_whole(name)
    if month is None or not 1 <= month <= 12:
        said = Words(
            nl=f"Vul bij ‘{question.label.nl}’ een maand in: 1 tot en met 12, of de naam",
            en=f"Fill in a month at ‘{question.label.en}’: 1 to 12, or its name",
        )
        raise _wrong(question, parts=("month",), text=said)
    return month


def _year(question: Question, text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not 1900 <= int(text) <= 2200:
        said = Words(
            nl=f"Vul bij ‘{question.label.nl}’ het jaar in met 4 cijfers, zoals 2026",
            en=f"Fill in the year with 4 digits, like 2026, at ‘{question.label.en}’",
        )
        raise _wrong(question, parts=("year",), text=said)
    return int(text)


def _whole_date(question: Question, *, day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        said = Words(
            nl=f"{_MONTH_NAMES_NL[month - 1]} {year} heeft geen {day} dagen. Vul een andere dag in",
            en=f"{_MONTH_NAMES_EN[month - 1]} {year} does not have {day} days. Fill in another day",
        )
        raise _wrong(question, parts=("day",), text=said) from None


def _say_missing(question: Question, missing: tuple[str, ...]) -> Words:
    nl = " en ".join(_PART_WORDS[part][0] for part in missing)
    en = " and ".join(_PART_WORDS[part][1] for part in missing)
    return Words(nl=f"Vul bij ‘{question.label.nl}’ ook {nl} in", en=f"Fill in {en} too at ‘{question.label.en}’")


def _wrong(question: Question, *, parts: tuple[str, ...], text: Words) -> WrongAnswerError:
    return WrongAnswerError(Fault(name=f"{question.id}.{parts[0]}", text=text, parts=parts))


_MONTH_NAMES_NL = (
    "Januari Februari Maart April Mei Juni Juli Augustus September Oktober November December".split()  # noqa: SIM905
)
_MONTH_NAMES_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)

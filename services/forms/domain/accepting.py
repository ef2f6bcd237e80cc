"""Whether an answer fits its question, whichever door it came through; a good answer comes back in its stored form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from stdnum.nl import postcode as dutch_postcode

from services.forms.domain.faults import Fault, WrongAnswerError, fault, in_row, nothing_else
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

ADDRESS_PARTS = ("postcode", "number", "street", "town")
LINE_LENGTH = 200
TEXT_LENGTH = 4000
MOST_ROWS = 50

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_HOUSE_NUMBER = re.compile(r"([1-9][0-9]{0,4})(?![0-9])([ -]*[0-9A-Za-z][0-9A-Za-z -]{0,7})?")


def accept(question: Question, *, value: Any) -> Any:
    """The answer as it is stored, tidied up.

    Raises:
        WrongAnswerError: the type, form or size is not what the question asks.
    """
    return _BY_KIND[question.kind](question, value)


def empty(value: Any) -> bool:
    """Whether this is no answer at all; false and nought are answers."""
    return value is None or value in ("", [], {})


def split_number(number: str) -> tuple[str, str]:
    """The figure of a house number and its letter or suffix: "14-A" gives ("14", "A")."""
    found = _HOUSE_NUMBER.fullmatch(number.strip())
    return (found[1], (found[2] or "").strip(" -")) if found else (number.strip(), "")


def join_number(figure: str, *, suffix: str) -> str:
    """A house number with its letter or suffix as it is stored: "14-A"."""
    return "-".join(part for part in (figure.strip(), suffix.strip().strip("-").upper()) if part)


def address_key(question: Question, *, value: Mapping[str, Any]) -> tuple[str, str]:
    """Postcode and house number in their stored form, to look an address up with.

    Raises:
        WrongAnswerError: one of them is missing or cannot be.
    """
    found = _address_parts(question, value, parts=ADDRESS_PARTS[:2])
    return found["postcode"], found["number"]


def _text(question: Question, value: Any) -> str:
    clean = " ".join(_plain(question, value).split())
    return _sized(question, clean, most=LINE_LENGTH)


def _long_text(question: Question, value: Any) -> str:
    lines = _plain(question, value).replace("\r\n", "\n").replace("\r", "\n")
    return _sized(question, lines.strip(), most=TEXT_LENGTH)


def _plain(question: Question, value: Any) -> str:
    if not isinstance(value, str) or any(_unreadable(character) for character in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    return unicodedata.normalize("NFC", value)


def _unreadable(character: str) -> bool:
    """Control characters (NUL among them), lone surrogates, and the sign for bytes that were no text."""
    return character == "\ufffd" or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t")


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


def _integer(question: Question, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**12:
        raise WrongAnswerError(fault(question, code="malformed"))
    _bounded(question, Decimal(value))
    return value


def _decimal(question: Question, value: Any) -> str:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise WrongAnswerError(fault(question, code="malformed"))
    number = Decimal(value)
    _bounded(question, number)
    return format(number, "f")


def _bounded(question: Question, number: Decimal) -> None:
    if question.minimum is not None and number < Decimal(str(question.minimum)):
        raise WrongAnswerError(fault(question, code="too_low"))
    if question.maximum is not None and number > Decimal(str(question.maximum)):
        raise WrongAnswerError(fault(question, code="too_high"))


def _yes_no(question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def _choice(question: Question, value: Any) -> str:
    if not isinstance(value, str) or value not in {choice.value for choice in question.choices}:
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def _choices(question: Question, value: Any) -> list[str]:
    """In the order of the question, each once."""
    known = [choice.value for choice in question.choices]
    if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    if not value:
        raise WrongAnswerError(fault(question, code="missing"))
    return [one for one in known if one in value]


def _date(question: Question, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise WrongAnswerError(fault(question, code="malformed"))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise WrongAnswerError(fault(question, code="malformed")) from None
    if not 1900 <= day.year <= 2200:
        raise WrongAnswerError(fault(question, code="malformed"))
    return value


def _address(question: Question, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not set(value) <= set(ADDRESS_PARTS):
        raise WrongAnswerError(fault(question, code="malformed"))
    return _address_parts(question, value, parts=ADDRESS_PARTS)


def _address_parts(question: Question, value: Mapping[str, Any], *, parts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for part in parts:
        try:
            found[part] = _address_part(question, part, value=value.get(part))
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise WrongAnswerError(*faults)
    return found


def _address_part(question: Question, part: str, *, value: Any) -> str:
    missing, wrong = _ADDRESS_WORDS[part]
    if empty(value) or (isinstance(value, str) and not value.strip()):
        raise WrongAnswerError(fault(question, code="missing", default=missing, part=part))
    refused = WrongAnswerError(fault(question, code="malformed", default=wrong, part=part))
    if not isinstance(value, str) or len(value) > LINE_LENGTH or any(_unreadable(character) for character in value):
        raise refused
    plain = " ".join(unicodedata.normalize("NFC", value).split())
    if part == "postcode":
        if not dutch_postcode.is_valid(plain):
            raise refused
        return str(dutch_postcode.validate(plain))
    if part == "number":
        figure, suffix = split_number(plain)
        if not re.fullmatch(r"[1-9][0-9]{0,4}", figure):
            raise refused
        return join_number(figure, suffix=suffix)
    return plain


_ADDRESS_WORDS: dict[str, tuple[Words, Words]] = {
    "postcode": (
        Words(nl="Vul een postcode in, zoals 3811 LX", en="Fill in a postcode, like 3811 LX"),
        Words(
            nl="Controleer de postcode: 4 cijfers en 2 letters, zoals 3811 LX",
            en="Check the postcode: 4 digits and 2 letters, like 3811 LX",
        ),
    ),
    "number": (
        Words(nl="Vul een huisnummer in", en="Fill in a house number"),
        Words(
            nl="Controleer het huisnummer: een getal van 1 tot en met 99999",
            en="Check the house number: a number from 1 to 99999",
        ),
    ),
    "street": (
        Words(nl="Vul de straat in", en="Fill in the street"),
        Words(nl="Controleer de naam van de straat", en="Check the name of the street"),
    ),
    "town": (
        Words(nl="Vul de plaats in", en="Fill in the town"),
        Words(nl="Controleer de naam van de plaats", en="Check the name of the town"),
    ),
}


def _email(question: Question, value: Any) -> str:
    plain = _plain(question, value).strip()
    local, _, domain = plain.rpartition("@")
    if len(plain) > 254 or ".." in plain or not _EMAIL.fullmatch(plain) or local.startswith(".") or local.endswith("."):
        raise WrongAnswerError(fault(question, code="malformed"))
    try:
        return f"{local}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        raise WrongAnswerError(fault(question, code="malformed")) from None


def _phone(question: Question, value: Any) -> str:
    """E.164; without a country code it is a Dutch number."""
    plain = _plain(question, value)
    if len(plain) > 40:
        raise WrongAnswerError(fault(question, code="malformed"))
    try:
        number = phonenumbers.parse(plain, "NL")
    except phonenumbers.NumberParseException:
        raise WrongAnswerError(fault(question, code="malformed")) from None
    if not phonenumbers.is_valid_number(number):
        raise WrongAnswerError(fault(question, code="malformed"))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _kvk(question: Question, value: Any) -> str:
    digits = re.sub(r"[ .-]", "", _plain(question, value))
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise WrongAnswerError(fault(question, code="malformed"))
    return digits


def _declaration(question: Question, value: Any) -> bool:
    if value is not True:
        raise WrongAnswerError(fault(question, code="missing" if value is False else "malformed"))
    return True


def _table(question: Question, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise WrongAnswerError(fault(question, code="malformed"))
    if not value:
        raise WrongAnswerError(fault(question, code="missing"))
    if question.minimum is not None and len(value) < question.minimum:
        raise WrongAnswerError(fault(question, code="too_low"))
    if len(value) > (question.maximum or MOST_ROWS):
        raise WrongAnswerError(fault(question, code="too_high"))
    rows, faults = [], []
    for index, row in enumerate(value):
        try:
            rows.append(_row(question, row))
        except WrongAnswerError as wrong:
            faults += [in_row(one, table=question, index=index) for one in wrong.faults]
    if faults:
        raise WrongAnswerError(*faults)
    return rows


def _row(table: Question, row: Mapping[str, Any]) -> dict[str, Any]:
    known = {column.id for column in table.columns}
    faults = [Fault(name=str(name)[:LINE_LENGTH], text=nothing_else()) for name in row if name not in known]
    kept = {}
    for column in table.columns:
        value = row.get(column.id)
        if empty(value):
            faults += [] if column.optional else [fault(column, code="missing")]
            continue
        try:
            kept[column.id] = accept(column, value=value)
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise WrongAnswerError(*faults)
    return kept


_BY_KIND: Mapping[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.KVK: _kvk,
    Kind.TABLE: _table,
    Kind.DECLARATION: _declaration,
}

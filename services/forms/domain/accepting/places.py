"""Places: an address, or a spot in words or as a point on the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stdnum.nl import postcode as dutch_postcode

from services.forms.domain.accepting.texts import LINE_LENGTH, readable, seen
from services.forms.domain.faults import Fault, WrongAnswerError, fault
from services.forms.domain.points import NETHERLANDS, Point, point_of
from shared.catalogue.definitions import Area, Question
from shared.catalogue.facts import is_answered
from shared.events import Words

ADDRESS_PARTS = ("postcode", "number", "street", "town")
LOCATION_PARTS = ("words", "lat", "lon")
WORDS_LENGTH = 500

_DEGREES = re.compile(r"[0-9]{1,2}\.[0-9]{1,15}")

_HOUSE_NUMBER = re.compile(r"([1-9][0-9]{0,4})(?![0-9])([ -]*[0-9A-Za-z][0-9A-Za-z -]{0,7})?")


def address(question: Question, value: Any, /) -> dict[str, str]:
    """Postcode, house number, street and town."""
    if not isinstance(value, Mapping) or not set(value) <= set(ADDRESS_PARTS):
        raise WrongAnswerError(fault(question, code="malformed"))
    return _parts(question, value, parts=ADDRESS_PARTS)


def location(question: Question, value: Any, /, *, area: Area | None) -> dict[str, str]:
    """A spot in words, as a point in WGS84, or both; `area` is where the point of a bounded question must lie."""
    if not isinstance(value, Mapping) or not set(value) <= set(LOCATION_PARTS):
        raise WrongAnswerError(fault(question, code="malformed"))
    found: dict[str, str] = {}
    if words := _words(question, value.get("words") or ""):
        found["words"] = words
    if is_answered(value.get("lat")) or is_answered(value.get("lon")):
        point = _point(question, value.get("lat"), value.get("lon"))
        if question.bounds and area and not point.lies_in(area):
            raise WrongAnswerError(fault(question, code="malformed", default=_OUTSIDE, part="point"))
        found |= {"lat": point.lat, "lon": point.lon}
    if not found:
        raise WrongAnswerError(fault(question, code="missing"))
    return found


def address_key(question: Question, *, value: Mapping[str, Any]) -> tuple[str, str]:
    """Postcode and house number in their stored form, to look an address up with.

    Raises:
        WrongAnswerError: one of them is missing or cannot be.
    """
    found = _parts(question, value, parts=ADDRESS_PARTS[:2])
    return found["postcode"], found["number"]


def split_number(number: str) -> tuple[str, str]:
    """The figure of a house number and its letter or suffix: "14-A" gives ("14", "A")."""
    found = _HOUSE_NUMBER.fullmatch(number.strip())
    return (found[1], (found[2] or "").strip(" -")) if found else (number.strip(), "")


def join_number(figure: str, *, suffix: str) -> str:
    """A house number with its letter or suffix as it is stored: "14-A"."""
    return "-".join(part for part in (figure.strip(), suffix.strip().strip("-").upper()) if part)


def _words(question: Question, value: Any) -> str:
    if not readable(value):
        raise WrongAnswerError(fault(question, code="malformed", default=_NO_WORDS, part="words"))
    words = " ".join(seen(value).split())
    if len(words) > WORDS_LENGTH:
        raise WrongAnswerError(fault(question, code="malformed", default=_TOO_MANY_WORDS, part="words"))
    return words


def _point(question: Question, lat: Any, lon: Any) -> Point:
    refused = WrongAnswerError(fault(question, code="malformed", default=NO_POINT, part="point"))
    if not all(isinstance(one, str) and _DEGREES.fullmatch(one) for one in (lat, lon)):
        raise refused
    point = point_of(lat, lon)
    if not point.lies_in(NETHERLANDS):
        raise refused
    return point


def _parts(question: Question, value: Mapping[str, Any], *, parts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for part in parts:
        try:
            found[part] = _part(question, part, value=value.get(part))
        except WrongAnswerError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise WrongAnswerError(*faults)
    return found


def _part(question: Question, part: str, *, value: Any) -> str:
    missing, wrong = _WORDS[part]
    if not is_answered(value):
        raise WrongAnswerError(fault(question, code="missing", default=missing, part=part))
    refused = WrongAnswerError(fault(question, code="malformed", default=wrong, part=part))
    if not readable(value) or len(value) > LINE_LENGTH:
        raise refused
    plain = " ".join(seen(value).split())
    if not plain:
        raise WrongAnswerError(fault(question, code="missing", default=missing, part=part))
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


NO_POINT = Words(
    nl="Controleer de coördinaten: twee getallen zoals 52,1561 5,3878",
    en="Check the coordinates: two numbers like 52.1561, 5.3878",
)
_OUTSIDE = Words(
    nl="Dit punt ligt niet in of bij onze gemeente. Controleer de coördinaten",
    en="This point is not in or near our municipality. Check the coordinates",
)
_NO_WORDS = Words(nl="Gebruik gewone letters, cijfers en leestekens", en="Use ordinary letters and figures")
_TOO_MANY_WORDS = Words(
    nl=f"Maak de beschrijving korter: hooguit {WORDS_LENGTH} tekens",
    en=f"Shorten the description: at most {WORDS_LENGTH} characters",
)
_WORDS: dict[str, tuple[Words, Words]] = {
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

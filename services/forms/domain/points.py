"""Points as people copy them from a map: in degrees, in degrees with minutes and seconds, or in metres of RD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from shared.catalogue.definitions import Area

MOST_DECIMALS = 6
"""A degree to six decimals is a place to 11 cm."""


class Point(NamedTuple):
    """A place in WGS84: degrees north and degrees east as decimal texts."""

    lat: str
    lon: str

    def lies_in(self, area: Area) -> bool:
        """Whether it is a point of this area."""
        return area.holds(lat=float(self.lat), lon=float(self.lon))

    def __str__(self) -> str:
        """As maps take it: "52.1561, 5.3878"."""
        return f"{self.lat}, {self.lon}"


NETHERLANDS = Area(south=50.7, west=3.2, north=53.7, east=7.3)

_DEGREES = r"([+-]?[0-9]{1,3}[.,][0-9]{1,15})\s*°?\s*"
_PAIR = re.compile(rf"(?:geo:)?\s*{_DEGREES}N?[\s,;/]+{_DEGREES}[EO]?", re.IGNORECASE)
_SEXAGESIMAL = r"([0-9]{1,3})\s*°\s*([0-9]{1,2})\s*['’′]\s*([0-9]{1,2}(?:[.,][0-9]{1,6})?)\s*(?:[\"”″]|''|’’)\s*"
_SEXAGESIMAL_PAIR = re.compile(rf"{_SEXAGESIMAL}N[\s,;/]*{_SEXAGESIMAL}[EO]", re.IGNORECASE)
_METRES = r"([0-9]{1,6}(?:[.,][0-9]{1,3})?|[0-9]{1,3}[.][0-9]{3}(?:,[0-9]{1,3})?)"
_METRES_PAIR = re.compile(rf"(?:RD\s*)?(?:X[:=]?\s*)?{_METRES}[\s,;/]+(?:Y[:=]?\s*)?{_METRES}", re.IGNORECASE)


def read_point(text: str) -> Point | None:
    """The point that is written here, if it is one in the Netherlands; longitude may come first."""
    tidy = " ".join(text.split())
    return next((point for point in _readings(tidy) if point.lies_in(NETHERLANDS)), None)


def point_of(lat: str, lon: str, /) -> Point:
    """A point with at most six decimals."""
    return Point(_rounded(Decimal(lat)), _rounded(Decimal(lon)))


def from_rd(x: float, y: float, /) -> tuple[float, float]:
    """Degrees north and east of a point of the Rijksdriehoeksmeting in metres, within 25 cm.

    The series of F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD-
    en WGS84-kaartcoördinaten", Geodesia 2001-2; at Amersfoort it starts from (155000, 463000).
    """
    east, north = (x - 155_000) / 100_000, (y - 463_000) / 100_000
    lat = sum(factor * east**p * north**q for p, q, factor in _TO_NORTH)
    lon = sum(factor * east**p * north**q for p, q, factor in _TO_EAST)
    return 52.15517440 + lat / 3600, 5.38720621 + lon / 3600


def _readings(text: str) -> Iterator[Point]:
    if found := _PAIR.fullmatch(text):
        one, other = (part.replace(",", ".").lstrip("+") for part in found.groups())
        yield point_of(one, other)
        yield point_of(other, one)
    if found := _SEXAGESIMAL_PAIR.fullmatch(text):
        parts = [Decimal(part.replace(",", ".")) for part in found.groups()]
        yield point_of(str(_degrees(*parts[:3])), str(_degrees(*parts[3:])))
    if found := _METRES_PAIR.fullmatch(text):
        lat, lon = from_rd(*(_metres(part) for part in found.groups()))
        yield point_of(f"{lat:.{MOST_DECIMALS}f}", f"{lon:.{MOST_DECIMALS}f}")


def _degrees(degrees: Decimal, minutes: Decimal, seconds: Decimal) -> Decimal:
    return degrees + minutes / 60 + seconds / 3600


def _metres(text: str) -> float:
    """155.000 is a hundred and fifty-five thousand, 155000.5 has half a metre."""
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}(,[0-9]+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def _rounded(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DECIMALS:
        number = round(number, MOST_DECIMALS)
    return format(number, "f")


_TO_NORTH = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_TO_EAST = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)

"""Points on the map, in every form in which a map gives them."""

from __future__ import annotations

import pytest

from services.forms.domain.accepting import accept
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.points import Point, from_rd, read_point
from shared.catalogue.definitions import Bounds, Kind
from tests.services.forms.domain.kinds import question
from tests.services.forms.noor import CATALOGUE


@pytest.mark.parametrize(
    "written",
    [
        "52.1561, 5.3878",
        "52.1561,5.3878",
        "52,1561 5,3878",
        "52,1561, 5,3878",
        "5.3878, 52.1561",
        "geo:52.1561,5.3878",
        "52.1561° N, 5.3878° O",
    ],
)
def test_degrees_are_read_with_comma_or_point_and_in_either_order(written: str) -> None:
    assert read_point(written) == Point("52.1561", "5.3878")


def test_degrees_with_minutes_and_seconds_are_read() -> None:
    assert read_point("52°09'22.0\"N 5°23'16.1\"E") == Point("52.156111", "5.387806")


@pytest.mark.parametrize(
    "written", ["155000 463000", "155.000, 463.000", "X: 155000 Y: 463000", "RD 155000,0 463000,0"]
)
def test_metres_of_the_dutch_grid_become_degrees(written: str) -> None:
    assert read_point(written) == Point("52.155174", "5.387206")


@pytest.mark.parametrize(
    ("metres", "degrees"),
    [
        ((120_700.723, 487_525.501), (52.37453253, 4.88352559)),
        ((233_883.131, 582_065.167), (53.21938317, 6.56820053)),
    ],
)
def test_the_towers_of_amsterdam_and_groningen_stand_where_the_source_says(
    metres: tuple[float, float], degrees: tuple[float, float]
) -> None:
    assert from_rd(*metres) == pytest.approx(degrees, abs=1e-7)


@pytest.mark.parametrize("written", ["", "52,5", "52, 5", "48.8566, 2.3522", "achter de school", "52.1561", "9" * 80])
def test_what_is_no_point_in_the_netherlands_is_none(written: str) -> None:
    assert read_point(written) is None


def test_a_bounded_point_lies_in_or_near_the_municipality() -> None:
    area = CATALOGUE.municipality.area
    bounded = question(Kind.LOCATION, bounds=Bounds.MUNICIPALITY)
    here, elsewhere = {"lat": "52.1561", "lon": "5.3878"}, {"lat": "52.3745", "lon": "4.8835"}
    assert accept(bounded, value=here, area=area) == here
    assert accept(question(Kind.LOCATION), value=elsewhere, area=area) == elsewhere
    with pytest.raises(WrongAnswerError) as caught:
        accept(bounded, value=elsewhere, area=area)
    assert [(one.name, one.text.nl) for one in caught.value.faults] == [
        ("q.point", "Dit punt ligt niet in of bij onze gemeente. Controleer de coördinaten")
    ]

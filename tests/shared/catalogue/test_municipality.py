"""In whose name the services speak, and where on the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared import catalogue
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.municipality import MUNICIPALITY, read_municipality

TEXT = (Path(catalogue.__file__).parent / MUNICIPALITY).read_text(encoding="utf-8")


def test_the_area_of_the_municipality_holds_its_tower_and_no_other_town(tmp_path: Path) -> None:
    (tmp_path / MUNICIPALITY).write_text(TEXT, encoding="utf-8")
    area = read_municipality(tmp_path).area
    assert area is not None
    assert area.holds(lat=52.1552, lon=5.3872)
    assert not area.holds(lat=52.0907, lon=5.1213)


@pytest.mark.parametrize("wrong", ["north: 52.0,", "", "east: verweg,"])
def test_an_area_that_is_none_is_a_fault(tmp_path: Path, wrong: str) -> None:
    area = f"area: {{south: 52.09, west: 5.29, {wrong}}}"
    lines = [area if line.startswith("area:") else line for line in TEXT.splitlines()]
    (tmp_path / MUNICIPALITY).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FaultyCatalogueError):
        read_municipality(tmp_path)

"""What is numbered has each number once, without a gap: decisions, and the migrations of each part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.source import HOME

NUMBERED = [HOME / "shared" / "decisions", *sorted(HOME.glob("s*/**/migrations"))]


@pytest.mark.parametrize("folder", NUMBERED, ids=lambda folder: str(folder.relative_to(HOME)))
def test_each_number_stands_once_and_none_is_missing(folder: Path) -> None:
    numbers = [int(file.name.partition("-")[0]) for file in sorted(folder.glob("[0-9]*"))]
    assert numbers == list(range(1, len(numbers) + 1))

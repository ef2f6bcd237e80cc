"""An address book in a small file of example addresses, for a house without a link to the national one (BAG)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from shared.events import Address

EXAMPLES = Path(__file__).parent / "example-addresses.csv"


@dataclass(frozen=True, kw_only=True)
class _Range:
    """The numbers from `low` up to and including `high` in one street with one postcode."""

    low: int
    high: int
    street: str
    town: str


class AddressFile:
    """Finds addresses in a file with postcode, first and last number, street and town."""

    def __init__(self, file: Path = EXAMPLES, *, towns: Callable[[], Collection[str]] = tuple) -> None:
        """Read the file once; `towns` are those of the municipality as it now stands, none: any counts."""
        self._towns = towns
        self._ranges: dict[str, list[_Range]] = {}
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found = _Range(low=int(row["low"]), high=int(row["high"]), street=row["street"], town=row["town"])
                self._ranges.setdefault(row["postcode"], []).append(found)

    def find(self, postcode: str, *, number: str) -> Address | None:
        """The address, with the letter or suffix as it was asked: a file of streets cannot tell those."""
        figure = int(number.partition("-")[0])
        for one in self._ranges.get(postcode, ()):
            if one.low <= figure <= one.high:
                return Address(postcode=postcode, number=number, street=one.street, town=one.town)
        return None

    def is_here(self, address: Address) -> bool:
        """Whether it lies in one of the towns of the municipality."""
        towns = {town.casefold() for town in self._towns()}
        return not towns or address.town.casefold() in towns

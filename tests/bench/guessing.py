"""Whether time tells a guesser something: a page of somebody else's case beside one of a case that never was."""

from __future__ import annotations

import statistics
import time

from dev.house import House
from tests.bench.client import Noor, apply
from tests.bench.lines import Figure
from tests.bench.wire import Wire

_TURNS = 400
_NEVER = "/status/" + "0123456789abcdef" * 2


def measure_guessing(house: House) -> None:
    """(i) How long a 404 takes, asked in turns: of a case that exists and is not ours, and of none at all."""
    with Wire(house.url("forms")) as wire:
        known = apply(Noor(wire), applicant="guessed@example.org").place.removesuffix("/ontvangen")
        took: dict[str, list[float]] = {known: [], _NEVER: []}
        for _ in range(_TURNS):
            for case, times in took.items():
                began = time.perf_counter()
                answer = wire.get(f"{case}/antwoorden.json")
                times.append(1000 * (time.perf_counter() - began))
                assert answer.status == 404
    theirs, none = (statistics.median(times) for times in took.values())
    Figure(
        measure="i",
        what="a 404 of somebody else's case, median",
        value=theirs,
        unit="ms",
        baseline="a 404 of a case that never was, median ms",
        baseline_value=none,
        details={"difference_ms": theirs - none, "spread_ms": statistics.stdev(took[_NEVER])},
    ).tell()

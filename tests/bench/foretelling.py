"""(l) Whether forecasts come true: measured on simulated offices, of which the truth is known."""

from __future__ import annotations

from services.workflow.domain.chances import calibrate
from tests.bench.lines import Figure
from tests.services.workflow.domain.simulated import done_in_time, said_and_true

OFFICES = 100
STOCKS = 300
RUNS = 200
SEED = 1


def measure_foretelling() -> None:
    """Tell of cases given 15 to 25 % how many were late, of each tenth likewise, and when stocks were done."""
    said = said_and_true(offices=OFFICES, seed=SEED)
    around = [(share, late) for share, late in said if 0.15 <= share < 0.25]
    _tell(
        f"cases of {OFFICES} offices given about 20 %, late",
        100 * sum(late for _, late in around) / len(around),
        told=100 * sum(share for share, _ in around) / len(around),
        cases=len(around),
    )
    for each in calibrate(said):
        if each.shown:
            what = f"cases given {10 * each.first} to {10 * each.first + 10} %, late"
            _tell(what, 100 * each.really, told=100 * each.said, cases=each.cases)
    half, most = done_in_time(offices=STOCKS, seed=SEED, runs=RUNS)
    _tell("stocks done by the day of 50 %", 100 * half, told=50, cases=STOCKS)
    _tell("stocks done by the day of 85 %", 100 * most, told=85, cases=STOCKS)


def _tell(what: str, value: float, *, told: float, cases: int) -> None:
    Figure(
        measure="l",
        what=what,
        value=value,
        unit="%",
        baseline="what was told, %",
        baseline_value=told,
        details={"of": cases},
    ).tell()


if __name__ == "__main__":
    measure_foretelling()

"""What a letter costs a press that is warm: composed, with its codes and the decision as data inside."""

from __future__ import annotations

import time
from collections.abc import Callable

from shared.letters.pdf import warm_up
from tests.bench.lines import Figure
from tests.bench.yardsticks import letters_per_core
from tests.shared.letters.samples import DECISIONS, letter_pdf

AIM_PER_S, AIM_MS = 15.0, 70.0
TIMES = 25
ONE_LINE = "<html lang='nl'><title>Yardstick</title><p>Nothing.</p></html>"


def measure_pressing() -> None:
    """(e) Letters for each second of one core within one process, and the CPU of one: of two pages, and a long one."""
    warm_up()
    one_line = letters_per_core(ONE_LINE)
    for name, aim in (("granted", AIM_PER_S), ("long", None)):
        decision = DECISIONS[name]
        each = _cpu_s(lambda decision=decision: letter_pdf(decision))
        Figure(
            measure="e",
            what=f"letters (PDF/A-3a and PDF/UA-1) a second of one core, warm, no mail, {name}",
            value=1 / each,
            unit="letters/s/core",
            baseline="PDFs of one line by the same maker within one process, a second of one core",
            baseline_value=one_line,
            aim=aim,
            less=False,
            details={"cpu_ms": 1000 * each, "aim_cpu_ms": AIM_MS if aim else None},
        ).tell()


def _cpu_s(press: Callable[[], object]) -> float:
    press()
    began = time.process_time()
    for _ in range(TIMES):
        press()
    return (time.process_time() - began) / TIMES


if __name__ == "__main__":
    measure_pressing()

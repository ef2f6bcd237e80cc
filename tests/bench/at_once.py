"""How long it takes until a report that the rules accept is accepted and confirmed, by mail and with its letter."""

from __future__ import annotations

import statistics
import time

from dev.house import House
from shared.clock import utc_now
from shared.letters.pdf import warm_up
from tests.bench.gauges import Machine, await_quiet, cpu_seconds, difference, mails, total
from tests.bench.lines import Figure
from tests.bench.rounds import percentile
from tests.bench.yardsticks import mail_ms
from tests.journeys.examples import report_party
from tests.shared.letters.samples import DECISIONS, letter_pdf

AIM_MS = 2000.0
REPORTS = 40
WARM_UP = 3


def measure_at_once(house: House) -> None:
    """(m) From the answer to a report until the mail that it is accepted is in; its letter was pressed before.

    One report at a time; those that fall into the sample wait for a person and are left out.
    """
    warm_up()
    _report(house, reports=WARM_UP)
    since, before, machine = utc_now(), cpu_seconds(house), Machine()
    sent = _report(house, reports=REPORTS)
    used = difference(cpu_seconds(house), before)
    letter = _letter_ms()
    accepted = mails(house, since=since, subject="besloten")
    took = sorted(1000 * (at - sent[email]) for email, at in accepted.items())
    Figure(
        measure="m",
        what="a report accepted by the rules, from its answer until the mail of its letter, p95",
        value=percentile(took, part=0.95),
        unit="ms",
        baseline="such a letter pressed within one process and a mail handed straight to the mailbox, median ms each",
        baseline_value=letter + mail_ms(house),
        aim=AIM_MS,
        details={
            "p50_ms": percentile(took, part=0.5),
            "most_ms": took[-1],
            "accepted": len(took),
            "sample": len(sent) - len(took),
            "cpu_ms_each": 1000 * total(used) / len(sent),
            "cores_busy_elsewhere": machine.others(ours=sum(used.values())),
        },
    ).tell()


def _report(house: House, *, reports: int) -> dict[str, float]:
    """Report so many parties, each once all is quiet; when each was answered (Unix time), by its address."""
    sent = {}
    for number in range(reports):
        email = f"m{utc_now():%H%M%S%f}-{number}@example.org"
        report_party(forms=house.url("forms"), email=email)
        sent[email] = time.time()
        await_quiet(house)
    return sent


def _letter_ms() -> float:
    took = []
    for _ in range(REPORTS):
        began = time.perf_counter()
        letter_pdf(DECISIONS["granted"])
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


if __name__ == "__main__":
    with House(settings={"RATE_LIMITS": "off"}) as running:
        measure_at_once(running)

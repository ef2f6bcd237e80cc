"""A round: so many residents at once, as fast as they can for so many seconds; then what it cost."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dev.house import House
from dev.part import HOME
from shared.clock import utc_now
from tests.bench.client import Sent
from tests.bench.gauges import Machine, await_quiet, cpu_seconds, difference, mails, total

START_S = 1.5
"""Until all client processes are there and begin together."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What was sent, when it was mailed, and what it cost from the first call until all was quiet."""

    clients: int
    began: float
    seconds: float
    sent: Sequence[Sent]
    cpu: Mapping[str, float]
    """CPU seconds by part."""
    others: float
    """Cores that were busy with something else meanwhile: more than a tenth, and the machine was not ours."""
    mailed: Mapping[str, float] = field(default_factory=dict)
    """Unix time of the mail, by applicant."""

    @property
    def per_second(self) -> float:
        """Whole submissions (or pages) that were done within the time."""
        return sum(each.at <= self.began + self.seconds for each in self.sent) / self.seconds

    @property
    def took_ms(self) -> float:
        """What one took, all calls together: the median in milliseconds."""
        return 1000 * statistics.median(each.took for each in self.sent)

    @property
    def mailed_per_second(self) -> float:
        """Submissions processed to mail, from the beginning until the last mail."""
        return len(self.mailed) / (max(self.mailed.values()) - self.began)

    @property
    def cpu_each(self) -> float:
        """CPU seconds of the product's own parts for one."""
        return total(self.cpu) / len(self.sent)

    @property
    def delays_ms(self) -> list[float]:
        """Milliseconds from the answer to a submission until its mail was taken in, sorted."""
        return sorted(1000 * (self.mailed[each.applicant] - each.at) for each in self.sent)


def run_round(house: House, *, clients: int, seconds: float, workers: bool = True, copy: bool = False) -> Round:
    """Have residents fill in forms; with `workers` until the last mail is out, with `copy` each fetches the PDF."""
    since, before, machine = utc_now(), cpu_seconds(house), Machine()
    name = f"r{since:%H%M%S%f}"
    began, sent = send_out(["forms", house.url("forms")], clients=clients, seconds=seconds, name=name, copy=copy)
    if workers:
        await_quiet(house)
    cpu = difference(cpu_seconds(house), before)
    others = machine.others(ours=sum(cpu.values()))
    mailed = mails(house, since=since) if workers else {}
    return Round(clients=clients, began=began, seconds=seconds, sent=sent, cpu=cpu, others=others, mailed=mailed)


def send_out(
    what: list[str], *, clients: int, seconds: float, name: str, copy: bool = False
) -> tuple[float, list[Sent]]:
    """Start the client processes, wait for them, and give when they began and all they did."""
    began = time.time() + START_S
    settings = [str(began), str(seconds)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.client", *what, *settings, f"{name}-{each}", *(["copy"] * copy)],
            cwd=HOME,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in range(clients)
    ]
    told = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        sys.exit("a client of the bench failed: its last words stand above")
    return began, [Sent(*each) for words in told for each in json.loads(words)]


def percentile(sorted_figures: Sequence[float], *, part: float) -> float:
    """The figure below which this part of them lies."""
    return sorted_figures[min(len(sorted_figures) - 1, int(part * len(sorted_figures)))]

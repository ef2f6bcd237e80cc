"""Reads off the running house: CPU seconds, memory, and when each mail came in."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Mapping
from datetime import datetime

import psutil
import psycopg
import requests

from dev.house import House

TOOLS = ("signin", "mailbox", "registers", "payments", "scanner")
"""Parts that stand in for systems of others: told apart from the product."""

QUIET_WITHIN_S = 120.0
MIB = 1024 * 1024

_OPEN = """
select from bus.delivery where done_at is null and dead_at is null and due_at < now() + interval '1 minute' limit 1
"""


class NotQuietError(Exception):
    """Facts are still unheard after two minutes."""


class Machine:
    """How busy the machine is with something else, from this moment on."""

    def __init__(self) -> None:
        self._busy, self._clients, self._began = _busy_seconds(), _children_seconds(), time.monotonic()

    def others(self, *, ours: float) -> float:
        """Cores in use beside `ours` (CPU seconds) and those of the clients."""
        used = _busy_seconds() - self._busy - (_children_seconds() - self._clients) - ours
        return max(0.0, used / (time.monotonic() - self._began))


def await_quiet(house: House) -> None:
    """Wait until every fact was heard, asking over one connection: a new one each time would cost what we measure.

    Raises:
        NotQuietError: facts are still open after two minutes.
    """
    until = time.monotonic() + QUIET_WITHIN_S
    with psycopg.connect(house.dsn(), autocommit=True) as connection:
        while connection.execute(_OPEN).fetchone() is not None:
            if time.monotonic() > until:
                raise NotQuietError
            time.sleep(0.05)


def cpu_seconds(house: House) -> dict[str, float]:
    """User and system seconds so far by part, of all its processes, those that ended included."""
    return {part: sum(map(_cpu_of, _processes(house, part=part))) for part in house.names}


def difference(after: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """What each part used in between."""
    return {part: after[part] - before[part] for part in after}


def total(figures: Mapping[str, float], *, tools: bool = False) -> float:
    """The sum over the product's own parts, or over the tools beside it."""
    return sum(figure for part, figure in figures.items() if (part in TOOLS) == tools)


def memory_mib(house: House) -> dict[str, float]:
    """Memory by part in MiB, pages that processes share counted once in all (PSS).

    Of a tool only what it has alone: what it shares with the product is counted with the nursery they came from.
    """
    parts = {part: [each.pid for each in _processes(house, part=part)] for part in house.names}
    taken = {part: sum(map(private_mib if part in TOOLS else pss_mib, pids)) for part, pids in parts.items()}
    with_tools = sum(pss_mib(pid) - private_mib(pid) for part in TOOLS for pid in parts.get(part, ()))
    return {**taken, "nursery": pss_mib(house.nursery.pid) + with_tools}


def pss_mib(pid: int) -> float:
    """A process's share of memory in MiB."""
    return float(psutil.Process(pid).memory_full_info().pss) / MIB


def private_mib(pid: int) -> float:
    """What a process shares with no other, in MiB."""
    return float(psutil.Process(pid).memory_full_info().uss) / MIB


def mails(house: House, *, since: datetime, subject: str = "") -> dict[str, float]:
    """When the first mail to each applicant, of those whose subject has this, came in (Unix time)."""
    answer = requests.get(f"{house.mailbox_url}/api/messages", params={"since": since.isoformat()}, timeout=60)
    newest_first = [mail for mail in answer.json()["messages"] if subject in mail["subject"]]
    return {mail["to"][0]: datetime.fromisoformat(mail["received_at"]).timestamp() for mail in newest_first}


def _processes(house: House, *, part: str) -> Iterator[psutil.Process]:
    """A part's processes; PostgreSQL's are in sessions of their own, so they are found as children."""
    for pid in house.pids(part):
        process = psutil.Process(pid)
        yield process
        if part == "postgres":
            yield from process.children(recursive=True)


def _cpu_of(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.NoSuchProcess:
        return 0.0


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

"""The measures, each with its yardstick and the best peer's figure (Open Formulieren 3.5.6 on such a machine)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dev.house import House
from tests.bench.client import CALLS
from tests.bench.gauges import TOOLS, await_quiet, cpu_seconds, difference, mails, memory_mib, total
from tests.bench.lines import Figure
from tests.bench.rounds import Round, percentile, run_round
from tests.bench.startup import seconds_to_ready
from tests.bench.statements import begin_counting, end_counting
from tests.bench.yardsticks import inserts_per_second, mail_ms, python_mib, python_start_s
from tests.chaos.handler import Handler

LETTERS = 25
PEER_INTAKES, PEER_MAILED, PEER_CPU_S, PEER_STATEMENTS, PEER_MIB = 7.5, 2.4, 0.72, 305.0, 1.08 * 1024
PEER_MAIL_MS = {1: 336.0, 8: 7000.0}
AIM_INTAKES, AIM_MAILED, AIM_CPU_S, AIM_STATEMENTS, AIM_MIB = 150.0, 48.0, 0.144, 40.0, 500.0
AIM_MAIL_MS = {1: 100.0, 8: 1000.0}


@dataclass(frozen=True, kw_only=True)
class Empty:
    """The yardstick of HTTP: rounds of the empty page, by number of clients."""

    rounds: Mapping[int, Round]

    def of(self, clients: int) -> float:
        """Empty pages a second."""
        return self.rounds[clients].per_second


def tell_intake(done: Round, *, empty: Empty, workers: str) -> None:
    """(a) Whole submissions a second, each 13 calls."""
    Figure(
        measure="a",
        what=f"whole submissions, {crowd(done.clients)}, workers {workers}",
        value=done.per_second,
        unit="submissions/s",
        baseline=f"empty pages a second by the same server and client; a submission is {CALLS} calls",
        baseline_value=empty.of(done.clients),
        to_baseline=CALLS * done.per_second / empty.of(done.clients),
        peer=PEER_INTAKES,
        aim=AIM_INTAKES,
        less=False,
        details={
            "median_ms": done.took_ms,
            "calls_per_second": CALLS * done.per_second,
            "cores_busy_elsewhere": done.others,
        },
    ).tell()


def tell_mailed(per_second: float, *, what: str, mail: float) -> None:
    """(a) Submissions a second processed to mail: what a resident waits for in the end."""
    Figure(
        measure="a",
        what=what,
        value=per_second,
        unit="submissions/s",
        baseline="mails a second handed straight to the mailbox, one by one",
        baseline_value=1000 / mail,
        peer=PEER_MAILED,
        aim=AIM_MAILED,
        less=False,
    ).tell()


def tell_cpu(done: Round, *, empty: Empty, what: str) -> None:
    """(b) CPU seconds for each submission, over all processes of the product, until its mail is out."""
    one = empty.rounds[done.clients]
    Figure(
        measure="b",
        what=f"CPU for a whole submission, {what}, {crowd(done.clients)}",
        value=done.cpu_each,
        unit="CPU s",
        baseline=f"CPU seconds of {CALLS} empty pages",
        baseline_value=CALLS * one.cpu["server"] / len(one.sent),
        peer=PEER_CPU_S,
        aim=AIM_CPU_S,
        details={
            "by_part_ms": {part: 1000 * each / len(done.sent) for part, each in done.cpu.items() if part not in TOOLS},
            "mail_sink_ms": 1000 * total(done.cpu, tools=True) / len(done.sent),
        },
    ).tell()


def tell_mail_delay(done: Round, *, mail: float) -> None:
    """(d) From the answer to a submission until its mail arrived."""
    Figure(
        measure="d",
        what=f"submit to mail, {crowd(done.clients)}, p50",
        value=percentile(done.delays_ms, part=0.5),
        unit="ms",
        baseline="a mail handed straight to the mailbox, median ms",
        baseline_value=mail,
        peer=PEER_MAIL_MS[done.clients],
        aim=AIM_MAIL_MS[done.clients],
        details={"p95_ms": percentile(done.delays_ms, part=0.95), "mails": len(done.delays_ms)},
    ).tell()


def measure_backlog(house: House, *, since: datetime) -> float:
    """(a) Give the submissions a second that the workers mail when a pile of them waits and nothing else goes on."""
    await_quiet(house)
    times = sorted(at for applicant, at in mails(house, since=since).items() if applicant.startswith("r"))
    return (len(times) - 1) / (times[-1] - times[0])


def measure_statements(house: House, *, clients: int, seconds: float) -> None:
    """(c) SQL statements for each submission until its mail is out."""
    begin_counting(house)
    done = run_round(house, clients=clients, seconds=seconds)
    counted, inserts = end_counting(house), inserts_per_second(house)
    each = sum(counted.every.values()) / len(done.sent)
    Figure(
        measure="c",
        what=f"SQL statements for a whole submission, {crowd(clients)}",
        value=sum(counted.own.values()) / len(done.sent),
        unit="statements",
        baseline="rows a second inserted and committed one by one; to_baseline is the statements in its seconds",
        baseline_value=inserts,
        peer=PEER_STATEMENTS,
        aim=AIM_STATEMENTS,
        details={
            "with_begin_and_commit": each,
            "by_role": {role: calls / len(done.sent) for role, calls in sorted(counted.own.items())},
        },
    ).tell()


def measure_letters(house: House, *, one_line: float) -> None:
    """(e) Letters for each second of one core, through the press: decisions taken over the API."""
    handler = Handler(house)
    handler.decide_next()  # not counted: it opens connections
    await_quiet(house)
    before = cpu_seconds(house)
    decided = sum(handler.decide_next() for _ in range(LETTERS))
    await_quiet(house)
    used = difference(cpu_seconds(house), before)
    Figure(
        measure="e",
        what="letters (PDF/A-3a and PDF/UA-1) a second of one core, one after another, their mails included",
        value=decided / used["notify-work"],
        unit="letters/s/core",
        baseline="PDFs of one line by the same maker within one process, a second of one core",
        baseline_value=one_line,
        less=False,
        details={"letters": decided, "whole_decision_cpu_ms": 1000 * total(used) / decided},
    ).tell()


def measure_memory(house: House, *, what: str) -> None:
    """(f) Memory of the product: both stores, three services, three workers (one presses too), the bus."""
    taken = memory_mib(house)
    Figure(
        measure="f",
        what=f"memory of the whole stack, {what}",
        value=total(taken),
        unit="MiB",
        baseline="a Python that does nothing, MiB",
        baseline_value=python_mib(),
        peer=PEER_MIB,
        aim=AIM_MIB,
        details={"by_part": {part: each for part, each in taken.items() if part not in TOOLS}},
    ).tell()


def measure_start(var: Path) -> None:
    """(g) `make up` on a new folder and on one that was used before."""
    for what in ("new", "used before"):
        Figure(
            measure="g",
            what=f"make up until every service answers, folder {what}",
            value=seconds_to_ready(var),
            unit="s",
            baseline="Python started and ended, s",
            baseline_value=python_start_s(),
        ).tell()


def tell_running(house: House, *, done: Mapping[int, Round], empty: Empty) -> None:
    """(a), (b) and (d) of rounds with the workers on."""
    mail = mail_ms(house)
    for clients, each in done.items():
        tell_intake(each, empty=empty, workers="on")
        tell_mailed(each.mailed_per_second, what=f"submissions processed to mail, {crowd(clients)}", mail=mail)
        tell_cpu(each, empty=empty, what="mail included, no PDF")
        if clients in PEER_MAIL_MS:
            tell_mail_delay(each, mail=mail)


def crowd(clients: int) -> str:
    """Say how many clients there are."""
    return "1 client" if clients == 1 else f"{clients} clients"

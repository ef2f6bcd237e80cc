"""What the machine can do at this moment without Balie: each figure of the bench stands beside one of these."""

from __future__ import annotations

import os
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage

import psutil
import psycopg

from dev.house import House
from dev.part import HOME, session_members
from shared.letters.pdf import make_pdf
from tests.bench.gauges import Machine, pss_mib
from tests.bench.rounds import Round, send_out

LETTER_S = 3.0
INSERT_S = 1.0
MAILS = 20


@contextmanager
def empty_server() -> Iterator[tuple[str, int]]:
    """Serve an empty page as a service is served; gives its address and its process id."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        bind = f"127.0.0.1:{held.getsockname()[1]}"
    environment = {**os.environ, "BIND": bind, "WEB_WORKERS": "2", "WEB_THREADS": "4"}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.noop"], cwd=HOME, env=environment, start_new_session=True
    )
    try:
        _await_port(bind)
        yield f"http://{bind}/", server.pid
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def empty_pages(address: str, *, server: int, clients: int, seconds: float) -> Round:
    """Ask for the empty page, with the client that fills in forms."""
    before, machine = _cpu(server), Machine()
    began, sent = send_out(["page", address], clients=clients, seconds=seconds, name="")
    cpu = {"server": _cpu(server) - before}
    others = machine.others(ours=cpu["server"])
    return Round(clients=clients, began=began, seconds=seconds, sent=sent, cpu=cpu, others=others)


def inserts_per_second(house: House) -> float:
    """Rows that one connection inserts and commits, one by one, in the house's own database."""
    with psycopg.connect(house.dsn(), autocommit=True) as connection:
        connection.execute("create temporary table yardstick (id bigint generated always as identity, body jsonb)")
        began, rows = time.monotonic(), 0
        while time.monotonic() - began < INSERT_S:
            connection.execute("insert into yardstick (body) values (%s)", ['{"answer": "yes"}'])
            rows += 1
    return rows / INSERT_S


def mail_ms(house: House) -> float:
    """The median time to hand a short mail straight to the mailbox, in milliseconds."""
    took = []
    for number in range(MAILS):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "bench@example.org", "bench@example.org", f"Yardstick {number}"
        mail.set_content("Nothing.")
        began = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", house.ports.smtp, local_hostname="localhost") as server:
            server.send_message(mail)
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


def letters_per_core(html: str) -> float:
    """PDFs of this page for each second of one core."""
    now = datetime.now(UTC)
    began, made = time.process_time(), 0
    while time.process_time() - began < LETTER_S:
        make_pdf(html, title="Yardstick", language="nl", created=now)
        made += 1
    return made / (time.process_time() - began)


def python_start_s() -> float:
    """The median time in which Python starts and ends."""
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def python_mib() -> float:
    """Memory of a Python that does nothing, in MiB (PSS)."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        time.sleep(0.3)
        taken = pss_mib(process.pid)
        process.communicate(b"\n")
    return taken


def _cpu(server: int) -> float:
    return sum(sum(psutil.Process(pid).cpu_times()[:4]) for pid in session_members(server))


def _await_port(bind: str) -> None:
    host, _, port = bind.partition(":")
    while True:
        with socket.socket() as client:
            if client.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.05)

"""What a bulk of e-mails does to single messages: how long each takes to the mail server, quiet and beside it.

`python -m tests.bench.crowding [ROWS]` measures this alone.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from dev.house import House
from services.notify.domain.notifications import Channel, KeyType
from shared.database import connect
from tests.bench.gauges import Machine, cpu_seconds, difference, total
from tests.bench.lines import Figure
from tests.bench.rounds import percentile
from tests.bench.sender import token_of
from tests.bench.wire import Wire
from tests.clients import make_client

ROWS: Final = 50_000
AIM_TIMES: Final = 2.0
QUIET_PROBES: Final = 60
PAUSE_S: Final = 0.5
WARM_UP: Final = 5
TEMPLATE: Final = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00b002")

_TOOK: Final = """
select 1000 * extract(epoch from a.ended_at - n.created_at)::float as ms
from notify.notifications n join notify.notification_attempts a on a.notification_id = n.id and a.outcome = 'accepted'
where n.reference = %s order by 1
"""
_STILL: Final = "select count(*) as waiting from notify.notifications where reference = %s and status = 'created'"
_TIMES: Final = """
select count(*) as sent, extract(epoch from max(a.ended_at) - min(b.started_at))::float as seconds,
       count(*) - count(distinct n.id) as twice
from notify.bulk_rows r join notify.bulks b on b.id = r.bulk_id join notify.notifications n on n.id = r.notification_id
join notify.notification_attempts a on a.notification_id = n.id and a.outcome = 'accepted'
where r.bulk_id = %s
"""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A client of the API that sends one e-mail now and then."""

    house: House
    key: str

    def ask(self, path: str, *, body: Mapping[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """Ask once. Raises AssertionError: another answer than was due."""
        with Wire(self.house.url("notify"), token=token_of(self.key)) as wire:
            answer = wire.get(path) if body is None else wire.post(path, body=json.dumps(body).encode())
        assert answer.status == status, answer
        found: dict[str, Any] = json.loads(answer.body)
        return found

    def send(self, *, reference: str) -> None:
        """Send one."""
        body = {"email_address": "probe@example.org", "template_id": str(TEMPLATE), "reference": reference}
        self.ask("/v2/notifications/email", body={**body, "personalisation": {"name": "Noor"}}, status=201)

    def took_ms(self, *, reference: str) -> list[float]:
        """Give the milliseconds from the request to the answer of the mail server, sorted, once all have it."""
        with connect(self.house.dsn("notify"), autocommit=True) as connection:
            while (connection.execute(_STILL, [reference]).fetchone() or {"waiting": 0})["waiting"]:
                time.sleep(0.2)
            return [row["ms"] for row in connection.execute(_TOOK, [reference])]


def measure_crowding(house: House, *, rows: int = ROWS) -> None:
    """(j) The p95 of a single e-mail beside a bulk, in times of what it is when all is quiet."""
    probe = Probe(
        house=house,
        key=make_client(house, name="Crowd", template=TEMPLATE, channel=Channel.EMAIL, key_type=KeyType.LIVE),
    )
    for _ in range(WARM_UP):
        probe.send(reference="warm")
    probe.took_ms(reference="warm")
    _probe_quiet(probe)
    before, machine = cpu_seconds(house), Machine()
    bulk = _start_bulk(probe, rows=rows)
    for _ in _until_sent(probe, bulk=bulk):
        probe.send(reference="crowd")
    crowd, used = probe.took_ms(reference="crowd"), difference(cpu_seconds(house), before)
    _probe_quiet(probe)  # what else the machine does may have changed: half before the bulk, half after
    quiet = probe.took_ms(reference="quiet")
    with connect(house.dsn("notify")) as connection:
        times = connection.execute(_TIMES, [bulk]).fetchone()
    assert times is not None
    assert (times["sent"], times["twice"]) == (rows, 0)
    p95, quiet_p95 = percentile(crowd, part=0.95), percentile(quiet, part=0.95)
    Figure(
        measure="j",
        what=f"a single e-mail beside a bulk of {rows}, p95 from the request to the mail server's answer",
        value=p95 / quiet_p95,
        unit="times its quiet value",
        baseline="the same while all is quiet, p95 ms",
        baseline_value=quiet_p95,
        to_baseline=p95 / quiet_p95,
        aim=AIM_TIMES,
        details={
            "p95_ms": p95,
            "p50_ms": percentile(crowd, part=0.5),
            "quiet_p50_ms": percentile(quiet, part=0.5),
            "probes": len(crowd),
            "bulk_mails_per_second": rows / times["seconds"],
            "bulk_seconds": times["seconds"],
            "cpu_ms_each": 1000 * total(used) / rows,
            "cores_busy_elsewhere": machine.others(ours=sum(used.values())),
        },
    ).tell()


def _probe_quiet(probe: Probe) -> None:
    for _ in range(QUIET_PROBES):
        time.sleep(PAUSE_S)
        probe.send(reference="quiet")
    probe.took_ms(reference="quiet")


def _start_bulk(probe: Probe, *, rows: int) -> str:
    lines = ["e-mailadres;name", *(f"crowd{number}@example.org;Noor {number}" for number in range(rows))]
    content = base64.b64encode("\r\n".join(lines).encode()).decode()
    body = {"template_id": str(TEMPLATE), "name": "Crowd", "content": content}
    number: str = probe.ask("/v2/bulk", body=body, status=201)["id"]
    probe.ask(f"/v2/bulk/{number}/send", body={})
    return number


def _until_sent(probe: Probe, *, bulk: str) -> Iterator[None]:
    """Go on at each pause until the mail server has every row; looking itself costs, so it is done now and then."""
    looked = time.monotonic()
    while True:
        yield
        time.sleep(PAUSE_S)
        if time.monotonic() - looked > 10 * PAUSE_S:
            counts = probe.ask(f"/v2/bulk/{bulk}")["counts"]
            if not counts.get("waiting") and not counts.get("created"):
                return
            looked = time.monotonic()


if __name__ == "__main__":
    with House(settings={"RATE_LIMITS": "off"}) as house:
        measure_crowding(house, rows=int(sys.argv[1]) if sys.argv[1:] else ROWS)

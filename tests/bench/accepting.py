"""How many notifications a second the API of notify takes in, each kept as a row and told of before its answer."""

from __future__ import annotations

from dev.house import House
from services.notify.domain.notifications import Channel, KeyType
from shared.database import connect
from tests.bench.gauges import Machine, cpu_seconds, difference, total
from tests.bench.lines import Figure
from tests.bench.rounds import percentile, send_out
from tests.bench.sender import TEMPLATE
from tests.bench.yardsticks import inserts_per_second
from tests.clients import make_client

AIM_PER_S = 500.0
_COUNT = "select count(*) as kept from notify.notifications"


def measure_accepting(house: House, *, clients: int, seconds: float) -> None:
    """(h) Text messages a second that are taken in, with the row and the fact kept; no worker is running."""
    key = make_client(house, name="Bench", template=TEMPLATE, channel=Channel.SMS, key_type=KeyType.TEST)
    before, machine = cpu_seconds(house), Machine()
    began, sent = send_out(["accept", house.url("notify")], clients=clients, seconds=seconds, name=key)
    used = difference(cpu_seconds(house), before)
    with connect(house.dsn("notify")) as connection:
        row = connection.execute(_COUNT).fetchone()
    assert row is not None
    assert row["kept"] == len(sent)
    took = sorted(1000 * each.took for each in sent)
    Figure(
        measure="h",
        what=f"text messages taken in by the API of notify, {clients} clients, the row kept",
        value=sum(each.at <= began + seconds for each in sent) / seconds,
        unit="notifications/s",
        baseline="rows a second inserted and committed one by one",
        baseline_value=inserts_per_second(house),
        aim=AIM_PER_S,
        less=False,
        details={
            "p50_ms": percentile(took, part=0.5),
            "p95_ms": percentile(took, part=0.95),
            "cpu_ms_each": 1000 * total(used) / len(sent),
            "by_part_ms": {part: 1000 * each / len(sent) for part, each in used.items() if each},
            "cores_busy_elsewhere": machine.others(ours=sum(used.values())),
        },
    ).tell()

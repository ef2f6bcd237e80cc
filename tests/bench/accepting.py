"""How many notifications a second the API of notify takes in, each kept as a row and told of before its answer."""

from __future__ import annotations

from uuid import uuid4

from dev.house import House
from services.notify.client_store import ClientStore
from services.notify.clients import add_key, load_template
from services.notify.domain.clients import Client
from services.notify.domain.notifications import Channel, KeyType
from shared.clock import utc_now
from shared.database import connect
from shared.keyring import Keyring
from tests.bench.gauges import Machine, cpu_seconds, difference, total
from tests.bench.lines import Figure
from tests.bench.rounds import percentile, send_out
from tests.bench.sender import TEMPLATE
from tests.bench.yardsticks import inserts_per_second

AIM_PER_S = 500.0
_COUNT = "select count(*) as kept from notify.notifications"


def measure_accepting(house: House, *, clients: int, seconds: float) -> None:
    """(h) Text messages a second that are taken in, with the row and the fact kept; no worker is running."""
    key = _make_key(house)
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


def _make_key(house: House) -> str:
    ring = Keyring((house.var / "secrets" / "notify.secret-key").read_text().strip())
    with connect(house.dsn("notify")) as connection:
        store, client = ClientStore(connection), Client(id=uuid4(), name="Bench", sms_sender="Bench")
        store.add(client)
        file = {
            "id": TEMPLATE,
            "channel": Channel.SMS,
            "name": "Bench",
            "subject": None,
            "body": "Dag ((name)), uw afspraak is morgen.",
            "postage": None,
        }
        load_template(store, client_id=client.id, file=file, now=utc_now())
        return add_key(store, client=client, name="bench", key_type=KeyType.TEST, ring=ring)

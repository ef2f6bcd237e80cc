"""`python -m tests.bench`: prints each measure as a JSON line, beside its yardstick (`baseline`) and the best peer.

Balie runs as `make up` starts it, on the same cores as the clients: two web processes a service (notify one), and a
worker for each. Only the rate limits are off, since all clients come from one address. Some five minutes, and
as long as the bulk of 50,000 e-mails takes; a smaller one: make bench ARGS=2000.
`python -m tests.bench city` measures only what many cases make slow, in the house that runs already.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.house import House
from dev.stores import temporary_folder
from shared.clock import utc_now
from tests.bench.accepting import measure_accepting
from tests.bench.at_once import measure_at_once
from tests.bench.city import City, fill_city, measure_city, running_city
from tests.bench.crowding import ROWS, measure_crowding
from tests.bench.evaluating import measure_evaluation
from tests.bench.foretelling import measure_foretelling
from tests.bench.guessing import measure_guessing
from tests.bench.measures import (
    Empty,
    measure_backlog,
    measure_letters,
    measure_memory,
    measure_start,
    measure_statements,
    tell_cpu,
    tell_intake,
    tell_mailed,
    tell_running,
)
from tests.bench.pressing import ONE_LINE, measure_pressing
from tests.bench.rounds import run_round
from tests.bench.statements import prepare
from tests.bench.yardsticks import empty_pages, empty_server, letters_per_core, mail_ms

CLIENTS = (1, 4, 8)
ROUND_S = 5.0
SHORT_S = 3.0
WORKERS = ("forms-work", "workflow-work", "notify-work")


def main(rows: int = ROWS) -> None:
    """Measure everything, with so many rows in the bulk."""
    measure_evaluation()
    measure_foretelling()
    with temporary_folder() as var:
        measure_start(var)
        empty = measure_empty_pages()
        with a_house(var, without=WORKERS) as house:
            run_round(house, clients=max(CLIENTS), seconds=SHORT_S, workers=False)
            for clients in CLIENTS:
                done = run_round(house, clients=clients, seconds=ROUND_S, workers=False)
                tell_intake(done, empty=empty, workers="off")
            prepare(house)
        since = utc_now()
        with a_house(var) as house:
            tell_mailed(measure_backlog(house, since=since), what="a pile of submissions to mail", mail=mail_ms(house))
            measure_memory(house, what="at rest after the start and a pile of mail")
            measure_house(house, empty=empty)
            city = City(
                dsn=house.dsn("workflow"),
                counter_dsn=house.dsn("forms"),
                workflow_url=house.url("workflow"),
                forms_url=house.url("forms"),
            )
            fill_city(city)
            measure_city(city)
        with a_house(var) as house:
            measure_crowding(house, rows=rows)
        with a_house(var, without=WORKERS) as house:
            measure_accepting(house, clients=max(CLIENTS), seconds=ROUND_S)


def measure_house(house: House, *, empty: Empty) -> None:
    """Measure the whole house at work, and at rest after that."""
    run_round(house, clients=max(CLIENTS), seconds=SHORT_S, copy=True)
    tell_running(house, done={each: run_round(house, clients=each, seconds=ROUND_S) for each in CLIENTS}, empty=empty)
    tell_cpu(run_round(house, clients=1, seconds=ROUND_S, copy=True), empty=empty, what="mail and PDF copy included")
    for clients in (1, max(CLIENTS)):
        measure_statements(house, clients=clients, seconds=SHORT_S)
    measure_guessing(house)
    measure_at_once(house)
    measure_pressing()
    measure_letters(house, one_line=letters_per_core(ONE_LINE))
    measure_memory(house, what="at rest after all this work")


def measure_empty_pages() -> Empty:
    """Measure the yardstick of HTTP while nothing else runs."""
    with empty_server() as (address, server):
        empty_pages(address, server=server, clients=max(CLIENTS), seconds=1)
        rounds = {each: empty_pages(address, server=server, clients=each, seconds=SHORT_S) for each in CLIENTS}
    return Empty(rounds=rounds)


@contextmanager
def a_house(var: Path, *, without: Collection[str] = ()) -> Iterator[House]:
    """Run a house on this folder, without rate limits."""
    with House(var=var, without=without, settings={"RATE_LIMITS": "off"}) as house:
        yield house


if __name__ == "__main__":
    if sys.argv[1:] == ["city"]:
        measure_city(running_city())
    else:
        main(*map(int, sys.argv[1:]))

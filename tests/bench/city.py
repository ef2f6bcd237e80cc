"""A city's worth of cases: how fast lists, search, case pages, the next case and the timers of a morning are.

`make bench` fills a house with BENCH_CASES cases (20,000 unless said otherwise). `make bench ARGS=city` measures
the house that runs, as `make example CASES=1000000` left it; its timers of tomorrow go off.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from dev.history.fill import fill_history
from dev.history.invent import Order
from dev.part import HOME
from dev.plan import Ports
from dev.stores import Stores
from services.workflow.domain.clock import read_clock, terms_of
from services.workflow.domain.timers import morning_of
from services.workflow.foretelling import foretell
from services.workflow.main import make_web
from services.workflow.people import make_token, remember_person
from services.workflow.products import KeptProducts
from services.workflow.queries import ledgers_of
from services.workflow.settings import Settings
from services.workflow.timekeeping import go_off
from services.workflow.times_store import keep_up, rebuild
from services.workflow.trial_store import Trial, begin_trial, progress_of
from services.workflow.trial_work import COMMAND, MOST
from shared.access import Person
from shared.clock import utc_now
from shared.database import connect
from shared.ids import new_id
from shared.law.calendar import add_working_days, local_date
from tests.bench.city_pages import FIGURES, LISTS, SEARCHES, TYPOS, time_pages
from tests.bench.lines import Figure
from tests.bench.rounds import percentile
from tests.bench.wire import Wire
from tests.counting import CountingCursor

CASES = int(os.environ.get("BENCH_CASES", "20000"))
PEOPLE = 8
WARM_UP = 25
"""So many next cases first: each process of the house reads each product once."""
ROUNDS = 12
LEAD = Person(subject="staff-00", name="Lead", email="", groups=frozenset({"lead", "manager", "team:*"}))
HANDLER = Person(subject="staff-11", name="Handler", email="", groups=frozenset({"handler", "team:parking"}))
"""Sees one team, so that most cases are not for this person's eyes."""
_NEVER = 4_000_000_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_FREQUENT = """
select product, max(version) as base, max(version) as draft, count(*) as n from workflow.cases
group by product order by n desc limit 1
"""
_STIR = "insert into workflow.stirred (case_id) select id from workflow.cases order by id desc limit %s"
STIRRED = 1_000
"""Cases in which something happens on a day of a city with a million."""


@dataclass(frozen=True, kw_only=True)
class City:
    """A house with many cases: its database, its door for staff and its door for residents."""

    dsn: str
    counter_dsn: str
    workflow_url: str
    forms_url: str


def fill_city(city: City) -> None:
    """Fill it, and tell how long that took."""
    began = time.perf_counter()
    made = fill_history(
        Order(
            database_url=city.dsn,
            counter_database_url=city.counter_dsn,
            forms_url=city.forms_url,
            count=CASES,
            now=utc_now(),
        )
    )
    spent = time.perf_counter() - began
    _tell("cases made of five years", made / spent, unit="cases/s", aim=None, cases=made, less=False)


def measure_city(city: City) -> None:
    """(k) Measure everything that must stay fast with many cases."""
    with connect(city.dsn) as connection:
        row = connection.execute("select count(*) as n from workflow.cases").fetchone()
        cases = row["n"] if row else 0
        picked = connection.execute(
            "select reference from workflow.cases tablesample bernoulli (1) limit 60"
        ).fetchall()
    shown = [f"/zaken/{row['reference']}" for row in picked]
    with _staff_pages(city, person=LEAD) as client:
        _tell_pages("work list page", client, LISTS, aim=100, cases=cases)
        _tell_pages("a list of one case", client, [f"/?lijst=all&q={picked[0]['reference']}"], aim=100, cases=cases)
        _tell_pages("search page over all cases", client, _sought(SEARCHES), aim=100, cases=cases)
        _tell_pages("search page, words with a typing error", client, _sought(TYPOS), aim=100, cases=cases)
        _tell_pages("case page", client, shown, aim=100, cases=cases)
        letters = [f"{page}/besluit/brief" for page in shown]
        _tell_pages("letter of a decision on the screen", client, letters, aim=1000, cases=cases)
        for what, pages in FIGURES.items():
            _tell_pages(f"pages of {what}", client, pages, aim=200, cases=cases)
    with _staff_pages(city, person=HANDLER) as client:
        _tell_pages("work list page of a handler of one team", client, LISTS, aim=100, cases=cases)
        _tell_pages("search page of a handler of one team", client, _sought(SEARCHES), aim=100, cases=cases)
    _tell(f"next case, {PEOPLE} people at once, p95", _next_cases(city), unit="ms", aim=50, cases=cases)
    _tell("a deadline with its steps", _deadline_us(city), unit="us", aim=100, cases=cases)
    _measure_morning(city, cases=cases)
    _measure_trials(city, cases=cases)
    _measure_times(city, cases=cases)


def _measure_times(city: City, *, cases: int) -> None:
    """Work out the times of a day's cases, and of all cases: a million in ten minutes are 1,667 a second."""
    today = local_date(utc_now())
    with connect(city.dsn, autocommit=True) as connection, connect(city.dsn, autocommit=True) as reader:
        connection.execute(_STIR, [STIRRED])
        began = time.perf_counter()
        while keep_up(connection, today=today):
            pass
        _tell("times of a day's cases", time.perf_counter() - began, unit="s", aim=10, cases=cases, stirred=STIRRED)
        began = time.perf_counter()
        with connection.transaction():
            rebuild(connection, today=today, reader=reader)
        rate = cases / (time.perf_counter() - began)
        _tell("times of all cases anew", rate, unit="cases/s", aim=1_000_000 / 600, cases=cases, less=False)
        began = time.perf_counter()
        with connection.transaction():
            foretell(connection, today=today)
        _tell("what will be late, foretold in a night", time.perf_counter() - began, unit="s", aim=10, cases=cases)


def _measure_trials(city: City, *, cases: int) -> None:
    """Replay the most frequent product: 100,000 applications in two minutes are 833 a second, with two processes."""
    with connect(city.dsn, autocommit=True) as connection:
        remember_person(connection, person=LEAD, now=utc_now())
        row = connection.execute(_MOST_FREQUENT).fetchone()
        assert row is not None
        for kind, what in (("trial", "applications replayed in a rule trial"), ("review", "applications reviewed")):
            begun = Trial(
                **{name: row[name] for name in ("product", "base", "draft")},
                **{"id": new_id(), "seed": 1, "kind": kind, "began_at": utc_now()},
                **dict.fromkeys(("as_of", "since", "until"), local_date(utc_now())),
            )
            begin_trial(connection, begun, subject=LEAD.subject, first=_LONG_AGO, beyond=utc_now())
            began = time.perf_counter()
            crew = [subprocess.Popen(COMMAND, env={**os.environ, "DATABASE_URL": city.dsn}) for _ in range(MOST)]
            assert [each.wait() for each in crew] == [0] * MOST
            while progress_of(connection, trial_id=begun.id).parts_left:  # the house has a crew of its own
                time.sleep(0.05)
            rate = row["n"] / (time.perf_counter() - began)
            _tell(what, rate, unit="/s", aim=100_000 / 120, cases=cases, less=False, applications=row["n"])


def _measure_morning(city: City, *, cases: int) -> None:
    now = morning_of(add_working_days(local_date(utc_now()), count=1))
    with connect(city.dsn, autocommit=True) as connection:
        go_off(connection, now=utc_now())
        began = time.perf_counter()
        gone = go_off(connection, now=now + timedelta(minutes=1))
        spent = time.perf_counter() - began
    _tell("the timers of one morning", spent, unit="s", aim=30, cases=cases, timers=gone)


def _sought(words: Sequence[str]) -> Sequence[str]:
    return [f"/?lijst=all&q={text}" for text in words]


def _tell_pages(what: str, client: FlaskClient, pages: Sequence[str], *, aim: float, cases: int) -> None:
    found = time_pages(client, pages, rounds=ROUNDS)
    _tell(f"{what}, p95", found.p95, unit="ms", aim=aim, cases=cases, **found.details())


def _next_cases(city: City) -> float:
    tokens = []
    with connect(city.dsn) as connection:
        for number in range(PEOPLE):
            person = Person(
                subject=f"staff-{number + 10}", name="Handler", email="", groups=frozenset({"handler", "team:*"})
            )
            remember_person(connection, person=person, now=utc_now())
            tokens.append(make_token(connection, person=person, label="bench", now=utc_now()))

    def work(token: str) -> list[float]:
        with Wire(city.workflow_url, token=token) as wire:
            for _ in range(WARM_UP):
                _take(wire)
            return [_ms(partial(_take, wire)) for _ in range(25)]

    with ThreadPoolExecutor(PEOPLE) as pool:
        return percentile(sorted(ms for times in pool.map(work, tokens) for ms in times), part=0.95)


def _take(wire: Wire) -> None:
    taken = wire.post("/api/v1/cases/next", body=b"")
    assert taken.status == 200, taken


def _deadline_us(city: City) -> float:
    """CPU time, the mean over the ledgers of open cases, the suspended and the asked among them."""
    with connect(city.dsn) as connection:
        rows = connection.execute(
            "select id, product, version from workflow.cases where status = 'in_progress' limit 500"
        ).fetchall()
        products = KeptProducts(connection)
        terms = [terms_of(products.product(row["product"], version=row["version"]).process) for row in rows]
        ledgers = ledgers_of(connection, case_ids=[row["id"] for row in rows])
    today = local_date(utc_now())
    began = time.process_time()
    for row, term in zip(rows, terms, strict=True):
        read_clock(ledgers[row["id"]], terms=term, today=today)
    return 1e6 * (time.process_time() - began) / len(rows)


@contextmanager
def _staff_pages(city: City, *, person: Person) -> Iterator[FlaskClient]:
    """The pages as the service makes them, without the way over the wire, for this person; its statements count."""
    app = make_web(
        Settings(
            database_url=city.dsn,
            valkey_url="",
            secret_key=secrets.token_hex(16),
            sealing_keys=secrets.token_hex(32),
            files=HOME,
            files_key=secrets.token_hex(16),
            workflow_url="http://localhost",
            oidc_issuer="http://127.0.0.1:9",
            oidc_client_id="workflow",
            oidc_client_secret="",
            rate_limits=False,
        )
    )
    app.extensions["balie_workflow"].pool.kwargs["cursor_factory"] = CountingCursor
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(subject=person.subject, name=person.name, email="", groups=sorted(person.groups), until=_NEVER)
    yield client
    app.extensions["balie_workflow"].pool.close()


def _ms(call: Callable[[], Any]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


def _tell(
    what: str, value: float, *, unit: str, aim: float | None, cases: int, less: bool = True, **details: Any
) -> None:
    Figure(
        measure="k",
        what=what,
        value=value,
        unit=unit,
        baseline="cases in the house",
        baseline_value=float(cases),
        aim=aim,
        less=less,
        details=details,
    ).tell()


def running_city() -> City:
    """The house that runs on this machine's ports."""
    ports = Ports.from_base(int(os.environ.get("PORTS", "8000")))
    stores = Stores(Path(os.environ.get("BALIE_VAR", HOME / "var")))
    return City(
        dsn=stores.dsn("workflow"),
        counter_dsn=stores.dsn("forms"),
        workflow_url=ports.address("workflow"),
        forms_url=ports.address("forms"),
    )

"""Fills a running house with invented cases of five years, through the tables that the product itself fills."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Identifier

from dev.history.lives import Life, draw_plan, live
from dev.history.moulds import Cast, Mould, fill, read_moulds
from dev.history.names import channel_of, name_of, postcode_of, street_of
from dev.history.tables import FILLED, Made, find_indexes, write_lives
from services.workflow.nightly import work_out_anew
from services.workflow.people import remember_person
from shared.access import Person
from shared.database import Connection, connect
from shared.law.calendar import is_working_day, local_date

SEED: Final = 20261124
CHUNK: Final = 2_000
YEARS: Final = 5
STUCK_OF: Final = 60
"""One in sixty came lately and nothing has ended it; beside it is open what would end after today."""
STAFF: Final = 40
LEADS: Final = 4
MOST_AT_ONCE: Final = 10_000_000
"""Cases in one order; the numbers of orders a second apart then never meet."""
PROCESSES: Final = 2
LARGE: Final = 100_000
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"


class NoExamplesError(Exception):
    """The house has no applications to take after: run `make example` first."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to make: `count` cases, as they stand at `now`; `first` is the number of the first, new for each order."""

    database_url: str
    forms_url: str
    count: int
    now: datetime
    first: int = 0


def fill_history(order: Order) -> int:
    """Make the cases, some thousand to a transaction; the first time the same in every house. Give how many."""
    with connect(order.database_url) as connection:
        if not read_moulds(connection):
            raise NoExamplesError(
                "The house has no applications to take after yet: wait until `make up` says that it runs."
            )
        known = connection.execute("select from workflow.people where subject = 'staff-00'").fetchone()
        staff = tuple(_hire(connection, now=order.now))
    order = replace(order, first=0 if known is None else int(order.now.timestamp()) * MOST_AT_ONCE)
    chunks = [(order, staff, first) for first in range(order.first, order.first + order.count, CHUNK)]
    workers = ProcessPoolExecutor(min(PROCESSES, os.cpu_count() or 1))
    with connect(order.database_url, autocommit=True) as connection, _indexes_last(connection, order=order), workers:
        made = sum(workers.map(_fill_chunk, chunks))
    with connect(order.database_url, autocommit=True) as connection:
        for table in FILLED:
            connection.execute(f"vacuum (analyze) workflow.{table}".encode())
        work_out_anew(connection, today=local_date(order.now))
    return made


@contextmanager
def _indexes_last(connection: Connection, *, order: Order) -> Iterator[None]:
    """Make the indexes of a large order after its rows, at a third of the price; what must be unique stays checked.

    They come back whatever happens but a kill -9; after that, `make reset`.
    """
    indexes = find_indexes(connection) if order.count >= LARGE else {}
    for name in indexes:
        connection.execute(SQL("drop index workflow.{}").format(Identifier(name)))
    try:
        connection.execute("alter table workflow.timeline disable trigger timeline_stirs")
        yield
    finally:
        connection.execute("alter table workflow.timeline enable trigger timeline_stirs")
        connection.execute("set maintenance_work_mem = '256MB'")
        for made_by in indexes.values():
            connection.execute(made_by.encode())


def _hire(connection: Connection, *, now: datetime) -> Iterator[str]:
    """The staff of a city: handlers, and some who lead."""
    chance = Random(SEED)  # noqa: S311 chance that can be repeated is no secret
    for number in range(STAFF):
        subject = f"staff-{number:02}"
        groups = frozenset({"lead" if number < LEADS else "handler", "team:*"})
        person = Person(subject=subject, name=name_of(chance), email=f"{subject}@voorbeeld.example", groups=groups)
        remember_person(connection, person=person, now=now)
        yield subject


_moulds: dict[str, Sequence[Sequence[Mould]]] = {}


def _fill_chunk(asked: tuple[Order, tuple[str, ...], int]) -> int:
    order, staff, first = asked
    with connect(order.database_url) as connection:
        moulds = _moulds.get(order.database_url) or _by_product(read_moulds(connection))
        _moulds[order.database_url] = moulds
        numbers = range(first, min(first + CHUNK, order.first + order.count))
        made = [_one(number, order=order, moulds=moulds, staff=staff) for number in numbers]
        write_lives(connection, made=made)
    return len(made)


def _one(number: int, *, order: Order, moulds: Sequence[Sequence[Mould]], staff: tuple[str, ...]) -> Made:
    """One case, by chance that its number settles."""
    chance = Random(SEED * 1_000_003 + number)  # noqa: S311 chance that can be repeated is no secret
    is_stuck = chance.randrange(STUCK_OF) == 0
    received = _receipt(chance, is_stuck=is_stuck, now=order.now)
    mould = chance.choice(chance.choice(moulds))
    cast = mould.cast(max(0, (mould.on - local_date(received)).days // 28) * 4)
    reference, channel = "-".join(("Z", f"{received:%Y}", _letters(chance), _letters(chance))), channel_of(chance)
    values = {**_person(chance, number=number), "reference": reference, "received": received.isoformat()}
    values |= {"link": f"{order.forms_url}/status/{chance.getrandbits(160):040x}", "channel": channel}
    who = replace(cast.said.applicant, name=values["name"], email=values["email"])
    place = fill(cast.said.place, values=values) if cast.said.place else None
    said = replace(cast.said, reference=reference, received_at=received, applicant=who, place=place, channel=channel)
    years = (order.now - received).days // 365
    plan = draw_plan(chance, product=mould.product, is_stuck=is_stuck, years_ago=years, staff=staff)
    life = live(
        _id_at(received, chance=chance),
        said=said,
        product=mould.product,
        plan=plan,
        chance=chance,
        now=order.now,
    )
    return Made(
        life=life,
        version=mould.version,
        said=fill(cast.text, values=values),
        decision=_decision(life, cast=cast, values=values),
    )


def _person(chance: Random, *, number: int) -> dict[str, str]:
    """Somebody, and where they live."""
    return {
        "name": name_of(chance),
        "email": f"bewoner{number}@voorbeeld.example",
        "street": street_of(chance),
        "number": str(chance.randrange(1, 200)),
        "postcode": postcode_of(chance),
    }


def _decision(life: Life, *, cast: Cast, values: dict[str, str]) -> str:
    if life.result not in cast.decided or life.ended_at is None:
        return ""
    days = {
        "received_on": local_date(life.case.submission.received_at).isoformat(),
        "decided_on": local_date(life.ended_at).isoformat(),
        "handler": life.case.handler or "",
    }
    return fill(cast.decided[life.result], values={**values, **days})


def _by_product(moulds: Sequence[Mould]) -> list[list[Mould]]:
    """Put the moulds of a product together, so that a product with many examples is not asked for more often."""
    ordered = sorted(moulds, key=attrgetter("product.id"))
    return [list(group) for _, group in groupby(ordered, key=attrgetter("product.id"))]


def _receipt(chance: Random, *, is_stuck: bool, now: datetime) -> datetime:
    """When it came in: evenly over the years, and what is stuck mostly in the last two months."""
    days = min(chance.expovariate(1 / 28), 200) if is_stuck else chance.uniform(0, YEARS * 365)
    received = now - timedelta(days=days)
    if not is_working_day(local_date(received)) and chance.random() < 0.7:
        received -= timedelta(days=chance.choice((2, 3)))
    return received.replace(microsecond=0)


def _letters(chance: Random) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(4))


def _id_at(instant: datetime, *, chance: Random) -> UUID:
    """A number that sorts by its instant, as `shared.ids` makes them."""
    milliseconds = int(instant.timestamp() * 1000)
    number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62
    return UUID(int=number | chance.getrandbits(62))

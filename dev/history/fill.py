"""Fills a running house with invented cases of five years, through the tables that the product itself fills."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL, Identifier

from dev.example import NoExamplesYetError
from dev.history.acts import last_line, write_acts
from dev.history.counter import count_for_everybody, tell_counter
from dev.history.invent import Order, hire, invent
from dev.history.moulds import Mould, read_moulds
from dev.history.tables import FILLED, TIMED, find_indexes, learn_words, write_lives
from services.workflow.nightly import work_out_figures
from services.workflow.times_store import add_up, write_times
from shared.database import Connection, connect
from shared.law.calendar import local_date

CHUNK: Final = 2_000
MOST_AT_ONCE: Final = 10_000_000
"""Cases in one order; the numbers of orders a second apart then never meet."""
PROCESSES_A_CORE: Final = 2
"""One of them works while the database does so for the other."""
LARGE: Final = 100_000
TOLD_EVERY: Final = 10
MARK: Final = "being filled with invented cases"


class CutOffError(Exception):
    """Invented cases are being made in this house, or were when it stopped: run `make reset`, then begin again."""


def fill_history(order: Order, *, tell: Callable[[str], object] = str) -> int:
    """Make the cases, some thousand to a transaction; the first time the same in every house. Give how many.

    `tell` hears how far it is. What follows from cases is worked out at the end, as the product itself does it anew.

    Raises:
        NoExamplesYetError: there is nothing to take after.
        CutOffError: an order before this one did not come to its end.
    """
    with connect(order.database_url) as connection:
        _begin(connection)
        known = connection.execute("select from workflow.people where subject = 'staff-00'").fetchone()
        staff = tuple(hire(connection, now=order.now))
    order = replace(order, first=0 if known is None else int(order.now.timestamp()) * MOST_AT_ONCE)
    with connect(order.database_url, autocommit=True) as connection:
        last = last_line(connection)
        with _indexes_last(connection, order=order):
            made = _fill_chunks(order, staff=staff, tell=tell)
            tell("making the indexes")
        _clean(connection, tables=FILLED)
        _time(order, chunks=made, tell=tell)
        _clean(connection, tables=TIMED)
        tell("writing down what staff did")
        write_acts(order.database_url, after=last)
        tell("adding up times")
        with connection.transaction():
            add_up(connection)
        tell("working out indicators and what will be late")
        work_out_figures(connection, today=local_date(order.now))
        count_for_everybody(order.counter_database_url, today=local_date(order.now))
        connection.execute("comment on table workflow.cases is null")
    return sum(map(len, made))


def _begin(connection: Connection) -> None:
    """Leave a mark that goes when all is done: a house that was filled by half says so the next time."""
    row = connection.execute("select obj_description('workflow.cases'::regclass) as mark").fetchone()
    if row and row["mark"] == MARK:
        raise CutOffError("Invented cases are being made in this house, or that was cut off: then `make reset` helps.")
    if not read_moulds(connection):
        raise NoExamplesYetError(
            "The house has no applications to take after yet: wait until `make up` says that it runs."
        )
    connection.execute(SQL("comment on table workflow.cases is {}").format(MARK))


def _fill_chunks(order: Order, *, staff: tuple[str, ...], tell: Callable[[str], object]) -> Sequence[Sequence[UUID]]:
    asked = [(order, staff, first) for first in range(order.first, order.first + order.count, CHUNK)]
    return _in_processes(_fill_chunk, asked, tell=lambda done: tell(f"{done:,} of {order.count:,} cases"))


def _time(order: Order, *, chunks: Sequence[Sequence[UUID]], tell: Callable[[str], object]) -> None:
    """Work out the times of these cases, once there are indexes by which their ledgers are found."""
    asked = [(order, chunk) for chunk in chunks]
    _in_processes(_time_chunk, asked, tell=lambda done: tell(f"times of {done:,} cases"))


def _in_processes(
    work: Callable[[Any], Sequence[UUID]], asked: Sequence[Any], *, tell: Callable[[int], object]
) -> Sequence[Sequence[UUID]]:
    done: list[Sequence[UUID]] = []
    with ProcessPoolExecutor(PROCESSES_A_CORE * (os.cpu_count() or 1), initializer=_leave_to_parent) as workers:
        for each in workers.map(work, asked):
            done.append(each)
            if len(done) % TOLD_EVERY == 0:
                tell(len(done) * CHUNK)
    return done


def _clean(connection: Connection, *, tables: Sequence[str]) -> None:
    for table in tables:
        connection.execute(f"vacuum (analyze) workflow.{table}".encode())


def _leave_to_parent() -> None:
    """Let Ctrl-C end this process through the one that asked for it, between two chunks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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


_moulds: dict[str, Sequence[Sequence[Mould]]] = {}


def _fill_chunk(asked: tuple[Order, tuple[str, ...], int]) -> Sequence[UUID]:
    order, staff, first = asked
    with connect(order.database_url) as connection:
        moulds = _moulds.get(order.database_url) or _by_product(read_moulds(connection))
        _moulds[order.database_url] = moulds
        numbers = range(first, min(first + CHUNK, order.first + order.count))
        made = [invent(number, order=order, moulds=moulds, staff=staff) for number in numbers]
        write_lives(connection, made=made)
        connection.commit()
        learn_words(connection, made=made)
    tell_counter(order.counter_database_url, made=made)
    return [each.life.case.id for each in made]


def _time_chunk(asked: tuple[Order, Sequence[UUID]]) -> Sequence[UUID]:
    order, case_ids = asked
    with connect(order.database_url) as connection:
        write_times(connection, case_ids=sorted(case_ids), today=local_date(order.now))
    return case_ids


def _by_product(moulds: Sequence[Mould]) -> list[list[Mould]]:
    """Put the moulds of a product together, so that a product with many examples is not asked for more often."""
    ordered = sorted(moulds, key=attrgetter("product.id"))
    return [list(group) for _, group in groupby(ordered, key=attrgetter("product.id"))]

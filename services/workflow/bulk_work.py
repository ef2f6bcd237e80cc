"""Works off the runs over many cases: one case after the other, each in a transaction of its own, each once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from services.workflow.actions.bulk import REFUSED, Chosen, Hands, do_one
from services.workflow.bulk_store import end_case, fail_case, order_of, take_case
from services.workflow.desk import open_desk, record_acts
from services.workflow.domain.bulk import NEEDS, Order
from services.workflow.people import find_person
from services.workflow.ports import Letters, Whole
from services.workflow.queries import Row
from shared.access import scope_of
from shared.database import Connection
from shared.log import logger

AT_ONE_LOOK_S: Final = 3.0
"""Seconds of work before the timers are looked at again."""

Tools = Callable[[], tuple[Whole, Letters]]
"""What opens sealed answers and writes letters; made when it is first needed."""


def work_off(connection: Connection, *, now: datetime, tools: Tools) -> bool:
    """Do what waits, for some seconds; True when there may be more. The connection commits by itself.

    A process that ends at any moment leaves a case as it was or done, never half: its result is kept with the act.
    """
    until = time.monotonic() + AT_ONE_LOOK_S
    while _do_next(connection, now=now, tools=tools):
        if time.monotonic() > until:
            return True
    return False


def _do_next(connection: Connection, *, now: datetime, tools: Tools) -> bool:
    taken: Row | None = None
    try:
        with connection.transaction():
            taken = take_case(connection)
            if taken is None:
                return False
            refused = _try(connection, taken=taken, now=now, tools=tools)
            end_case(connection, taken=taken, refused=refused, now=now)
    except Exception as error:  # whatever is wrong with this one, the others go on
        if connection.closed or taken is None:
            raise
        logger.error("bulk_case_failed", act=taken["act"], error=type(error).__name__)
        fail_case(connection, taken=taken, now=now)
    return True


def _try(connection: Connection, *, taken: Row, now: datetime, tools: Tools) -> str | None:
    """Do it and write it in the audit log; give why not, when the case stays as it is."""
    try:
        with connection.transaction():
            _do(connection, taken=taken, order=order_of(taken), now=now, tools=tools)
    except tuple(REFUSED) as error:
        return REFUSED[type(error)]
    return None


def _do(connection: Connection, *, taken: Row, order: Order, now: datetime, tools: Tools) -> None:
    person = find_person(connection, subject=taken["subject"])
    if person is None:
        raise LookupError("who ordered a run is known")
    whole, letters = tools()
    desk = open_desk(connection, now=now, whole=whole, scope=scope_of(person, permission=NEEDS[order.act]))
    hands = Hands(person=person, receiver=find_person(connection, subject=order.to) if order.to else None)
    chosen = Chosen(reference=taken["reference"], sequence=taken["sequence"], draft=taken["draft"])
    do_one(chosen, order=order, hands=hands, now=now, desk=desk, letters=letters)
    record_acts(connection, desk=desk, who=person.subject, act=f"bulk.{order.act}", at=now)

"""Works off rule trials: processes of their own beside the worker, each a part at a time, until none waits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from services.workflow.domain import review, trial
from services.workflow.domain.review import Applied
from services.workflow.domain.trial import Pair, as_of, say
from services.workflow.queries import Row
from services.workflow.trial_store import Part, answers_in, applications, end_part, fail_part, has_waiting, take_part
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.clock import utc_now
from shared.database import Connection
from shared.law.calendar import local_date
from shared.log import logger

MOST: Final = 2
"""Processes that a worker starts for trials."""

COMMAND: Final = (sys.executable, "-m", "services.workflow", "trial")
_NICE: Final = 10
"""Residents and handlers go before a trial."""


class Crew:
    """The processes that a worker started for trials."""

    def __init__(self) -> None:
        """Begin without any."""
        self._running: list[subprocess.Popen[bytes]] = []

    def look(self, connection: Connection) -> None:
        """Start processes when a trial waits and none is at work; they end by themselves."""
        self._running = [each for each in self._running if each.poll() is None]
        if not self._running and has_waiting(connection):
            number = min(MOST, os.cpu_count() or 1)
            self._running = [subprocess.Popen(COMMAND) for _ in range(number)]  # noqa: S603 our own program


def step_aside() -> None:
    """Let whatever else this machine does go before this process."""
    os.nice(_NICE)


def work_trials(connection: Connection) -> int:
    """Do parts until none waits, and give how many; the connection commits by itself."""
    done = 0
    while do_part(connection, now=utc_now()):
        done += 1
    return done


def do_part(connection: Connection, *, now: datetime) -> bool:
    """Do one part; False when none waits. A process that ends in the middle leaves it as it was."""
    taken: Part | None = None
    try:
        with connection.transaction():
            taken = take_part(connection)
            if taken is None:
                return False
            end_part(connection, part=taken, tally=_COUNTS[taken.trial.kind](connection, taken), now=now)
    except Exception as error:  # whatever is wrong with this part, the others go on
        if connection.closed or taken is None:
            raise
        logger.error("trial_part_failed", error=type(error).__name__)
        fail_part(connection, part=taken, now=now)
    return True


def _try(connection: Connection, part: Part, /) -> Mapping[str, Any]:
    return trial.to_plain(trial.count(_pairs(connection, part=part), seed=part.trial.seed))


def _weigh(connection: Connection, part: Part, /) -> Mapping[str, Any]:
    about = part.trial
    product = _as_of(recall(connection, product_id=about.product, version=about.base), day=about.as_of)
    rows = applications(connection, cases=part.cases)
    return review.to_plain(review.review(map(applied_of, rows), product=product))


_COUNTS: Final = {"trial": _try, "review": _weigh}


def applied_of(row: Row) -> Applied:
    """Read an application with what became of it."""
    received = local_date(row["received_at"])
    return Applied(
        answers=row["answers"],
        on=received,
        result=row["result"],
        conditions=row["conditions"],
        days=(local_date(row["decided_at"]) - received).days if row["decided_at"] else 0,
        objection=row["objection"],
        from_register=frozenset(row["known"]),
        asked_again=frozenset(row["asked_again"]),
        to_advisers=frozenset(row["to_advisers"]),
    )


def _pairs(connection: Connection, *, part: Part) -> Iterator[Pair]:
    about = part.trial
    base, draft = (
        _as_of(recall(connection, product_id=about.product, version=version), day=about.as_of)
        for version in (about.base, about.draft)
    )
    for row in answers_in(connection, cases=part.cases):
        on, answers = local_date(row["received_at"]), row["answers"]
        yield Pair(case=str(row["id"]), before=say(base, answers, on=on), after=say(draft, answers, on=on))


@lru_cache(maxsize=8)
def _as_of(product: Product, *, day: date) -> Product:
    """Once for a version, so that what is prepared for it is prepared once."""
    return as_of(product, day=day)

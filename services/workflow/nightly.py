"""What is worked out each night, and all of it anew: times of cases, indicators by year, and what will be late."""

from __future__ import annotations

from datetime import date

from services.workflow.audit import tell_head
from services.workflow.foretelling import foretell, foretell_apart
from services.workflow.indicator_figures import try_to_work_out, work_out_all
from services.workflow.times_store import rebuild
from shared.database import Connection


def work_out_night(connection: Connection, *, today: date) -> None:
    """Bring figures up to this day, and write down how far the audit log is."""
    try_to_work_out(connection, today=today)
    foretell_apart(connection, today=today)
    tell_head(connection)


def work_out_anew(connection: Connection, *, reader: Connection, today: date) -> int:
    """Work out everything from the cases alone, each part kept once it stands; give how many cases there are.

    Cases are read over `reader`, a connection of its own.
    """
    with connection.transaction():
        count = rebuild(connection, today=today, reader=reader)
    work_out_figures(connection, today=today)
    return count


def work_out_figures(connection: Connection, *, today: date) -> None:
    """Work out what rests on the times of cases, each part kept once it stands."""
    with connection.transaction():
        work_out_all(connection, today=today)
    with connection.transaction():
        foretell(connection, today=today)

"""Lends a desk with the archive beside it, over one connection and so in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.workflow.ports import Desk
from services.workflow.records_store import RecordsStore
from services.workflow.web.office import acting_over


@contextmanager
def archiving() -> Iterator[tuple[Desk, RecordsStore]]:
    """Lend both for one action of a records manager, with a row in the audit log for each case."""
    with acting_over() as (connection, desk):
        yield desk, RecordsStore(connection)

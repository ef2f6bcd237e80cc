"""Works out how long each closed case is kept, shortly after it was closed, so that it can be found when it may go."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.workflow import queries
from services.workflow.actions.keeping import product_of
from services.workflow.desk import open_desk
from services.workflow.domain.retention import keeping_of
from services.workflow.ports import Desk
from services.workflow.records_store import RecordsStore, fate_of
from shared.database import Connection
from shared.log import logger

AT_ONCE: Final = 100


def record_closed(connection: Connection, *, now: datetime) -> int:
    """Do it for some of the cases that wait for it, so that no timer waits for long; give how many."""
    with connection.transaction():
        store, desk = RecordsStore(connection), open_desk(connection, now=now)
        found = store.unrecorded(most=AT_ONCE)
        for reference in found:
            _record(connection, reference=reference, store=store, desk=desk)
    return len(found)


def _record(connection: Connection, *, reference: str, store: RecordsStore, desk: Desk) -> None:
    try:
        with connection.transaction():
            case = desk.cases.lock(reference)
            taken = queries.decision_of(connection, case_id=case.id)
            decision = taken.decision if taken else None
            fate = fate_of(connection, case=case)
            keeping = keeping_of(case, decision=decision, product=product_of(case, desk=desk), fate=fate)
            if keeping:
                store.record(case.id, keeping=keeping)
            else:
                store.skip(reference)
    except Exception as error:  # one case that cannot be read keeps no other from its term
        if connection.closed:
            raise
        logger.error("case_without_retention", error=type(error).__name__)
        store.skip(reference)

"""How long the case of a page is kept."""

from __future__ import annotations

from services.workflow import queries
from services.workflow.domain.retention import Keeping, keeping_of
from services.workflow.records_store import fate_of
from services.workflow.web.casefile import CaseFile
from shared.database import Connection


def keeping_for(connection: Connection, *, file: CaseFile) -> Keeping | None:
    """Work it out for a case that the reader was found to see; None while it is not closed."""
    taken = queries.decision_of(connection, case_id=file.case.id)
    decision, fate = taken.decision if taken else None, fate_of(connection, case=file.case)
    return keeping_of(file.case, decision=decision, product=file.product, fate=fate)

"""How long what a case gave lasts, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from services.workflow.queries import decision_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import today
from shared.catalogue.lasting import Lasting, LifeState, lasting_of
from shared.database import Connection
from shared.natures import GIVES


@dataclass(frozen=True, kw_only=True)
class Life:
    """From when until when it lasts, and where that stands today."""

    lasting: Lasting
    state: LifeState


def find_life(connection: Connection, *, file: CaseFile) -> Life | None:
    """Work it out once the letter went; None where nothing was given, or nobody knows how long it lasts."""
    case = file.case
    taken = decision_of(connection, case_id=case.id) if case.status == "announced" else None
    if taken is None or taken.decision.result not in GIVES:
        return None
    granted_on = taken.decision.decided_on
    answers = case.submission.answers
    lasting = lasting_of(file.product, answers=answers, received_on=case.received_on, granted_on=granted_on)
    return Life(lasting=lasting, state=lasting.state(on=today())) if lasting else None

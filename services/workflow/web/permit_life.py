"""How long what a case gave lasts, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.workflow.domain.ledger import announced_on
from services.workflow.domain.outcomes import Renewed
from services.workflow.endings_store import endings_of, prepared_of, renewed_of
from services.workflow.queries import decision_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import me, reading, today
from shared.access import Permission, scope_of
from shared.catalogue.lasting import Lasting, LifeState, lasting_of
from shared.database import Connection
from shared.natures import GIVES


@dataclass(frozen=True, kw_only=True)
class Life:
    """From when until when it lasts, and where that stands today; `may_decide`: the reader may end it before.

    `waits_for_eyes`: somebody wrote a withdrawal that a colleague must sign.
    """

    lasting: Lasting
    state: LifeState
    given_up_at: datetime | None
    withdrawn_at: datetime | None
    renewed_at: datetime | None
    may_decide: bool
    waits_for_eyes: bool

    @property
    def runs(self) -> bool:
        """It did not end, by its days or before."""
        return self.state != "expired" and not (self.given_up_at or self.withdrawn_at or self.renewed_at)


def find_life(connection: Connection, *, file: CaseFile) -> Life | None:
    """Work it out once the letter went; None where nothing was given, or nobody knows how long it lasts."""
    case = file.case
    taken = decision_of(connection, case_id=case.id) if case.status == "announced" else None
    if taken is None:
        return None
    renewed = renewed_of(connection, case_id=case.id)
    anew_on = renewed.gives_from if renewed else None
    given_on = announced_on(case.ledger) if taken.decision.result in GIVES else anew_on
    if given_on is None:
        return None
    answers, until = case.submission.answers, (renewed.until if renewed and anew_on else None) or taken.decision.ends
    lasting = lasting_of(file.product, answers=answers, received_on=case.received_on, granted_on=given_on, until=until)
    if lasting is None:
        return None
    decides = scope_of(me(), permission=Permission.DECIDE_CASES)
    ended = endings_of(connection, case_id=case.id)
    return Life(
        lasting=lasting,
        state=lasting.state(on=today()),
        given_up_at=ended.get("given_up"),
        withdrawn_at=ended.get("withdrawn"),
        renewed_at=ended.get("renewed"),
        may_decide=decides.holds(team=case.team, product=file.product.id),
        waits_for_eyes=prepared_of(connection, case_id=case.id) is not None,
    )


def renewed_for(file: CaseFile) -> Renewed | None:
    """Give what came in the place of the decision of this case after an objection."""
    if file.case.is_open:
        return None
    with reading() as connection:
        return renewed_of(connection, case_id=file.case.id)


FOR_PAGES: Final[Mapping[str, Any]] = {"renewed_for": renewed_for}
"""What the templates know of renewed decisions."""

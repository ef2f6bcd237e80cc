"""What a second signatory sets in motion: being asked at another address, agreeing, saying no."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import resume
from services.workflow.domain import case as cases
from services.workflow.ports import Desk
from shared.events import CosignAnswered, CosignAsked, Words
from shared.law.calendar import local_date, long_date


def receive_cosign(answered: CosignAnswered, *, now: datetime, desk: Desk) -> None:
    """Take in what the second signatory says; in time, it completes the application and lets the clock run again.

    Raises:
        UnknownCaseError: the application itself is not heard yet.
        UnknownRequestError: nobody had to agree in this case.
    """
    before = desk.cases.lock(answered.reference)
    case = cases.answer(before, request_id=answered.request_id, at=answered.at)
    if not desk.cases.cosign(before, answered=answered):
        return
    kind = "cosigned" if answered.agreed else "not_cosigned"
    desk.cases.note(before, kind=kind, at=answered.at, who=None, details={"text": answered.because})
    resume(case, before=before, because=_because(answered), now=now, desk=desk)


def receive_cosign_turn(asked: CosignAsked, *, now: datetime, desk: Desk) -> None:  # noqa: ARG001 every fact is heard this way
    """Keep whom the applicant has asked now.

    Raises:
        UnknownCaseError: the application itself is not heard yet.
    """
    case = desk.cases.lock(asked.reference)
    if desk.cases.rename_cosignatory(case, name=asked.name, email=asked.email):
        details = {"text": f"{asked.name}, {asked.email}"}
        desk.cases.note(case, kind="cosign_elsewhere", at=asked.at, who=None, details=details)


def _because(answered: CosignAnswered) -> Words:
    on = local_date(answered.at)
    nl, en = long_date(on), long_date(on, language="en")
    if answered.agreed:
        return Words(
            nl=f"Wij kregen het akkoord van de tweede ondertekenaar op {nl}. De termijn loopt weer.",
            en=f"The second signatory agreed on {en}. The term runs again.",
        )
    return Words(
        nl=f"De tweede ondertekenaar ging niet akkoord op {nl}. De termijn loopt weer.",
        en=f"The second signatory did not agree on {en}. The term runs again.",
    )

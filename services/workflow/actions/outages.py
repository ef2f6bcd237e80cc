"""More time for who could not answer while the digital counter was out of order, in one case of many."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.terming import take_act
from services.workflow.domain import case as cases
from services.workflow.domain.acts import Act, ActKind
from services.workflow.domain.bulk import NotHitError, Outage
from services.workflow.domain.ledger import last_day_to_answer, standing
from services.workflow.domain.standing_still import question_to_move
from services.workflow.ports import Desk
from shared.access import Person
from shared.ids import new_id
from shared.law.calendar import local_date


def give_more_time(reference: str, *, outage: Outage, person: Person, now: datetime, desk: Desk) -> None:
    """Give the applicant until the day that was announced, if the last day to answer fell in the outage (Awb 2:21).

    Raises:
        UnknownCaseError, AlreadyDecidedError.
        NotHitError: nothing waits for an answer, or the last day was another.
    """
    case = desk.cases.lock(reference)
    cases.refuse_closed(case)
    ledger = standing(case.ledger)
    asked = question_to_move(ledger, today=local_date(now))
    if asked is None or not outage.hits(last_day_to_answer(asked, ledger=ledger)):
        raise NotHitError
    act = Act(id=new_id(), kind=ActKind.OUTAGE, because=outage.announced, target=asked.request_id, until=outage.until)
    take_act(reference, act=act, lines=len(case.ledger), person=person, now=now, desk=desk)

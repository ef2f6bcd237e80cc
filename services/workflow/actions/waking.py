"""What a timer of a case does when it goes off: remind the applicant, end the wait, tell that a permit ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.workflow.actions import hearing
from services.workflow.actions.keeping import keep, lasting_of_case, product_of
from services.workflow.domain.timers import What
from services.workflow.ports import Desk
from shared.law.calendar import local_date
from shared.term_events import PermitExpires, PermitGivenUp


def wake(what: What, *, reference: str, key: str, now: datetime, desk: Desk) -> None:
    """Do what this timer is for; `key` is its question, or the last day of a permit.

    Raises:
        UnknownCaseError, UnknownRequestError.
    """
    if what is What.RENEW:
        remind_holder(reference, now=now, desk=desk)
        return
    act = hearing.end_waiting if what is What.LAPSE else hearing.remind_applicant
    act(reference, request_id=UUID(key), now=now, desk=desk)


def receive_end(given_up: PermitGivenUp, *, now: datetime, desk: Desk) -> None:
    """Take in that the holder does not need it any more; nobody is reminded of its end then.

    Raises:
        UnknownCaseError: no such case.
    """
    case = desk.cases.lock(given_up.reference)
    if desk.cases.give_up(case, because=given_up.because, at=given_up.at):
        desk.cases.note(case, kind="given_up", at=given_up.at, who=None, details={"text": given_up.because})
        keep(case, before=case, now=now, desk=desk)


def remind_holder(reference: str, *, now: datetime, desk: Desk) -> None:
    """Tell the holder up to when the permit lasts; once it is over there is nothing to remind of.

    Raises:
        UnknownCaseError: no such case.
    """
    case = desk.cases.lock(reference)
    lasting = lasting_of_case(case, desk=desk)
    if lasting is None or lasting.last is None or lasting.last < local_date(now):
        return
    desk.cases.note(case, kind="expiry_told", at=now, who=None, details={"last": lasting.last.isoformat()})
    desk.tell(
        PermitExpires(
            reference=reference,
            at=now,
            title=case.submission.title,
            nature=product_of(case, desk=desk).nature,
            contact=case.contact,
            last=lasting.last,
        )
    )

"""Lays an application ready after a talk about a plan."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import product_of
from services.workflow.domain.case import NotYourCaseError
from services.workflow.domain.onward import Invite, NoWayOnError, ways_on
from services.workflow.ports import Desk
from shared.access import Person
from shared.participation import ApplicationInvited


def invite_on(reference: str, *, invite: Invite, person: Person, now: datetime, desk: Desk) -> None:
    """Have the applicant get a link to the form of this product, filled in with what was told; also after the talk.

    A second click lays nothing ready again.

    Raises:
        UnknownCaseError, NotYourCaseError.
        NoWayOnError: this talk cannot lead to that product, or it was taken back.
    """
    case = desk.cases.lock(reference)
    if not case.is_handled_by(person.subject):
        raise NotYourCaseError
    if case.status == "withdrawn" or invite.product not in ways_on(product_of(case, desk=desk)):
        raise NoWayOnError
    if not desk.cases.add_invite(case, invite=invite, by=person.subject):
        return
    desk.cases.note(case, kind="invited_on", at=now, who=person.subject, details={"text": invite.title.nl})
    desk.tell(
        ApplicationInvited(
            reference=reference,
            invite_id=invite.id,
            at=now,
            product=invite.product,
            title=invite.title,
            contact=case.contact,
        )
    )

"""What the payment of a fee sets in motion: it stands in the file, on the timeline, and the applicant is told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from services.workflow.actions.keeping import product_of
from services.workflow.domain.case import Case
from services.workflow.ports import Desk
from shared.events import PaymentChargedBack, PaymentNoted, PaymentReturned, PaymentSettled


def receive_payment(settled: PaymentSettled, *, desk: Desk) -> None:
    """Note that the fee is paid; a second telling changes nothing.

    Raises:
        UnknownCaseError: no such case (yet).
    """
    case = desk.cases.lock(settled.reference)
    if desk.cases.add_settled(case, settled=settled):
        desk.cases.note(case, kind="paid", at=settled.at, who=None, details={"cents": settled.cents})
        _tell(case, came="in", at=settled.at, desk=desk)


def receive_return(returned: PaymentReturned, *, desk: Desk) -> None:
    """Note that a payment went back, or that a person must return it as the provider refused.

    Raises:
        UnknownCaseError: no such case (yet).
    """
    case = desk.cases.lock(returned.reference)
    if not desk.cases.add_returned(case, returned=returned):
        return
    kind = "paid_back" if returned.done else "not_paid_back"
    details = {"cents": returned.cents, "because": returned.because}
    desk.cases.note(case, kind=kind, at=returned.at, who=None, details=details)
    if returned.done:
        _tell(case, came="back", at=returned.at, desk=desk)


def receive_charge_back(taken: PaymentChargedBack, *, desk: Desk) -> None:
    """Note that a bank took back what had settled the fee; a person sees to it that it is paid after all.

    Raises:
        UnknownCaseError, UnknownPaymentError: the case or the payment itself is not heard yet.
    """
    case = desk.cases.lock(taken.reference)
    if desk.cases.charge_back(case, taken=taken):
        desk.cases.note(case, kind="charged_back", at=taken.at, who=None, details={"cents": taken.cents})


def _tell(case: Case, *, came: Literal["in", "back"], at: datetime, desk: Desk) -> None:
    desk.tell(
        PaymentNoted(
            reference=case.reference,
            at=at,
            title=case.submission.title,
            nature=product_of(case, desk=desk).nature,
            came=came,
            contact=case.contact,
        )
    )

"""Takes back what was granted: a decision of its own, with a letter that says why and how to object."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import clock_of, common_of, keep, lasting_of_case, product_of
from services.workflow.actions.term_letters import write_withdrawal
from services.workflow.domain.case import Case
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.withdrawing import NoPermitError, Prepared, Withdrawal, check_in_time, faults_of, may_go
from services.workflow.ports import Desk
from shared.access import Person
from shared.events import Words
from shared.ids import new_id
from shared.law.calendar import local_date
from shared.term_events import ConditionsAdded, PermitWithdrawn


def withdraw_permit(
    reference: str, *, withdrawal: Withdrawal, seen: str, person: Person, now: datetime, desk: Desk
) -> bool:
    """Take back what this case gave, from today, or add conditions to what the law gave; its holder gets the letter.

    False: the product asks that a colleague signs, for whom it lies ready now. `seen` is the stamp of what lay ready.

    Raises:
        UnknownCaseError, FaultyInputError, NoPermitError, WithdrawalChangedError.
        FourEyesError: this person prepared it.
        ConditionsTooLateError: the law gave nothing here, or too long ago.
    """
    before = desk.cases.lock(reference)
    lasting, today = lasting_of_case(before, desk=desk), local_date(now)
    if lasting is None or lasting.state(on=today) == "expired":
        raise NoPermitError
    if faults := faults_of(withdrawal):
        raise FaultyInputError(faults)
    check_in_time(withdrawal, last=clock_of(before, now=now, desk=desk).withdraw_by, today=today)
    case, product = before.told(), product_of(before, desk=desk)
    prepared, by = desk.cases.prepared_withdrawal(before), person.subject
    if product.process.four_eyes and not may_go(withdrawal, by=by, prepared=prepared, seen=seen):
        desk.cases.prepare_withdrawal(before, prepared=Prepared(withdrawal=withdrawal, by=by, at=now))
        desk.cases.note(before, kind="withdrawal_prepared", at=now, who=by, details={"text": withdrawal.because})
        return False
    if withdrawal.added:
        desk.cases.drop_prepared(case)
    else:
        desk.cases.withdraw_permit(case, withdrawal=withdrawal, by=by, at=now)
    keep(case, before=before, now=now, desk=desk)
    kind = "conditions_added" if withdrawal.added else "permit_withdrawn"
    text = "\n".join((*withdrawal.added, withdrawal.because))
    desk.cases.note(case, kind=kind, at=now, who=by, details={"text": text})
    _tell(case, withdrawal=withdrawal, handler=person.name, now=now, desk=desk)
    return True


def _tell(case: Case, *, withdrawal: Withdrawal, handler: str, now: datetime, desk: Desk) -> None:
    product, why = product_of(case, desk=desk), withdrawal.because.strip()
    fact = ConditionsAdded if withdrawal.added else PermitWithdrawn
    desk.tell(
        fact(
            **common_of(case, clock=clock_of(case, now=now, desk=desk), product=product, now=now),
            because=Words(nl=why, en=why),
            letter_id=new_id(),
            letter=write_withdrawal(case, withdrawal=withdrawal, product=product, handler=handler),
        )
    )

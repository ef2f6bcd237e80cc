"""Bills in memory, beside the other fakes of this service."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.forms.domain.payments import Bill, Payment
from services.forms.ports.payments import Untold
from shared.events import FileScanned, Nature, SubmissionReceived


@dataclass
class FakeBills:
    """What is to be paid, and the forms that wait for it."""

    bills: dict[str, Bill] = field(default_factory=dict)
    looks: dict[UUID, datetime] = field(default_factory=dict)
    held: dict[str, SubmissionReceived] = field(default_factory=dict)

    def lock(self, reference: str) -> Bill:
        return self.bills[reference]

    def lock_of(self, payment_id: UUID) -> Bill | None:
        return next((bill for bill in self.bills.values() if any(one.id == payment_id for one in bill.payments)), None)

    def keep(self, bill: Bill, *, payment: Payment) -> None:
        self.bills[bill.reference] = bill.with_payment(payment)

    def find(self, payment_id: UUID) -> Payment | None:
        bill = self.lock_of(payment_id)
        return bill.payment(payment_id) if bill else None

    def named(self, provider_id: str) -> UUID | None:
        every = (one for bill in self.bills.values() for one in bill.payments)
        return next((one.id for one in every if one.provider_id == provider_id), None)

    def plan_look(self, payment_id: UUID, *, at: datetime, now: datetime) -> bool:
        planned = self.looks.get(payment_id)
        if planned and planned > now:
            return False
        self.looks[payment_id] = at
        return True

    def hold(self, submission: SubmissionReceived) -> None:
        self.held[submission.reference] = submission

    def release(self, reference: str, *, at: datetime) -> list[SubmissionReceived | FileScanned]:
        held = self.held.pop(reference, None)
        return [replace(held, received_at=at)] if held else []

    def untold(self, reference: str) -> Untold | None:
        held = self.held.get(reference)
        return Untold(submission=held, nature=Nature.PERMIT) if held else None

"""The door for facts from the other services and from the clock."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions import hearing, paying
from services.workflow.answer_inbox import hear_answers
from services.workflow.desk import open_desk
from services.workflow.house_inbox import hear_chores
from services.workflow.opening_inbox import hear_applications
from services.workflow.sent_inbox import hear_sent
from shared.bus import Inbox
from shared.database import Connection
from shared.events import (
    ApplicationCorrected,
    ApplicationWithdrawn,
    MarkGiven,
    OpinionGiven,
    PaymentChargedBack,
    PaymentReturned,
    PaymentSettled,
)
from shared.routes import WORKFLOW

inbox = Inbox(WORKFLOW)
hear_applications(inbox)
hear_answers(inbox)
hear_chores(inbox)
hear_sent(inbox)


@inbox.hears(ApplicationCorrected)
def hear_correction(connection: Connection, happened: ApplicationCorrected, /, *, now: datetime) -> None:
    """Take in a correction; when the submission or an earlier correction is still on its way this is tried again."""
    hearing.receive_correction(happened, now=now, desk=open_desk(connection, now=now))


@inbox.hears(ApplicationWithdrawn)
def hear_withdrawal(connection: Connection, happened: ApplicationWithdrawn, /, *, now: datetime) -> None:
    """Close the case; when the submission is still on its way this is tried again after it."""
    hearing.receive_withdrawal(happened, now=now, desk=open_desk(connection, now=now))


@inbox.hears(OpinionGiven)
def hear_opinion(connection: Connection, happened: OpinionGiven, /, *, now: datetime) -> None:
    """Keep what somebody thinks of a question or rule."""
    hearing.receive_opinion(happened, now=now, desk=open_desk(connection, now=now))


@inbox.hears(MarkGiven)
def hear_mark(connection: Connection, happened: MarkGiven, /, *, now: datetime) -> None:
    """Keep the mark."""
    hearing.receive_mark(happened, now=now, desk=open_desk(connection, now=now))


@inbox.hears(PaymentSettled)
def hear_payment(connection: Connection, happened: PaymentSettled, /, *, now: datetime) -> None:
    """Note that the fee is paid; when the submission is still on its way this is tried again after it."""
    paying.receive_payment(happened, desk=open_desk(connection, now=now))


@inbox.hears(PaymentChargedBack)
def hear_charge_back(connection: Connection, happened: PaymentChargedBack, /, *, now: datetime) -> None:
    """Note that a payment was taken back; when the payment is still on its way this is tried again after it."""
    paying.receive_charge_back(happened, desk=open_desk(connection, now=now))


@inbox.hears(PaymentReturned)
def hear_return(connection: Connection, happened: PaymentReturned, /, *, now: datetime) -> None:
    """Note that a payment went back."""
    paying.receive_return(happened, desk=open_desk(connection, now=now))

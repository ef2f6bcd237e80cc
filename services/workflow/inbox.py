"""The door for facts from the other services and from the clock."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions import hearing, paying
from services.workflow.answer_inbox import hear_answers
from services.workflow.desk import open_desk
from services.workflow.house_inbox import hear_chores
from services.workflow.opening_inbox import hear_applications
from services.workflow.ports import UnknownCaseError
from shared.bus import Inbox, PermanentError
from shared.database import Connection
from shared.events import (
    ApplicationCorrected,
    ApplicationWithdrawn,
    FileAdded,
    FileScanned,
    MarkGiven,
    NoticeSent,
    OpinionGiven,
    PaymentChargedBack,
    PaymentReturned,
    PaymentSettled,
)
from shared.routes import WORKFLOW

OF_UNTOLD_FORMS = ("paid_back", "unpaid")
"""Messages that may be about a form which was never told: it was withdrawn, or erased, while it waited to be paid."""

inbox = Inbox(WORKFLOW)
hear_applications(inbox)
hear_answers(inbox)
hear_chores(inbox)


@inbox.hears(FileScanned)
def hear_scan(connection: Connection, happened: FileScanned, /, *, now: datetime) -> None:
    """Take in the verdict on a file; one that overtook its application is told again."""
    hearing.judge_file(happened, now=now, desk=open_desk(connection, now=now))


@inbox.hears(FileAdded)
def hear_file(connection: Connection, happened: FileAdded, /, *, now: datetime) -> None:
    """Take in a file that came later; when the submission is still on its way this is tried again after it."""
    hearing.add_file(happened, now=now, desk=open_desk(connection, now=now))


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


@inbox.hears(NoticeSent)
def hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:
    """Put what was sent on the timeline; a link to a form that was not handed in yet belongs to no case."""
    if happened.kind == "draft":
        return
    try:
        hearing.record_sent(happened, now=now, desk=open_desk(connection, now=now))
    except UnknownCaseError as error:
        if happened.kind in OF_UNTOLD_FORMS:
            return
        raise PermanentError("this message belongs to no case") from error

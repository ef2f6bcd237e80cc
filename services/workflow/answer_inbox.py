"""Hears what comes after the application: answers of the applicant and of whoever must agree too, and files."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions import answering, cosigning, filing, waking
from services.workflow.desk import open_desk
from services.workflow.domain.case import UnknownRequestError
from services.workflow.ports import UnknownCaseError
from shared.bus import Inbox, PermanentError
from shared.database import Connection
from shared.events import CosignAnswered, CosignAsked, FileAdded, FileScanned, InformationGiven
from shared.term_events import PermitGivenUp


def hear_answers(inbox: Inbox) -> None:
    """Enter the handlers; of a second signatory, what overtook the application is told again."""

    @inbox.hears(InformationGiven)
    def hear_given(connection: Connection, happened: InformationGiven, /, *, now: datetime) -> None:
        try:
            answering.receive_answer(happened, now=now, desk=open_desk(connection, now=now))
        except (UnknownCaseError, UnknownRequestError) as error:
            raise PermanentError("this answer belongs to no question that was asked") from error

    @inbox.hears(CosignAsked)
    def hear_turn(connection: Connection, happened: CosignAsked, /, *, now: datetime) -> None:
        cosigning.receive_cosign_turn(happened, now=now, desk=open_desk(connection, now=now))

    @inbox.hears(CosignAnswered)
    def hear_cosign(connection: Connection, happened: CosignAnswered, /, *, now: datetime) -> None:
        try:
            cosigning.receive_cosign(happened, now=now, desk=open_desk(connection, now=now))
        except UnknownRequestError as error:
            raise PermanentError("nobody had to agree in this case") from error

    @inbox.hears(PermitGivenUp)
    def hear_end(connection: Connection, happened: PermitGivenUp, /, *, now: datetime) -> None:
        waking.receive_end(happened, now=now, desk=open_desk(connection, now=now))

    @inbox.hears(FileScanned)
    def hear_scan(connection: Connection, happened: FileScanned, /, *, now: datetime) -> None:
        """Take in the verdict on a file; one that overtook its application is told again."""
        filing.judge_file(happened, now=now, desk=open_desk(connection, now=now))

    @inbox.hears(FileAdded)
    def hear_file(connection: Connection, happened: FileAdded, /, *, now: datetime) -> None:
        """Take in a file that came later; when the submission is still on its way this is tried again after it."""
        filing.add_file(happened, now=now, desk=open_desk(connection, now=now))

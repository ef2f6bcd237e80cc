"""What becomes of files that come later: of the applicant or an adviser, and what the malware scanner says of them."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import product_of
from services.workflow.ports import Desk
from shared.events import FileAdded, FileRefused, FileScanned
from shared.values import ADVICE_FILE


def add_file(added: FileAdded, *, now: datetime, desk: Desk) -> None:  # noqa: ARG001 every fact is heard this way
    """Take in a file that the applicant or an adviser adds; after the decision it is too late, as the timeline says.

    Raises:
        UnknownCaseError: the application itself is not heard yet.
    """
    case = desk.cases.lock(added.reference)
    if desk.cases.add_file(case, file=added.file, at=added.at):
        named = "advice_file" if added.file.question == ADVICE_FILE else "file_added"
        kind = named if case.is_open else f"{named}_too_late"
        text = f"{added.file.name}\n{added.words}".rstrip()
        desk.cases.note(case, kind=kind, at=added.at, who=None, details={"text": text})


def judge_file(scanned: FileScanned, *, now: datetime, desk: Desk) -> None:
    """Take in what the malware scanner says of a file of an application.

    What stays shut stands on the timeline; the applicant hears of it while the case is open, if the file is theirs.

    Raises:
        UnknownCaseError, UnknownFileError: the application or the file itself is not heard yet.
    """
    case = desk.cases.lock(scanned.reference)
    judged = desk.cases.judge_file(case, file_id=scanned.file_id, scan=scanned.scan)
    if judged is None or scanned.scan == "clean":
        return
    name, question = judged
    desk.cases.note(case, kind=scanned.scan, at=now, who=None, details={"text": name})
    if case.is_open and question != ADVICE_FILE:
        desk.tell(
            FileRefused(
                reference=case.reference,
                at=now,
                nature=product_of(case, desk=desk).nature,
                title=case.submission.title,
                because=scanned.scan,
                contact=case.contact,
            )
        )
